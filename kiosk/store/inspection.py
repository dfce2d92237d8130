"""Inspection: what recovery would find, with nothing changed."""

from pathlib import Path

from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.disk import Disk
from kiosk.store.findings import Findings
from kiosk.store.recovery import documents, recover


def inspected(ledger: Path, disk: Disk | None = None) -> tuple[Findings, int]:
    """Return what is wrong with *ledger*'s files, and how many documents can be read.

    Raises Trouble: LEDGER_HELD while another program may write, LEDGER_NEWER, CANNOT_WRITE.
    """
    disk = disk or Disk()
    try:
        holder = disk.hold(ledger)
        try:
            found = recover(disk, ledger)
        finally:
            holder.release()
    except OSError as error:
        raise Trouble(CANNOT_WRITE, path=ledger, why=error.strerror or error) from error
    return found.findings, documents(found.tables)
