"""What staff do with what was handed in, and what they find."""

import pytest

from kiosk import wire
from kiosk.central.submissions import actions, queries
from kiosk.central.submissions.models import Submission
from kiosk.central.submissions.queries import Wanted
from kiosk.central.tenants.models import Branch, Record, Staff, Tenant
from kiosk.domain.receipt import State
from tests.central.knocking import LOCATOR, PRAISE, Knocking


@pytest.fixture
def submission(kiosk: Knocking) -> Submission:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    return Submission.objects.get()


def _history(submission: Submission) -> list[str]:
    return [step.state for step in submission.steps.all()]


def test_opening_marks_it_read_once(submission: Submission, librarian: Staff) -> None:
    first = actions.open_for_reading(submission, librarian)
    again = actions.open_for_reading(submission, librarian)
    assert (first.state, again.state) == (State.READ, State.READ)
    assert first.change == again.change > submission.change
    assert _history(submission) == ["sent", "read"]
    assert Record.objects.filter(verb="opened").count() == 1


def test_an_answer_is_kept_told_and_recorded(submission: Submission, librarian: Staff) -> None:
    given = actions.answer(submission, librarian, "Tack!", "Lisa")
    assert actions.answer(submission, librarian, "Tack!", "Lisa") == given
    actions.answer(submission, librarian, "En sak till", "Lisa")
    submission.refresh_from_db()
    assert submission.state == State.ANSWERED
    assert [answer.text for answer in queries.answers(submission)] == ["Tack!", "En sak till"]
    record = Record.objects.filter(verb="answered").earliest("at")
    assert record.subject_id == str(submission.pk)
    assert "Tack" not in str(record.particulars)


def test_nobody_answers_what_was_taken_back(
    kiosk: Knocking, submission: Submission, librarian: Staff
) -> None:
    stale = Submission.objects.get()
    actions.withdraw(submission, submission.received_at)
    actions.withdraw(submission, submission.received_at)
    with pytest.raises(actions.TakenBack):
        actions.answer(stale, librarian, "Tack!")
    assert actions.open_for_reading(stale, librarian).state == State.WITHDRAWN
    assert _history(submission) == ["sent", "withdrawn"]


def test_changes_are_told_in_order_and_in_portions(kiosk: Knocking, hamnen: Branch) -> None:
    for n in range(5):
        kiosk.bring(kiosk.handed(PRAISE, locator=f"{n:032x}"))
    first = queries.states_after(hamnen.pk, 0, most=3)
    rest = queries.states_after(hamnen.pk, first[-1].change, most=3)
    assert [state.locator for state in first + rest] == [f"{n:032x}" for n in range(5)]


def test_one_branch_is_not_told_of_anothers_receipts(kiosk: Knocking, tenant: Tenant) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    assert queries.states_after(tenant.branches.get(key="sandvik").pk, 0, most=3) == []


def test_a_receipts_locator_leads_to_its_submission(submission: Submission, tenant: Tenant) -> None:
    mark = queries.mark_of(submission)
    assert queries.at_receipt(tenant, LOCATOR, mark) == submission
    assert queries.at_receipt(tenant, LOCATOR, b"") == submission, "an older kiosk shows no mark"
    assert queries.at_receipt(tenant, LOCATOR, b"?" * 16) is None
    assert queries.at_receipt(tenant, "f" * 32, mark) is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), 3),
        (Wanted(errand="feedback"), 2),
        (Wanted(branch="sandvik"), 1),
        (Wanted(language="fi"), 1),
        (Wanted(state="sent"), 3),
        (Wanted(state="answered"), 0),
        (Wanted(text="HJÄLPEN tack"), 1),
        (Wanted(text="ännu"), 1),
        (Wanted(text="100%"), 0),
        (Wanted(errand="feedback", branch="sandvik", text="öppet"), 1),
    ],
)
def test_staff_find_by_errand_branch_state_language_and_words(
    kiosk: Knocking, tenant: Tenant, wanted: Wanted, found: int
) -> None:
    kiosk.bring(
        kiosk.handed(PRAISE),
        kiosk.handed({"about": "hours", "words": "Öppet längre"}, branch="sandvik"),
        kiosk.handed({"deep": [{"er": "Ännu en sak"}]}, "other", language="fi"),
    )
    everywhere = tenant.branches.all()
    assert queries.submissions(everywhere, everywhere, wanted).count() == found


def test_staff_see_only_their_own_branches(kiosk: Knocking, tenant: Tenant) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    others = tenant.branches.exclude(key="hamnen")
    assert queries.submissions(others, others, Wanted()).count() == 0


def test_erasing_is_recorded_and_nothing_more_is_left(kiosk: Knocking, tenant: Tenant) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    kiosk.bring(kiosk.about(wire.ERASED, event), kiosk.about(wire.ERASED, event))
    assert Submission.objects.count() == 0
    assert Record.objects.filter(verb="erased").count() == 1
