"""What visitors correct of what they handed in, with the receipt in hand."""

import itertools
import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.events.models import Event
from kiosk.central.staff.inbox import export, presenters
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Correction, Submission
from kiosk.central.tenants.models import Record, Staff
from kiosk.domain.receipt import State
from tests.central.knocking import Knocking, id_of

SAID = {"about": "staff", "words": "Katten är grå", "as_whom": "person"}


def now_reads(event: bytes) -> dict[str, Any]:
    """Return the answers that count."""
    answers: dict[str, Any] = Submission.objects.get(pk=id_of(event)).answers
    return answers


def test_staff_read_the_new_answer_and_what_it_said_before(
    kiosk: Knocking, librarian: Staff
) -> None:
    event = kiosk.handed(SAID)
    kiosk.bring(event)
    submission = Submission.objects.get(pk=id_of(event))
    actions.answer(submission, librarian, "Tack!")
    fixed = kiosk.corrected(event, ["words"], {"words": "Katten är svart"})
    assert kiosk.settled(fixed) == ("duplicate", "")
    assert now_reads(event) == SAID | {"words": "Katten är svart"}
    submission.refresh_from_db()
    assert submission.state == State.SENT, "it waits to be read anew"
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    page = browser.get(f"/inbox/{submission.pk}/").content.decode()
    assert page.index("Katten är svart") < page.index("Corrected by the visitor")
    assert page.index("Corrected by the visitor") < page.index("Katten är grå")
    assert str(submission.pk) in browser.get("/inbox/", {"text": "svart"}).content.decode()
    assert Record.objects.get(verb="corrected by visitor").particulars == {"questions": ["words"]}
    (row,) = json.loads(export.body("submissions", "json", personal=True))
    assert row["answers"]["words"] == "Katten är svart"
    assert row["corrected_at"].startswith("2026-11-20")


def test_what_happened_tells_once_that_it_was_new_and_then_what_the_visitor_changed(
    kiosk: Knocking, librarian: Staff
) -> None:
    event = kiosk.handed(SAID)
    kiosk.bring(event)
    kiosk.bring(kiosk.corrected(event, ["words"], {"words": "Katten är svart"}))
    kiosk.bring(kiosk.added(event, "Den heter Sot"))
    told = presenters.steps(Submission.objects.get(pk=id_of(event)))
    said = [each["label"] for each in told]
    assert said == ["Nytt", "Rättat av besökaren", "Tillagt av besökaren"]


def test_an_answer_that_nobody_asks_for_any_more_is_still_shown_as_the_earlier_one(
    kiosk: Knocking, librarian: Staff
) -> None:
    event = kiosk.handed(SAID | {"wants_answer": "yes", "contact": "siri@example.org"})
    kiosk.bring(event)
    kiosk.bring(kiosk.corrected(event, ["wants_answer", "contact"], {"wants_answer": "no"}))
    assert "contact" not in now_reads(event)
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    assert "siri@example.org" in browser.get(f"/inbox/{id_of(event)}/").content.decode()


def test_what_no_declaration_knows_is_corrected_all_the_same(
    kiosk: Knocking, librarian: Staff
) -> None:
    event = kiosk.handed({"titel": "Mio", "gone": "x"}, "unheard-of")
    kiosk.bring(event, kiosk.corrected(event, ["titel", "gone"], {"titel": "Emil"}))
    assert now_reads(event) == {"titel": "Emil"}
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    page = browser.get(f"/inbox/{id_of(event)}/").content.decode()
    assert page.index("Emil") < page.index("Mio")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(4)), st.booleans())
def test_the_correction_made_last_counts_in_whatever_order_they_arrive(
    kiosk: Knocking, order: list[int], together: bool
) -> None:
    event = kiosk.handed(SAID)
    made = [
        event,
        kiosk.corrected(event, ["words"], {"words": "ett"}, captured_at="2026-11-20T18:06+01:00"),
        kiosk.corrected(event, ["words"], {"words": "två"}, captured_at="2026-11-20T18:08+01:00"),
        kiosk.corrected(event, ["about"], {"about": "hours"}, captured_at="2026-11-20T18:07+01:00"),
    ]
    arriving = [made[each] for each in order]
    for batch in [arriving] if together else [[each] for each in arriving]:
        kiosk.bring(*batch)
    assert now_reads(event) == SAID | {"words": "två", "about": "hours"}
    submission = Submission.objects.get(pk=id_of(event))
    assert submission.first_answers == SAID
    assert submission.corrections.count() == 3, "all are kept"


def test_the_same_correction_counts_once(kiosk: Knocking) -> None:
    event = kiosk.handed(SAID)
    fixed = kiosk.corrected(event, ["words"], {"words": "Svart"})
    kiosk.bring(fixed)
    kiosk.bring(event)
    kiosk.bring(fixed)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("anew", "answers", "reason"),
    [
        ([], {}, "unreadable"),
        (["words"], {"about": "hours"}, "unreadable"),
        (["words"], {"words": "19 900101-0017"}, "answers: words identity_number"),
        (["words"], {"words": "x" * 2001}, "answers: words too_long"),
        (["about"], {}, "answers: about required"),
        (["contact"], {"contact": "siri@example.org"}, "answers: contact unknown_question"),
        (["nonsense"], {}, "answers: unknown_question"),
    ],
)
def test_what_the_errand_would_not_take_is_held(
    kiosk: Knocking, anew: list[str], answers: dict[str, Any], reason: str
) -> None:
    event = kiosk.handed(SAID)
    kiosk.bring(event)
    assert kiosk.settled(kiosk.corrected(event, anew, answers)) == ("held", reason)
    assert now_reads(event) == SAID


def test_without_the_receipt_nothing_is_corrected(kiosk: Knocking) -> None:
    event = kiosk.handed(SAID)
    kiosk.bring(event)
    forged = kiosk.corrected(event, ["words"], {"words": "Svart"}, key=b"x" * 32)
    assert kiosk.settled(forged) == ("held", "wrong_receipt")
    assert now_reads(event) == SAID


@pytest.mark.parametrize("order", itertools.permutations(range(3)))
def test_nothing_of_what_is_erased_comes_back_with_a_correction(
    kiosk: Knocking, order: tuple[int, ...]
) -> None:
    event = kiosk.handed(SAID)
    fixed = kiosk.corrected(event, ["words"], {"words": "Katten är svart"})
    events = [event, fixed, kiosk.about(wire.ERASED, event)]
    for number in order:
        kiosk.bring(events[number])
    assert not Submission.objects.exists()
    assert not Correction.objects.exists()
    bodies = Event.objects.filter(id__in=[id_of(event), id_of(fixed)]).values_list(
        "body", flat=True
    )
    assert set(bodies) == {None}


def test_what_was_taken_back_is_not_corrected(kiosk: Knocking) -> None:
    event = kiosk.handed(SAID)
    kiosk.bring(event, kiosk.about(wire.WITHDRAWN, event))
    assert kiosk.settled(kiosk.corrected(event, ["words"], {"words": "x"}))[0] == "duplicate"
    assert now_reads(event) == SAID
