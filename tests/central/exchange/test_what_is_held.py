"""What central still holds: a kiosk asks before it deletes, and says what it was told before."""

import pytest

from kiosk import seal, wire
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange.processing import understand_all
from tests.central.knocking import PRAISE, Knocking, id_of


def standing(kiosk: Knocking, *ids: str) -> list[str]:
    """Ask what is true of these ids."""
    told = kiosk.drop(dropping=ids).dropping
    assert told is not None
    assert [each.id for each in told] == list(ids)
    return [each.verdict.value for each in told]


def test_a_copy_may_go_only_when_its_event_is_here_and_opens(kiosk: Knocking) -> None:
    here, unknown = kiosk.handed(PRAISE), kiosk.handed(PRAISE)
    closed = kiosk.handed(PRAISE, sealing_key=seal.new_sealing_pair().public)
    kiosk.drop(here, closed)
    asked = [id_of(here), id_of(closed), id_of(unknown), "no id"]
    assert standing(kiosk, *asked) == ["retry", "retry", "missing", "missing"]
    understand_all()
    assert standing(kiosk, *asked) == ["stored", "held", "missing", "missing"]
    assert kiosk.drop().dropping == []


@pytest.mark.parametrize("odd", [{"type": "tea.submitted"}, {"type": "something.new"}])
def test_what_is_held_but_opens_may_go_and_what_cannot_be_read_may_not(
    kiosk: Knocking, odd: dict[str, str]
) -> None:
    event = kiosk.handed(PRAISE, event=odd)
    kiosk.bring(event)
    assert Event.objects.get().held_reason
    assert standing(kiosk, id_of(event)) == ["stored"]
    Event.objects.update(body=b"no event")
    assert standing(kiosk, id_of(event)) == ["held"]


def test_of_an_erased_event_a_kiosk_hears_that_it_is_erased(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    kiosk.bring(kiosk.about(wire.ERASED, event))
    assert standing(kiosk, id_of(event)) == ["erased"]


def test_no_more_is_asked_at_once_than_is_brought(kiosk: Knocking) -> None:
    many = kiosk.inbox(dropping=("x",) * (wire.MAX_BATCH_ITEMS + 1))
    assert kiosk.send(wire.encode(many)).status_code == 413


def test_a_database_that_forgot_a_batch_begins_another_epoch_for_its_kiosk(
    kiosk: Knocking,
) -> None:
    first = kiosk.bring(kiosk.handed(PRAISE))
    lost = kiosk.bring(kiosk.handed(PRAISE), epoch=first.epoch, receipt=first.receipt)
    assert (lost.epoch, lost.receipt) == (first.epoch, 2)
    Device.objects.update(last_receipt=1)
    claim = {"epoch": lost.epoch, "receipt": lost.receipt}
    unheard = kiosk.bring(kiosk.handed(PRAISE), **claim)
    assert unheard.receipt == 3, "no number is given twice"
    told = kiosk.bring(**claim)
    assert told.epoch == unheard.epoch != lost.epoch, "said until it is heard"
    claim = {"epoch": told.epoch, "receipt": told.receipt}
    assert kiosk.bring(kiosk.handed(PRAISE), **claim).epoch == told.epoch
    Device.objects.update(last_receipt=1)
    assert kiosk.bring(**claim).epoch not in {lost.epoch, told.epoch}


def test_a_kiosk_of_another_epoch_claims_nothing(kiosk: Knocking) -> None:
    first = kiosk.bring(kiosk.handed(PRAISE))
    assert kiosk.bring(epoch="another", receipt=9).epoch == first.epoch
    assert kiosk.bring().epoch == first.epoch
    assert Device.objects.get().last_receipt == 1


def test_a_database_that_forgot_what_it_told_tells_everything_anew(kiosk: Knocking) -> None:
    first = kiosk.bring(kiosk.handed(PRAISE))
    last = kiosk.bring(epoch=first.epoch).told_until
    assert kiosk.bring(epoch=first.epoch, states_after=last).epoch == first.epoch
    assert kiosk.bring(epoch=first.epoch, states_after=last + 1).epoch != first.epoch
