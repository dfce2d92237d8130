"""Findings: what recovery found that a technician should know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.problems import Trouble
from kiosk.store.record import BLOCK_BYTES, JournalRecord
from kiosk.store.scan import Scanned


@dataclass(slots=True)
class Findings:
    """What was wrong with the files when the ledger was opened; all empty when nothing was."""

    replayed: int = 0
    """Saves taken from journals, because the program had not ended in good order."""
    unfinished: bool = False
    """A save was under way when the program ended; it had not been confirmed."""
    damaged: list[str] = field(default_factory=list)
    """Names of files of which a part cannot be read."""
    missing: list[str] = field(default_factory=list)
    """Names of files that are gone, or the end of which is; saves in them may be lost."""
    lost: list[tuple[int, int]] = field(default_factory=list)
    """Confirmed saves of which no copy is left: first and last number of each run."""
    documents_lost: int = 0
    """Documents that could not be read from a damaged snapshot of which there is no other copy."""
    unproven: bool = False
    """Documents were taken from a file that no journal vouches for."""
    kept: Path | None = None
    """Where the damaged parts are kept."""
    unwritable: Trouble | None = None
    """Why the files are only looked at, where they were to be written."""

    @property
    def saves_lost(self) -> int:
        """How many confirmed saves or documents are known to be lost, at most."""
        return self.documents_lost + sum(last - first + 1 for first, last in self.lost)

    @property
    def harmless(self) -> bool:
        """Whether nothing was wrong but that the program had not ended in good order."""
        return not (self.damaged or self.missing or self.lost or self.unproven)

    @property
    def loses(self) -> bool:
        """Whether something is lost, or may be."""
        return bool(self.saves_lost or self.missing or self.unproven)

    @property
    def told(self) -> str:
        """What was wrong, for a technician."""
        told = [f"damaged: {' '.join(self.damaged)}"] if self.damaged else []
        told += [f"missing, wholly or at the end: {' '.join(self.missing)}"] if self.missing else []
        told += [f"saves {first} to {last} are lost" for first, last in self.lost]
        told += [f"{self.documents_lost} documents are lost"] if self.documents_lost else []
        told += ["read without proof that it is the newest"] if self.unproven else []
        return ", ".join(told) or "nothing"


def missing_numbers(
    since: int, saves: Sequence[JournalRecord], confirmed: int
) -> list[tuple[int, int]]:
    """Return the runs of numbers after *since* that are not there.

    Each of *saves*, in order, tells which was before it; vouchers tell that *confirmed* was saved.
    """
    missing = []
    for save in saves:
        if save.previous > since:
            missing.append((since + 1, save.previous))
        since = save.sequence
    return [*missing, (since + 1, confirmed)] if confirmed > since else missing


def unfinished(newest: Scanned | None) -> bool:
    """Tell whether the last write of the journal written last is torn."""
    return newest is not None and any(block >= _last_write(newest) for block in newest.spoilt)


def missing_journals(journals: Sequence[Scanned], newest: Scanned | None) -> list[str]:
    """Return the names of journals that are shorter than they were made, or not there at all."""
    generations = {each.generation for each in journals}
    missing = [each.path.name for each in journals if each.size < each.size_told]
    if newest and newest.following and newest.following not in generations:
        missing.append(newest.path.with_suffix(f".{newest.following}").name)
    return missing


def spoilt_journals(journals: Iterable[Scanned]) -> list[str]:
    """Return the names of journals with damage inside.

    A torn end is none: it was never confirmed, or the next save would miss it. Nor is the place
    of a save that failed.
    """
    return [each.path.name for each in journals if _damage(each)]


def _damage(journal: Scanned) -> bool:
    excused: set[int] = set()
    end = 0
    for record in sorted(journal.saves + journal.vouchers, key=lambda each: each.at):
        if record.follows_a_failure:
            excused.update(range(end, record.at, BLOCK_BYTES))
        end = record.at + record.long
    last = _last_write(journal)
    return any(block < last and block not in excused for block in journal.spoilt)


def _last_write(journal: Scanned) -> int:
    """Return where the last write began at the earliest: where the last save but one ends."""
    newest = journal.last
    return max((each.at + each.long for each in journal.saves if each.sequence < newest), default=0)
