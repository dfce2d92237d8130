"""A copy of a box knows locators and ids of what waits there; whoever holds a receipt sees hers."""

from typing import Any

import pytest
from django.http import HttpResponse

from kiosk import seal, wire
from kiosk.central.events.models import Event
from kiosk.central.events.queries import held
from kiosk.central.platform.ids import new_id
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.submissions.queries import at_receipt
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.receipt import State
from tests.central.knocking import PRAISE, Knocking, id_of, locator_of

HERS, HIS = b"k" * 32, b"?" * 32
OTHER = {"about": "hours"}


@pytest.fixture
def thief(hamnen: Branch) -> Knocking:
    """Give another machine that knows all that her kiosk has on its disk."""
    return Knocking().join(hamnen)


def looked_up(kiosk: Knocking, locator: str, key: bytes) -> HttpResponse:
    mark = wire.receipt_mark(locator, key)
    return kiosk.ask("GET", f"{wire.ROOT}/receipt/{locator}?mark={mark.hex()}")


def squatting(thief: Knocking, event: bytes, what: str) -> bytes:
    """Take what is known of an errand that has not gone out."""
    told: dict[str, Any] = {"answers": OTHER, "key": HIS}
    if "locator" in what:
        told["locator"] = locator_of(event)
    if "id" in what:
        told["event"] = {"id": id_of(event)}
    return thief.handed(**told)


def brought(kiosk: Knocking, event: bytes) -> bytes:
    """Bring an errand as its kiosk does, under another id where its own is taken."""
    if kiosk.verdict(event) == ("retry", wire.ID_TAKEN):
        event = event.replace(id_of(event).encode(), str(new_id()).encode())
        assert kiosk.verdict(event) == ("stored", "")
    return event


TAKEN = ["locator", "id", "locator and id"]


@pytest.mark.parametrize("what", TAKEN)
@pytest.mark.parametrize("first", ["his", "hers"])
def test_her_code_shows_her_errand_and_her_answer_whoever_came_first(
    kiosk: Knocking, thief: Knocking, tenant: Tenant, librarian: Staff, what: str, first: str
) -> None:
    event = kiosk.handed(PRAISE)
    locator, squat = locator_of(event), squatting(thief, event, what)
    if first == "his":
        thief.bring(squat)
    brought(kiosk, event)
    if first == "hers":
        brought(thief, squat)
    hers = at_receipt(tenant, locator, wire.receipt_mark(locator, HERS))
    assert hers
    assert hers.answers == PRAISE
    actions.answer(hers, librarian, "Tack!", "Lisa")
    told = [each for each in kiosk.bring().states if each.locator == locator]
    (news,) = [each for each in told if each.mark == wire.receipt_mark(locator, HERS)]
    assert seal.unlock(HERS, news.answers[0])
    answer = looked_up(kiosk, locator, HERS)
    shown = wire.decode(kiosk.genuine(answer, f"{wire.ROOT}/receipt/{locator}"), wire.ReceiptState)
    assert (shown.id, shown.state) == (str(hers.pk), State.ANSWERED)
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("kind", [wire.WITHDRAWN, wire.ERASED])
@pytest.mark.parametrize("what", TAKEN)
def test_what_she_did_before_her_errand_went_out_happens_to_hers_alone(
    kiosk: Knocking, thief: Knocking, hamnen: Branch, what: str, kind: str
) -> None:
    event = kiosk.handed(PRAISE)
    thief.bring(squatting(thief, event, what))
    change = kiosk.about(kind, event)
    kiosk.bring(change)
    brought(kiosk, event)
    again = change.replace(id_of(change).encode(), str(new_id()).encode())
    kiosk.bring(again)
    left = {each.answers["about"]: each.state for each in Submission.objects.all()}
    erased = kind == wire.ERASED
    assert left == {"hours": State.SENT} | ({} if erased else {"staff": State.WITHDRAWN})
    assert not held([hamnen]).exists(), "nobody needs to look at it"
    kept = Event.objects.filter(body__isnull=False).exclude(id=id_of(event))
    assert not erased or {each.type for each in kept} <= {"feedback.submitted", kind}


def test_the_sealed_answers_themselves_brought_by_a_copy_are_her_errand(
    kiosk: Knocking, thief: Knocking, tenant: Tenant
) -> None:
    event = kiosk.handed(PRAISE)
    copy = event.replace(id_of(event).encode(), str(new_id()).encode())
    change, early = kiosk.about(wire.WITHDRAWN, event), kiosk.about(wire.ERASED, event)
    thief.bring(copy)
    kiosk.bring(change)
    assert Submission.objects.get().state == State.WITHDRAWN
    assert kiosk.settled(event)[0] == "duplicate", "hers is safe"
    assert str(Submission.objects.get().pk) == id_of(copy)
    kiosk.bring(early)
    assert Submission.objects.count() == 0
    assert kiosk.verdict(event) == ("erased", "")
    assert not Event.objects.filter(body__isnull=False).exists()


def test_an_erasure_reaches_the_copy_that_came_first_and_hers_that_comes_later(
    kiosk: Knocking, thief: Knocking
) -> None:
    event = kiosk.handed(PRAISE)
    thief.bring(event.replace(id_of(event).encode(), str(new_id()).encode()))
    kiosk.bring(kiosk.about(wire.ERASED, event))
    assert Submission.objects.count() == 0
    assert kiosk.settled(event) == ("erased", "")
    assert Submission.objects.count() == 0


@pytest.mark.parametrize("field", ["branch", "seats", "locator"])
def test_nobody_puts_sealed_answers_into_another_envelope(
    kiosk: Knocking, thief: Knocking, tenant: Tenant, field: str
) -> None:
    told: dict[str, Any] = {"errand": "feedback", "branch": "hamnen", "locator": "a" * 32}
    beside = wire.beside_seal(wire.Handed(**told, sealed=b""))
    clear = wire.encode(wire.Contents(PRAISE, HERS, "sv", beside=beside))
    told["sealed"] = seal.seal(kiosk.library.sealing_key, clear)
    other = tenant.branches.exclude(key="hamnen")[0].key
    changed = {"branch": other, "seats": 3, "locator": "b" * 32}[field]
    forged = thief.event("feedback.submitted", wire.Handed(**(told | {field: changed})))
    assert thief.settled(forged) == ("held", "envelope_changed")
    assert kiosk.settled(kiosk.event("feedback.submitted", wire.Handed(**told)))[0] == "duplicate"
    assert Submission.objects.get().answers == PRAISE
