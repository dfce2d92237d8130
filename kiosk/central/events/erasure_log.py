"""The erasure log outside the database and its backups: on disk before an erasure counts."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kiosk.central.platform import line_log

_LATEST_BYTES = 40_000
"""Of some ninety bytes each."""


@dataclass(frozen=True, slots=True)
class ErasureEntry:
    """One erasure: an id and a date, and nothing of what was erased."""

    tenant: str
    """Key of the library."""
    id: UUID
    """Of the submission that was erased."""
    at: datetime

    def told(self) -> str:
        """Return it as it lies in the file, without the digest."""
        return f"{self.tenant} {self.id} {self.at.isoformat()}"

    def frozen(self) -> bytes:
        """Return it as it lies in the file."""
        return line_log.frozen(self.told())


def log_file() -> Path:
    """Return where it lies: in the state folder, unless several machines share one elsewhere."""
    named = settings.DEPLOYMENT.erasures
    return Path(named) if named else Path(settings.HOME) / "erasures.log"


def note(lines: Sequence[ErasureEntry], path: Path | None = None) -> None:
    """Append *lines*, durable when this returns; several processes may do so at once.

    Raises OSError when they could not be saved: then nothing may be erased either.
    """
    line_log.append(path or log_file(), [line.told() for line in lines])


def read(path: Path | None = None) -> Iterator[ErasureEntry]:
    """Yield every erasure that can be read, oldest first; a torn or damaged line is left out."""
    for line in _lines(path or log_file()):
        if isinstance(line, ErasureEntry):
            yield line


def latest(path: Path | None = None) -> Iterator[ErasureEntry]:
    """Yield the last few hundred erasures."""
    for told in line_log.read(path or log_file(), last_bytes=_LATEST_BYTES):
        line = _parsed(told) if told else None
        if line:
            yield line


def is_writable(path: Path | None = None) -> bool:
    """Tell whether an erasure could be noted now."""
    file = path or log_file()
    return os.access(file if file.exists() else file.parent, os.W_OK) and not file.is_dir()


def damaged(path: Path | None = None) -> int:
    """Count whole lines that cannot be read: whom they erased is no longer known here."""
    return sum(line is None for line in _lines(path or log_file()))


def _lines(path: Path) -> Iterator[ErasureEntry | None]:
    for told in line_log.read(path):
        yield None if told is None else _parsed(told)


def _parsed(told: str) -> ErasureEntry | None:
    try:
        tenant, identity, at = told.split()
        return ErasureEntry(tenant, UUID(identity), datetime.fromisoformat(at))
    except ValueError:
        return None
