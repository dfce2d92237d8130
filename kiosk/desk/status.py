"""How this kiosk is doing, for a technician."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.clock import why_in_doubt
from kiosk.domain.world import World
from kiosk.problems import DEVICE_REFUSED, REFUSED_FOR_GOOD, WRONG_CLOCK, Trouble
from kiosk.store.device import Device
from kiosk.store.ledger import SHUT_OUT, Ledger
from kiosk.sync.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Status:
    """The state of this kiosk; the keys of `kiosk status --json`."""

    device: str
    branch: str
    pending: int
    unsafe: int
    """Events of which this kiosk still keeps a sealed copy."""
    oldest_pending_s: int
    last_exchange: str
    room: int
    """Saves whose place on the disk is sure already."""
    content: str
    """Version of the content shown."""
    versions: dict[str, str]
    faults: list[dict[str, str]]
    """What a technician should look at: code and remedy."""


def status_of(
    device: Device, ledger: Ledger, world: World, content: str, last: Outcome | None
) -> Status:
    """Tell how a kiosk is doing that shows *content* (its version) and last exchanged so."""
    from importlib.metadata import version

    oldest = ledger.oldest_unsent()
    age = world.now() - datetime.fromisoformat(oldest) if oldest else None
    return Status(
        device=device.device,
        branch=device.branch,
        pending=ledger.pending,
        unsafe=ledger.pending + ledger.acknowledged() + ledger.refused(),
        oldest_pending_s=max(0, int(age.total_seconds())) if age else 0,
        last_exchange=ledger.last_exchange,
        room=ledger.room(),
        content=content,
        versions={name: version(name) for name in ("meroppet-kiosk", "textual", "tinydb")},
        faults=_faults(ledger, world, last),
    )


def _faults(ledger: Ledger, world: World, last: Outcome | None) -> list[dict[str, str]]:
    found = ledger.troubles() + troubles_of_the_exchange(ledger, world)
    faults = {each.problem.code: each.remedy for each in found}
    if last and last.error:
        faults.setdefault(last.error, last.remedy)
    return [{"code": code, "remedy": remedy} for code, remedy in faults.items()]


def troubles_of_the_exchange(ledger: Ledger, world: World) -> list[Trouble]:
    """List what keeps this kiosk and central apart, as far as the kiosk itself remembers."""
    troubles = []
    if why := ledger.fact(SHUT_OUT):
        troubles.append(Trouble(DEVICE_REFUSED, why=why))
    if many := ledger.refused():
        troubles.append(Trouble(REFUSED_FOR_GOOD, many=many))
    if why := why_in_doubt(ledger.told, world):
        now = world.now().isoformat(timespec="minutes")
        troubles.append(Trouble(WRONG_CLOCK, now=now, why=why))
    return troubles
