"""Inspection: what recovery would find, with nothing changed."""

from pathlib import Path

from kiosk.problems import cannot_read
from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.recovery import documents, recover


def is_there(ledger: Path, disk: Disk | None = None) -> bool:
    """Tell whether any file of *ledger* is there, or of what was set aside. Raises OSError."""
    names = (disk or Disk()).names(ledger.parent)
    lock = ledger.name + ".lock"
    return any(name.startswith(ledger.name) and name != lock for name in names)


def inspected(ledger: Path, disk: Disk | None = None) -> tuple[Findings, int]:
    """Return what is wrong with *ledger*'s files, and how many documents can be read.

    Raises Trouble: LEDGER_HELD while another program may write, LEDGER_NEWER, CANNOT_READ.
    """
    disk = disk or Disk()
    try:
        holder = disk.hold(ledger)
        try:
            found = recover(disk, ledger)
        finally:
            holder.release()
    except OSError as error:
        raise cannot_read(ledger, error) from error
    return found.findings, documents(found.tables)
