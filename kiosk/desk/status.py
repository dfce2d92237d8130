"""How this kiosk is doing, for a technician."""

from dataclasses import dataclass

from kiosk.problems import NO_NETWORK
from kiosk.store.device import Device
from kiosk.sync.condition import Condition
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
    """Saves that can be begun and will not fail for want of space."""
    content: str
    """Version of the content shown."""
    versions: dict[str, str]
    faults: list[dict[str, str]]
    """What a technician should look at: code and remedy."""


def status_of(device: Device, known: Condition, last: Outcome | None) -> Status:
    """Tell how a kiosk is doing of which that is *known* and that last exchanged so."""
    from importlib.metadata import version

    return Status(
        device=device.device,
        branch=device.branch,
        pending=known.pending,
        unsafe=known.unsafe,
        oldest_pending_s=known.oldest_pending_s,
        last_exchange=known.last_exchange,
        room=known.room,
        content=known.content,
        versions={name: version(name) for name in ("meroppet-kiosk", "textual", "tinydb")},
        faults=_faults(known, last),
    )


def _faults(known: Condition, last: Outcome | None) -> list[dict[str, str]]:
    faults = {each.problem.code: each.remedy for each in known.troubles}
    if last and last.error not in {"", NO_NETWORK.code}:
        faults.setdefault(last.error, last.remedy)
    return [{"code": code, "remedy": remedy} for code, remedy in faults.items()]
