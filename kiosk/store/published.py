"""The content central published last, kept beside the ledger and valid until replaced."""

from datetime import UTC, datetime
from pathlib import Path

from kiosk import places, wire
from kiosk.domain.content import Branch, Content
from kiosk.store.durable import write_durably


class Published:
    """What the screens show of programme, tasks and hours."""

    def __init__(self, home: Path, branch: str, branch_name: str) -> None:
        """Read the kept content of *home*; until there is any, only the branch's name is known.

        What was kept for another branch, before the kiosk moved, is not shown.
        """
        self._path = places.content(home)
        kept = self._kept()
        nothing_yet = Content(Branch(branch, branch_name), datetime.fromtimestamp(0, UTC))
        self.current = kept if kept and kept.branch.key == branch else nothing_yet
        """The content shown now; replaced as a whole."""

    def replace(self, body: bytes) -> None:
        """Show and keep *body*, content as central sent it.

        Raises wire.Unreadable, or Trouble (CANNOT_WRITE); the old content then stays.
        """
        content = wire.decode_content(body)
        write_durably(self._path, body)
        self.current = content

    def _kept(self) -> Content | None:
        try:
            return wire.decode_content(self._path.read_bytes())
        except (OSError, wire.Unreadable):
            return None
