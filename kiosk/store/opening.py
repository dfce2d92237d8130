"""Opening: recovery, the damaged set aside, and the ledger ready to go on."""

import contextlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.log import Log
from kiosk.store.recovery import NOTHING, Recovered, bak, new, recover
from kiosk.store.view import Rows

Files = dict[Path, tuple[str, int]]
"""The whole snapshots there are, the file's digest and the save it ends with."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger ready to go on."""

    tables: dict[str, Rows]
    log: Log
    files: Files
    findings: Findings
    clean: bool
    """Whether everything is in the snapshot, and nothing but whole files is there."""


def quarantine(ledger: Path) -> Path:
    """Return the folder in which damaged parts are kept."""
    return ledger.with_name(ledger.name + ".quarantine")


def opened(disk: Disk, ledger: Path, journal_bytes: int) -> Opened:
    """Recover *ledger* and set aside what is damaged.

    Raises Trouble (LEDGER_NEWER), or OSError when a file can be neither read nor set aside.
    """
    found = recover(disk, ledger)
    clean = _clean(found, ledger)
    log = Log(disk, ledger, found.store or secrets.token_hex(16), journal_bytes)
    _set_aside(disk, ledger, found)
    files = _files(disk, ledger, found)
    log.vouched = dict(files.values()) or {NOTHING: 0}
    log.go_on(found.journals, found.sequence, torn=not clean)
    return Opened(found.tables, log, files, found.findings, clean)


def _clean(found: Recovered, ledger: Path) -> bool:
    findings = found.findings
    return (
        found.base == ledger
        and found.files[ledger] in found.vouched
        and new(ledger) not in found.files
        and findings.harmless
        and not findings.replayed
        and not findings.unfinished
    )


def _set_aside(disk: Disk, ledger: Path, found: Recovered) -> None:
    """Move damaged snapshots to quarantine, and copy there what damaged journals hold."""
    if not found.findings.damaged:
        return
    folder = quarantine(ledger)
    disk.make_folder(folder)
    lost = "lost-" if found.findings.loses else ""
    for name in found.findings.damaged:
        path = ledger.with_name(name)
        kept = folder / f"{lost}{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{name}"
        if path in found.files:
            disk.rename(path, kept)
            del found.files[path]
        else:
            with contextlib.suppress(OSError):  # on a full disk the saves come first
                _copy(disk, path, kept)
        found.findings.kept = kept


def _copy(disk: Disk, path: Path, kept: Path) -> None:
    copy = disk.create(kept)
    try:
        disk.write(copy, disk.read(path).rstrip(b"\0"), 0)
        disk.flush_new(copy)
    finally:
        disk.close(copy)


def _files(disk: Disk, ledger: Path, found: Recovered) -> Files:
    """Return the snapshots that stay, after finishing what a checkpoint had begun."""
    if found.base == new(ledger):
        if ledger in found.files:
            disk.rename(ledger, bak(ledger))
            found.files[bak(ledger)] = found.files.pop(ledger)
        disk.rename(new(ledger), ledger)
        found.files[ledger] = found.files.pop(new(ledger))
        disk.flush_folder(ledger.parent)
    return {
        path: (digest, found.vouched.get(digest, found.sequence))
        for path, digest in found.files.items()
        if path != new(ledger) and (digest in found.vouched or path == found.base)
    }
