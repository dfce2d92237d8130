"""Recovery: what a ledger's files prove to have been saved, whatever has happened to them."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.problems import LEDGER_NEWER, Trouble
from kiosk.store.disk import Disk
from kiosk.store.findings import (
    Findings,
    missing_journals,
    missing_numbers,
    spoilt_journals,
    unfinished,
)
from kiosk.store.journal import generation_of
from kiosk.store.mark import NO_MARK, LedgerMark, mark_path, read_mark
from kiosk.store.replay import apply, confirmed, saves_of
from kiosk.store.rescue import rescued
from kiosk.store.scan import Scanned, scanned
from kiosk.store.snapshot import FORMAT, WITH_JOURNALS, Snapshot, digest_of, read_snapshot
from kiosk.store.view import Rows

NOTHING = ""
"""In place of a digest: the ledger before its first snapshot, for which a journal vouches too."""


@dataclass(slots=True)
class Recovered:
    """What was found, and how."""

    tables: dict[str, Rows]
    """Every document."""
    sequence: int
    """Number of the last save in it."""
    store: str
    """Key of the ledger; empty when there was none."""
    vouched: dict[str, int]
    """Digests of whole snapshots, and the save each ends with."""
    files: dict[Path, str]
    """The snapshot files there are, and their digests."""
    base: Path | None
    """The snapshot it was built on; None when on nothing, or on what could be rescued."""
    journals: list[Scanned]
    """Oldest first."""
    mark: LedgerMark = NO_MARK
    """What the mark tells."""
    sick: list[Path] = field(default_factory=list)
    """Files that cannot be read, wholly or in part."""
    barred: OSError | None = None
    """Why one of them may not be read by this user, while others perhaps may."""
    findings: Findings = field(default_factory=Findings)
    """What a technician should know."""

    @property
    def newest(self) -> Scanned | None:
        """The journal that was written to last."""
        return next((each for each in reversed(self.journals) if each.end), None)


def bak(ledger: Path) -> Path:
    """Return where the previous snapshot is kept."""
    return ledger.with_name(ledger.name + ".bak")


def new(ledger: Path) -> Path:
    """Return where a snapshot is written before it takes its place."""
    return ledger.with_name(ledger.name + ".new")


def recover(disk: Disk, ledger: Path) -> Recovered:
    """Read everything there is of *ledger*, changing nothing.

    Raises Trouble (LEDGER_NEWER), or OSError when a file may not be read without which not all is
    proven.
    """
    names = disk.names(ledger.parent)
    found = Recovered({}, 0, "", {}, {}, None, [])
    snapshots = [path for path in (ledger, bak(ledger), new(ledger)) if path.name in names]
    read = {path: _body(disk, path, found) for path in snapshots}
    bodies = {path: body for path, body in read.items() if body is not None}
    if mark_path(ledger).name in names:
        with contextlib.suppress(OSError):  # nothing depends on it
            found.mark = read_mark(disk.read(mark_path(ledger)))
    spaces = {path: _body(disk, path, found) or b"" for path in _journals(ledger, names)}
    journals = [scanned(path, space) for path, space in spaces.items()]
    found.vouched, stores = _vouchers(ledger, journals)
    found.store = stores[-1] if stores else found.mark.store
    keys = list(dict.fromkeys([*stores, *filter(None, [found.mark.store])]))
    scans = [scanned(path, space, keys) for path, space in spaces.items()]
    found.journals = [each for each in scans if each.saves or each.path not in found.sick]
    found.files = {path: digest_of(body) for path, body in bodies.items()}
    base = _proven(ledger, bodies, found) or _unproven(ledger, bodies, found)
    found.store = base.store or found.store
    _replay(base, found)
    proven = found.base is not None and found.files[found.base] in found.vouched
    if found.barred and not (proven and (disk.only_looks or found.findings.harmless)):
        raise found.barred
    found.findings.damaged += [
        each.name for each in found.sick if each.name not in found.findings.damaged
    ]
    return found


def _body(disk: Disk, path: Path, found: Recovered) -> bytes | None:
    """Read a file; of one that the disk cannot read, what it can; None for one that is barred."""
    try:
        return disk.read(path)
    except OSError as error:
        found.sick.append(path)
        if disk.is_sick(error):
            return disk.salvage(path)
        found.barred = found.barred or error
        return None


def _journals(ledger: Path, names: Iterable[str]) -> list[Path]:
    """List the journals, oldest first."""
    numbered = [
        (generation, ledger.with_name(name))
        for name in names
        if name.startswith(ledger.name + ".wal.")
        and (generation := generation_of(Path(name))) is not None
    ]
    return [path for _, path in sorted(numbered)]


def _vouchers(ledger: Path, journals: Iterable[Scanned]) -> tuple[dict[str, int], list[str]]:
    """Collect which snapshots are vouched for, and the keys of the ledgers journals are of."""
    vouched: dict[str, int] = {}
    stores: list[str] = []
    for voucher in (each for journal in journals for each in journal.vouchers):
        told = json.loads(voucher.body)
        if told["format"] > FORMAT:
            raise Trouble(LEDGER_NEWER, path=ledger)
        vouched |= dict(told["snapshots"])
        if told["store"] not in stores:
            stores.append(told["store"])
    return vouched, stores


def _proven(ledger: Path, bodies: Mapping[Path, bytes], found: Recovered) -> Snapshot | None:
    """Return the newest snapshot a journal vouches for."""
    known = [path for path in bodies if found.files[path] in found.vouched]
    known.sort(key=lambda each: found.vouched[found.files[each]], reverse=True)
    readable = ((path, _read(ledger, bodies[path])) for path in known)
    path, snapshot = next(((path, read) for path, read in readable if read), (None, None))
    if snapshot:
        found.base = path
        snapshot.sequence = found.vouched[snapshot.digest]
        snapshot.store = snapshot.store or found.store
        return snapshot
    if NOTHING in found.vouched and (not bodies or _complete(found)):
        return Snapshot(NOTHING, store=found.store)
    return None


def _complete(found: Recovered) -> bool:
    """Tell whether the journals go back to the very first save."""
    return any(save.previous == 0 for journal in found.journals for save in journal.saves)


def _unproven(ledger: Path, bodies: Mapping[Path, bytes], found: Recovered) -> Snapshot:
    """Return the best there is without proof: a whole file, else all lines that can be read."""
    together = Snapshot(NOTHING, store=found.store)
    for path in (bak(ledger), ledger):
        if path not in bodies:
            continue
        snapshot = _read(ledger, bodies[path])
        if snapshot and path == ledger:
            found.findings.unproven = bool(found.vouched) or snapshot.version >= WITH_JOURNALS
            found.base = None if found.vouched else path
            return snapshot
        found.findings.unproven = True
        if not snapshot:
            found.findings.damaged.append(path.name)
            snapshot = rescued(bodies[path])
            snapshot.sequence = max(found.vouched.values(), default=0)
            found.findings.documents_lost = snapshot.missing
        together.store = snapshot.store or together.store
        together.sequence = max(together.sequence, snapshot.sequence)
        for name, rows in snapshot.tables.items():
            for number, row in rows.items():
                together.tables.setdefault(name, Rows()).put(number, row)
    if found.vouched and not bodies:
        found.findings.unproven = True
    return together


def _read(ledger: Path, body: bytes) -> Snapshot | None:
    try:
        snapshot = read_snapshot(body)
    except (ValueError, RecursionError):
        return None
    if snapshot.version > FORMAT:
        raise Trouble(LEDGER_NEWER, path=ledger)
    return snapshot


def _replay(base: Snapshot, found: Recovered) -> None:
    """Put every later save on top of *base*, and note what is missing or spoilt."""
    findings = found.findings
    saves = saves_of(found.store, found.journals)
    told = confirmed(found.store, found.journals)
    marked = found.mark.sequence if found.mark.store == found.store else 0
    since = 0 if findings.unproven else base.sequence
    later = [save for number, save in saves.items() if number > since]
    found.tables = base.tables
    for save in later:
        apply(found.tables, json.loads(save.body))
    reached = max([base.sequence, *saves])
    found.sequence = max(reached, told, marked)
    findings.replayed = len(later)
    after_base = [save for save in later if save.sequence > base.sequence]
    findings.lost = missing_numbers(base.sequence, after_base, max(told, marked))
    findings.unfinished = unfinished(found.newest)
    findings.damaged += spoilt_journals(found.journals)
    findings.damaged += _unvouched(found)
    findings.missing = missing_journals(found.journals, found.newest)
    if marked > reached:
        findings.missing.append(f"journal {found.mark.generation}")


def _unvouched(found: Recovered) -> list[str]:
    """Return the names of snapshots that are not what was written, where that can be known."""
    return [
        path.name
        for path, digest in found.files.items()
        if found.vouched
        and digest not in found.vouched
        and not path.name.endswith(".new")
        and path.name not in found.findings.damaged
    ]


def documents(tables: Mapping[str, Any]) -> int:
    """Count the documents of all tables."""
    return sum(map(len, tables.values()))
