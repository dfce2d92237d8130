"""Taking back and erasing: what the receipt allows, in whatever order it arrives."""

from typing import Any

import pytest

from kiosk import seal, wire
from kiosk.central.events.models import Conflict, Erasure, Event
from kiosk.central.events.queries import held
from kiosk.central.exchange import replay
from kiosk.central.platform.ids import new_id
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer
from tests.central.knocking import LOCATOR, PRAISE, Knocking, id_of, locator_of

WRONG = "f" * 32


def test_a_visitor_takes_back_what_she_handed_in(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    assert kiosk.verdict(kiosk.about(wire.WITHDRAWN, event)) == ("stored", "")
    assert Submission.objects.get().state == State.WITHDRAWN


def test_without_the_receipt_nothing_is_taken_back_or_erased(
    kiosk: Knocking, hamnen: Branch
) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    for kind in (wire.WITHDRAWN, wire.ERASED):
        assert kiosk.settled(kiosk.about(kind, event, WRONG)) == ("held", "wrong_receipt")
    assert Submission.objects.get().state == State.SENT
    assert held([hamnen]).count() == 2


def test_whoever_takes_a_kiosk_away_takes_nothing_back(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    early = kiosk.about(wire.WITHDRAWN, event, key=b"?" * 32)
    kiosk.bring(early)
    kiosk.bring(event)
    known = {"locator": locator_of(event)}
    other_kind = kiosk.about(wire.WITHDRAWN, event).replace(b"withdrawn", b"erased")
    for kind in (wire.WITHDRAWN, wire.ERASED):
        forged = kiosk.event(kind, known, about=id_of(event))
        assert kiosk.settled(forged) == ("held", "wrong_receipt")
    assert kiosk.settled(other_kind) == ("held", "wrong_receipt")
    assert kiosk.verdict(early) == ("held", "wrong_receipt")
    assert Submission.objects.get().state == State.SENT


def test_what_is_taken_back_before_it_arrives_is_taken_back_on_arrival(
    kiosk: Knocking, hamnen: Branch
) -> None:
    event = kiosk.handed(PRAISE)
    early, forged = kiosk.about(wire.WITHDRAWN, event), kiosk.about(wire.WITHDRAWN, event, WRONG)
    assert kiosk.settled(forged) == ("held", "not_here_yet")
    assert kiosk.settled(early) == ("held", "not_here_yet")
    assert held([hamnen]).count() == 0, "nobody needs to look at it"
    assert kiosk.verdict(event) == ("stored", "")
    assert Submission.objects.get().state == State.WITHDRAWN
    assert kiosk.verdict(early)[0] == "duplicate"
    assert kiosk.verdict(forged) == ("held", "wrong_receipt")


def test_an_erased_errand_leaves_an_id_and_a_date(kiosk: Knocking, librarian: Staff) -> None:
    event = kiosk.handed(PRAISE)
    told: dict[str, Any] = {"locator": locator_of(event), "event": {"id": id_of(event)}}
    kiosk.bring(event, kiosk.handed({"about": "hours"}, **told))
    assert Conflict.objects.count() == 1
    actions.answer(Submission.objects.get(), librarian, "Tack själv", "Lisa")
    erase = kiosk.about(wire.ERASED, event)
    assert kiosk.verdict(erase) == ("stored", "")
    assert Submission.objects.count() == Conflict.objects.count() == 0
    assert str(Erasure.objects.get().id) == id_of(event)
    assert [row.body for row in Event.objects.all()] == [None, None]
    assert kiosk.verdict(event) == ("erased", "")
    assert kiosk.verdict(erase) == ("duplicate", "")


@pytest.mark.parametrize("first", ["handed in", "erased"])
def test_handed_in_and_erased_in_one_batch_is_erased(kiosk: Knocking, first: str) -> None:
    early, late = sorted(str(new_id()) for _ in range(2))
    ids = (early, late) if first == "handed in" else (late, early)
    event = kiosk.handed(PRAISE, event={"id": ids[0]})
    erase = kiosk.about(wire.ERASED, event, id=ids[1])
    kiosk.bring(event, erase)
    verdicts = kiosk.bring(event, erase).verdicts
    assert [judged.verdict.value for judged in verdicts] == ["erased", "duplicate"]
    assert Submission.objects.count() == 0
    assert [row.body for row in Event.objects.all()] == [None, None]


@pytest.mark.parametrize("first", ["handed in", "withdrawn"])
def test_handed_in_and_taken_back_in_one_batch_is_taken_back(kiosk: Knocking, first: str) -> None:
    early, late = sorted(str(new_id()) for _ in range(2))
    ids = (early, late) if first == "handed in" else (late, early)
    event = kiosk.handed(PRAISE, event={"id": ids[0]})
    withdraw = kiosk.about(wire.WITHDRAWN, event, id=ids[1])
    verdicts = kiosk.bring(event, withdraw).verdicts
    assert [judged.verdict.value for judged in verdicts] == ["stored", "stored"]
    assert Submission.objects.get().state == State.WITHDRAWN


def test_what_is_erased_before_it_arrives_is_erased_on_arrival(
    kiosk: Knocking, hamnen: Branch
) -> None:
    event = kiosk.handed(PRAISE)
    assert kiosk.settled(kiosk.about(wire.ERASED, event)) == ("held", "not_here_yet")
    assert held([hamnen]).count() == 0, "nobody needs to look at it"
    assert kiosk.settled(event) == ("erased", "")
    assert kiosk.verdict(kiosk.about(wire.WITHDRAWN, event)) == ("stored", "")
    assert Submission.objects.count() == 0
    assert [row.body for row in Event.objects.all()] == [None] * 3


HELD: dict[str, dict[str, Any]] = {
    "an answer nobody offered": {"answers": {"about": "the moon"}},
    "a branch nobody knows": {"branch": "atlantis"},
    "a workshop nobody knows": {"workshop": str(new_id())},
    "a later version": {"event": {"v": 2}},
    "sealed for somebody else": {"sealing_key": seal.new_sealing_pair().public},
}
HOW_IT_LIES_HERE = ["not here", "understood", *HELD]
IN_HAND = ["id alone", "id and locator", "another receipt's key", "the proof of taking back"]


def lying(kiosk: Knocking, how: str) -> bytes:
    """Hand something in that central holds for this reason, or understands."""
    told: dict[str, Any] = {"answers": PRAISE, **HELD.get(how, {})}
    event = kiosk.handed(**told)
    if how != "not here":
        kiosk.bring(event)
    return event


def erasing(kiosk: Knocking, event: bytes, in_hand: str) -> bytes:
    """Ask to erase with what a stolen kiosk has, all but the receipt."""
    if in_hand == "another receipt's key":
        return kiosk.about(wire.ERASED, event, key=b"?" * 32)
    if in_hand == "the proof of taking back":
        return kiosk.about(wire.WITHDRAWN, event).replace(b"withdrawn", b"erased")
    locator = locator_of(event) if in_hand == "id and locator" else WRONG
    return kiosk.event(wire.ERASED, wire.Changed(locator), about=id_of(event))


@pytest.mark.parametrize("how", HOW_IT_LIES_HERE)
@pytest.mark.parametrize("in_hand", IN_HAND)
def test_the_keys_of_any_kiosk_erase_nothing_wherever_it_lies(
    kiosk: Knocking, tenant: Tenant, hamnen: Branch, how: str, in_hand: str
) -> None:
    thief = Knocking().join(hamnen)
    event = lying(kiosk, how)
    forged = erasing(thief, event, in_hand)
    assert thief.settled(forged)[0] == "held"
    assert kiosk.settled(event)[0] in {"duplicate", "held"}
    replay.reread(tenant.pk)
    assert Event.objects.get(id=id_of(event)).body is not None
    assert Erasure.objects.count() == 0
    assert Submission.objects.count() == (how in {"not here", "understood"})


SQUATS: dict[str, dict[str, Any]] = {"understood": {}, **HELD, "unreadable": {"seats": -1}}


@pytest.mark.parametrize("how", SQUATS)
@pytest.mark.parametrize("erased", [True, False])
def test_whoever_takes_the_id_of_an_errand_first_neither_erases_nor_hides_it(
    kiosk: Knocking, hamnen: Branch, how: str, erased: bool
) -> None:
    thief, event = Knocking().join(hamnen), kiosk.handed(PRAISE)
    told: dict[str, Any] = {"answers": {"about": "hours"}, "key": b"?" * 32, **SQUATS[how]}
    told["event"] = {**told.get("event", {}), "id": id_of(event)}
    squat = thief.handed(**told)
    thief.bring(squat)
    if erased:
        thief.bring(thief.about(wire.ERASED, squat, key=b"?" * 32))
    assert kiosk.verdict(event) == kiosk.verdict(event) == ("retry", wire.ID_TAKEN)
    renamed = event.replace(id_of(event).encode(), str(new_id()).encode())
    assert kiosk.verdict(renamed) == ("stored", "")
    assert Submission.objects.get(locator=locator_of(event)).answers == PRAISE


@pytest.mark.parametrize("kind", [wire.ERASED, wire.WITHDRAWN])
def test_whoever_takes_the_id_of_an_erasure_first_does_not_prevent_it(
    kiosk: Knocking, hamnen: Branch, kind: str
) -> None:
    thief, event = Knocking().join(hamnen), kiosk.handed(PRAISE)
    kiosk.bring(event)
    change = kiosk.about(kind, event)
    thief.bring(thief.event(wire.SUPPORTED, wire.IdeaSupported("", ""), id=id_of(change)))
    assert kiosk.verdict(change) == ("retry", wire.ID_TAKEN)
    kiosk.bring(change.replace(id_of(change).encode(), str(new_id()).encode()))
    assert not Submission.objects.exclude(state=State.WITHDRAWN).exists()


@pytest.mark.parametrize("how", [each for each in HOW_IT_LIES_HERE if "somebody else" not in each])
@pytest.mark.parametrize("first", ["erased", "handed in"])
def test_with_the_receipt_anything_that_can_be_opened_is_erased_from_any_kiosk(
    kiosk: Knocking, tenant: Tenant, hamnen: Branch, how: str, first: str
) -> None:
    event = lying(kiosk, "not here" if first == "erased" else how)
    if first == "erased":
        told: dict[str, Any] = {"answers": PRAISE, **HELD.get(how, {})}
        told["event"] = {**told.get("event", {}), "id": id_of(event)}
        event = kiosk.handed(**told, locator=locator_of(event))
    other = Knocking().join(hamnen)
    other.bring(other.about(wire.ERASED, event))
    assert kiosk.settled(event)[0] in {"erased", "held"}
    replay.reread(tenant.pk)
    assert kiosk.verdict(event) == ("erased", "")
    assert Submission.objects.count() == 0
    assert Event.objects.filter(body__isnull=False).count() == 0


def test_the_other_kiosks_of_the_branch_are_told_what_to_delete(
    kiosk: Knocking, hamnen: Branch
) -> None:
    other = Knocking().join(hamnen)
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    seen = max(state.change for state in kiosk.bring().states)
    other.bring(other.about(wire.ERASED, event))
    assert kiosk.bring(states_after=seen).erase == [id_of(event)]


@pytest.mark.parametrize("odd", [-1, -(2**63) - 1, -(2**90), 2**63, 2**90])
def test_no_number_of_news_is_too_odd_to_be_answered(kiosk: Knocking, odd: int) -> None:
    kiosk.settled(kiosk.handed(PRAISE))
    told = kiosk.bring(states_after=odd)
    assert len(told.states) == (odd < 0)


def test_every_erasure_is_told_however_many_there_are_and_whatever_else_changed(
    kiosk: Knocking, hamnen: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.central.exchange.changes.changes_after.__defaults__", (2,))
    other = Knocking().join(hamnen)
    events = [kiosk.handed(PRAISE, locator=f"{n:032x}") for n in range(5)]
    kiosk.bring(*events)
    for n, event in enumerate(events):
        other.bring(other.about(wire.ERASED, event, locator=f"{n:032x}"))
        other.bring(other.handed(PRAISE, locator=f"{n + 10:032x}"))
    told: set[str] = set()
    states: set[str] = set()
    after = 0
    while (answer := kiosk.bring(states_after=after)).told_until:
        assert answer.told_until > after
        after = answer.told_until
        told.update(answer.erase)
        states.update(each.locator for each in answer.states)
    assert told == {id_of(event) for event in events}
    assert states == {f"{n + 10:032x}" for n in range(5)}


def test_an_answer_reaches_the_branch_under_the_receipts_key(
    kiosk: Knocking, librarian: Staff
) -> None:
    key = b"7" * 32
    kiosk.bring(kiosk.handed(PRAISE, key=key, locator=LOCATOR))
    submission = Submission.objects.get()
    (state,) = kiosk.bring().states
    assert state.id == str(submission.pk)
    assert (state.locator, state.state, state.errand) == (LOCATOR, "sent", "feedback")
    actions.open_for_reading(submission, librarian)
    actions.answer(submission, librarian, "Tack själv", "Lisa")
    (answered,) = kiosk.bring(states_after=state.change).states
    assert answered.state == "answered"
    assert b"Tack" not in answered.answers[0]
    read = wire.decode(seal.unlock(key, answered.answers[0]), Answer)
    assert (read.text, read.signed) == ("Tack själv", "Lisa")
    assert kiosk.bring(states_after=answered.change).states == []
