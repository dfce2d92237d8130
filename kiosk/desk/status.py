"""How this kiosk is doing, for a technician."""

from dataclasses import dataclass


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
