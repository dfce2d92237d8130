"""The kiosk's clock: what time it truly is, and when it is not to be believed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.domain.world import World

EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""This program did not exist before; a machine without a battery wakes up in 1970."""

MARGIN = timedelta(minutes=5)
"""How far off a clock may be."""

LONGEST_SILENCE = timedelta(days=180)
"""A clock that says central has been silent for longer has rather run ahead."""


@dataclass(frozen=True, slots=True)
class ServerTime:
    """The time as central told it, and what the kiosk's own clocks said then."""

    server: datetime
    """Central's time, with offset."""
    boot: str
    """Which start of the machine `mono_ms` counts from."""
    mono_ms: int
    """The kiosk's monotonic clock."""


def heard(server: datetime, world: World) -> ServerTime:
    """Return what central has told just now."""
    return ServerTime(server, world.boot, world.monotonic_ms())


def true_time(told: ServerTime | None, world: World) -> datetime | None:
    """Return the time of day, exact since central told it in this boot; else None."""
    if told is None or told.boot != world.boot:
        return None
    return told.server + timedelta(milliseconds=world.monotonic_ms() - told.mono_ms)


def known_time(told: ServerTime | None, world: World) -> datetime | None:
    """Return the time of day: in doubt, as central has told it in this boot; None when unknown."""
    return true_time(told, world) if why_in_doubt(told, world) else world.now()


def why_in_doubt(told: ServerTime | None, world: World) -> str:
    """Say in a few words why the wall clock is not to be believed; "" when it is."""
    now = world.now()
    if now < EARLIEST:
        return "that is before this program was made"
    if told is None:
        return ""
    exact = true_time(told, world)
    if exact is not None:
        return "" if abs(now - exact) <= MARGIN else f"at central it is {exact:%Y-%m-%d %H:%M} UTC"
    if now < told.server - MARGIN:
        return f"central has told a later time, {told.server:%Y-%m-%d %H:%M} UTC"
    return "" if now - told.server <= LONGEST_SILENCE else "central was heard half a year before"
