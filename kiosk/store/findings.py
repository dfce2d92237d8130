"""Findings: what recovery found that a technician should know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.store.journal import Scanned
from kiosk.store.record import BLOCK_BYTES, Record


@dataclass(slots=True)
class Findings:
    """What was wrong with the files when the ledger was opened; all empty when nothing was."""

    replayed: int = 0
    """Saves taken from journals, because the program had not ended in good order."""
    unfinished: bool = False
    """A save was under way when the program ended; it had not been confirmed."""
    damaged: list[str] = field(default_factory=list)
    """Names of files of which a part cannot be read."""
    lost: list[tuple[int, int]] = field(default_factory=list)
    """Confirmed saves of which no copy is left: first and last number of each run."""
    documents_lost: int = 0
    """Documents that could not be read from a damaged snapshot of which there is no other copy."""
    unproven: bool = False
    """Documents were taken from a file that no journal vouches for."""
    kept: Path | None = None
    """Where the damaged parts are kept."""

    @property
    def saves_lost(self) -> int:
        """How many confirmed saves or documents are known to be lost, at most."""
        return self.documents_lost + sum(last - first + 1 for first, last in self.lost)

    @property
    def harmless(self) -> bool:
        """Whether nothing was wrong but that the program had not ended in good order."""
        return not (self.damaged or self.lost or self.unproven)

    @property
    def told(self) -> str:
        """What was wrong, for a technician."""
        told = [f"damaged: {' '.join(self.damaged)}"] if self.damaged else []
        told += [f"saves {first} to {last} are lost" for first, last in self.lost]
        told += [f"{self.documents_lost} documents are lost"] if self.documents_lost else []
        told += ["read without proof that it is the newest"] if self.unproven else []
        return ", ".join(told) or "nothing"


def missing_numbers(since: int, saves: Sequence[Record]) -> list[tuple[int, int]]:
    """Return the runs of numbers that *saves*, in order, say were before them but are not there."""
    missing = []
    for save in saves:
        if save.previous > since:
            missing.append((since + 1, save.previous))
        since = save.sequence
    return missing


def unfinished(newest: Scanned | None) -> bool:
    """Tell whether the end of the journal written last is torn."""
    if newest is None:
        return False
    records = newest.saves + newest.vouchers
    last = max((each.at for each in records), default=-1)
    return any(block > last for block in newest.spoilt)


def spoilt_journals(journals: Iterable[Scanned]) -> list[str]:
    """Return the names of journals with damage inside.

    A torn end is none: it was never confirmed, or the next save would miss it. Nor is the place
    of a save that failed.
    """
    return [each.path.name for each in journals if _damage(each)]


def _damage(journal: Scanned) -> bool:
    records = sorted(journal.saves + journal.vouchers, key=lambda each: each.at)
    excused: set[int] = set()
    end = 0
    for record in records:
        if record.sequence > record.previous + 1:
            excused.update(range(end, record.at, BLOCK_BYTES))
        end = record.at + record.long
    return any(block < end and block not in excused for block in journal.spoilt)
