"""Inspection: what recovery would find, with nothing changed."""

from pathlib import Path

from kiosk.problems import cannot_read
from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.ledger import Ledger
from kiosk.store.looking import Looking
from kiosk.store.recovery import documents, recover


def is_there(ledger: Path, disk: Disk | None = None) -> bool:
    """Tell whether any file of *ledger* is there, or of what was set aside. Raises OSError."""
    names = (disk or Disk()).names(ledger.parent)
    lock = ledger.name + ".lock"
    return any(name.startswith(ledger.name) and name != lock for name in names)


def inspected(ledger: Path, disk: Disk | None = None) -> tuple[Findings, int]:
    """Return what is wrong with *ledger*'s files, and how many documents can be read.

    Works on a disk that cannot be written, and beside the app. Raises Trouble: LEDGER_NEWER,
    CANNOT_READ.
    """
    try:
        found = recover(disk or Looking(ledger), ledger)
    except OSError as error:
        raise cannot_read(ledger, error) from error
    return found.findings, documents(found.tables)


def looked_at(ledger: Path) -> Ledger:
    """Open *ledger* as its files are now, repaired only in memory; whatever holds it goes on.

    Raises Trouble: LEDGER_NEWER, CANNOT_READ.
    """
    try:
        return Ledger(ledger, Looking(ledger))
    except OSError as error:
        raise cannot_read(ledger, error) from error
