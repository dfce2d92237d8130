"""Condition: what is known of this kiosk, found out in one place for screens, commands, central."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.domain.clock import why_in_doubt
from kiosk.domain.world import World
from kiosk.problems import DEVICE_REFUSED, DISK_LOW, REFUSED_FOR_GOOD, WRONG_CLOCK, Trouble
from kiosk.store.device import device_troubles
from kiosk.store.ledger import SHUT_OUT, Ledger
from kiosk.store.published import PublishedContent
from kiosk.store.room import check_disk, check_room, free_mb


@dataclass(frozen=True, slots=True)
class Condition:
    """What a kiosk knows of itself at one moment."""

    pending: int
    """Events that central has not acknowledged."""
    messages: int
    """Those of them that visitors wait for."""
    unsafe: int
    """Events of which this kiosk still keeps a sealed copy."""
    oldest_pending_s: int
    last_exchange: str
    """When central last answered, ISO 8601, or ""."""
    room: int
    """Saves that can be begun and will not fail for want of space."""
    free_mb: int
    content: str
    """Version of the content shown, or ""."""
    troubles: tuple[Trouble, ...]
    """What a technician should look at."""


def condition_of(ledger: Ledger, published: PublishedContent, world: World) -> Condition:
    """Find out how a kiosk is doing that holds *ledger* and shows what is *published*."""
    oldest = ledger.oldest_unsent()
    age = world.now() - datetime.fromisoformat(oldest) if oldest else None
    of_the_disk = troubles_of_the_disk(published.home, ledger)
    full = any(each.problem is not DISK_LOW for each in of_the_disk)
    return Condition(
        pending=ledger.pending,
        messages=ledger.messages,
        unsafe=ledger.pending + ledger.acknowledged() + ledger.refused() + len(ledger.apart),
        oldest_pending_s=max(0, int(age.total_seconds())) if age else 0,
        last_exchange=ledger.last_exchange,
        room=0 if full else ledger.room(),
        free_mb=free_mb(published.home),
        content=published.current.version,
        troubles=(
            *device_troubles(published.home),
            *ledger.troubles(),
            *of_the_disk,
            *published.troubles(),
            *troubles_of_the_exchange(ledger, world),
        ),
    )


def troubles_of_the_disk(home: Path, ledger: Ledger | None) -> list[Trouble]:
    """List what keeps visitors' errands off the disk, or soon will."""
    try:
        if ledger:
            check_room(home, ledger)
            if ledger.findings.unwritable:
                raise ledger.findings.unwritable
        check_disk(home)
    except Trouble as trouble:
        return [trouble]
    return []


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
