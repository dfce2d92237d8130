"""How this kiosk is doing, for a technician."""

from dataclasses import dataclass

from kiosk.domain.clock import why_in_doubt
from kiosk.domain.world import World
from kiosk.problems import DEVICE_REFUSED, REFUSED_FOR_GOOD, WRONG_CLOCK, Trouble
from kiosk.store.ledger import SHUT_OUT, Ledger


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
