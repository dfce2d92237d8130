"""How this kiosk is doing, for a technician."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.problems import NO_NETWORK
from kiosk.store.device import Device
from kiosk.sync.condition import Condition
from kiosk.sync.outcome import ExchangeOutcome


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


def status_of(device: Device, known: Condition, last: ExchangeOutcome | None) -> Status:
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


def _faults(known: Condition, last: ExchangeOutcome | None) -> list[dict[str, str]]:
    faults = {each.problem.code: each.remedy for each in known.troubles}
    if last and last.error not in {"", NO_NETWORK.code}:
        faults.setdefault(last.error, last.remedy)
    return [{"code": code, "remedy": remedy} for code, remedy in faults.items()]


def in_words(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the keys of `kiosk status --json` as lines for people: what it is, and how it is."""
    versions = ", ".join(f"{name} {number}" for name, number in told.get("versions", {}).items())
    said = {**told, "versions": versions}
    lines = [
        (name, words.format(said[key]) if said[key] else "none")
        for key, (name, words) in _WORDS.items()
        if key in told
    ]
    faults = told.get("faults", ())
    lines += [(f"fault {each['code']}", each["remedy"]) for each in faults]
    return lines if faults else [*lines, ("faults", "none")]


_WORDS = {
    "device": ("device", "{}"),
    "branch": ("branch", "{}"),
    "pending": ("waiting to be sent", "{}"),
    "oldest_pending_s": ("oldest of them", "{} s old"),
    "unsafe": ("sealed copies kept here", "{}, until they lie in a backup of the library"),
    "last_exchange": ("last exchange", "{}"),
    "room": ("room", "{} saves"),
    "content": ("content", "{}"),
    "versions": ("versions", "{}"),
}
"""What each key is called, and how its value is said."""
