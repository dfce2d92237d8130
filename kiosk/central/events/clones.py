"""Clones: signs that two machines, or an old copy of one, answer to one kiosk's name."""

from collections.abc import Iterable

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.events.envelope import Arrival
from kiosk.central.events.gaps import SequenceNumbers
from kiosk.central.events.models import Event


def reuses_numbers(
    device: Device,
    known: SequenceNumbers,
    arrivals: Iterable[Arrival],
    verdicts: Iterable[wire.EventVerdict],
) -> bool:
    """Tell whether new events have numbers under which others arrived.

    Nothing is refused for it: what visitors handed in counts, wherever it comes from. What arrived
    before a technician last looked does not count again.
    """
    stored = {judged.id for judged in verdicts if judged.verdict is wire.Verdict.STORED}
    new = {each.id: each.event.seq for each in arrivals if each.event and each.id in stored}
    if len(set(new.values())) < len(new):
        return True
    odd = [number for number in new.values() if number and known.has(number)]
    if not odd:
        return False
    others = Event.objects.filter(device=device, seq__in=odd).exclude(id__in=list(new))
    if device.looked_at:
        others = others.filter(received_at__gt=device.looked_at)
    return others.exists()
