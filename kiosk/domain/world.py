"""The world outside: clock, boot and chance, passed in so that a test can bring its own."""

import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class World(Protocol):
    """What the rules may ask of the machine they run on."""

    @property
    def boot(self) -> str:
        """Name this start of the machine: monotonic times compare only within one boot."""

    def now(self) -> datetime:
        """Return the time of day, with its offset from UTC."""

    def monotonic_ms(self) -> int:
        """Return milliseconds since some fixed moment of this boot."""

    def random_bits(self, many: int) -> int:
        """Return an integer of *many* unpredictable bits."""

    def wait(self, seconds: float) -> None:
        """Let so much time pass."""


def boot_id(source: Path = Path("/proc/sys/kernel/random/boot_id")) -> str:
    """Return eight characters that name this boot; random where the system has no name for it."""
    try:
        return source.read_text(encoding="ascii").strip()[:8]
    except OSError:
        return secrets.token_hex(4)


def since_boot_s() -> float:
    """Return the seconds since the machine was started, those in which it slept too."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class RealWorld:
    """The machine's own clock and chance."""

    boot: str = field(default_factory=boot_id)

    def now(self) -> datetime:
        """Return the local time of day with its offset."""
        return datetime.now(UTC).astimezone()

    def monotonic_ms(self) -> int:
        """Return milliseconds since boot, those in which the machine slept too."""
        return int(since_boot_s() * 1000)

    def random_bits(self, many: int) -> int:
        """Return *many* bits from the operating system."""
        return secrets.randbits(many)

    def wait(self, seconds: float) -> None:
        """Sleep so long."""
        time.sleep(seconds)


def new_id(world: World, made: datetime | None = None) -> str:
    """Make an identity: a UUID version 7 (RFC 9562), sortable by when it was *made*: now."""
    milliseconds = int((made or world.now()).timestamp() * 1000) & (1 << 48) - 1
    chance = world.random_bits(74)
    number = milliseconds << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1
    return str(uuid.UUID(int=number))
