"""What nobody at central can open is told to somebody, once, and is over when it can be opened."""

import pytest

from kiosk import seal
from kiosk.central.devices.alarms import AlarmKind
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange import erasure, replay
from kiosk.central.run import scheduler
from kiosk.central.tenants.models import Record, Tenant
from tests.central.knocking import PRAISE, Knocking


def alarms(kiosk: Knocking) -> set[str]:
    scheduler.watch()
    return set(Device.objects.get(pk=kiosk.device).alarms)


def told() -> list[str]:
    return [
        f"{each.verb}: {each.particulars['kind']}"
        for each in Record.objects.filter(verb__startswith="device alarm").order_by("id")
    ]


@pytest.mark.parametrize("end", ["erased", "opened after all"])
def test_what_was_sealed_for_nobody_is_an_alarm_of_its_kiosk_until_it_is_gone(
    kiosk: Knocking, tenant: Tenant, end: str
) -> None:
    kiosk.bring(kiosk.handed(PRAISE))
    assert alarms(kiosk) == set()
    nobody = seal.new_sealing_pair().public
    kiosk.bring(*(kiosk.handed(PRAISE, sealing_key=nobody) for _ in range(2)))
    assert alarms(kiosk) == {AlarmKind.UNOPENED}
    kiosk.bring()
    assert alarms(kiosk) == {AlarmKind.UNOPENED}, "a heartbeat changes nothing of it"
    assert Device.objects.get(pk=kiosk.device).unopened == 2
    held = Event.objects.exclude(held_reason="")
    if end == "erased":
        erasure.erase_all(tenant, [each.id for each in held], held[0].received_at)
    else:
        for each in held:
            opens = kiosk.handed(PRAISE, event={"id": str(each.id)})
            Event.objects.filter(pk=each.pk).update(body=opens)
        replay.reread(tenant.pk)
    assert alarms(kiosk) == set()
    assert told() == ["device alarm: unopened", "device alarm over: unopened"]
