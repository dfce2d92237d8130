"""Opening: recovery, the damaged set aside, and the ledger ready to go on."""

import contextlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.journal import generation_of
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
    beyond = max([found.mark.generation, *(generation_of(each) or 0 for each in found.sick)])
    log.go_on(found.journals, found.sequence, beyond, torn=not clean)
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
    """Move damaged snapshots to quarantine, and copy there what damaged journals hold.

    Of saves that are lost with nothing left of them, a note says so there.
    """
    findings = found.findings
    lost = "lost-" if findings.loses else ""
    if not (findings.damaged or lost):
        return
    folder = quarantine(ledger)
    disk.make_folder(folder)
    stamp = f"{lost}{datetime.now(UTC):%Y%m%dT%H%M%S%f}-"
    journals = {each.path for each in found.journals}
    for path in [ledger.with_name(name) for name in findings.damaged]:
        kept = folder / (stamp + path.name)
        if path in journals:
            _keep(disk, kept, disk.salvage(path).rstrip(b"\0"))
        else:
            _move(disk, path, kept)
        found.files.pop(path, None)
        findings.kept = kept
    if not findings.damaged:
        findings.kept = folder / (stamp + "saves.txt")
        _keep(disk, findings.kept, findings.told.encode())


def _move(disk: Disk, path: Path, kept: Path) -> None:
    """Move a file; one that is too sick to be moved stays where it is."""
    try:
        disk.rename(path, kept)
    except OSError as error:
        if not disk.is_sick(error):
            raise


def _keep(disk: Disk, kept: Path, body: bytes) -> None:
    with contextlib.suppress(OSError):  # on a full disk the saves come first
        copy = disk.create(kept)
        try:
            disk.write(copy, body, 0)
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
