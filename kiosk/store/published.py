"""The content central published last, kept beside the ledger and valid until replaced."""

from datetime import UTC, datetime
from pathlib import Path

from kiosk import places, wire
from kiosk.domain.content import Branch, Content
from kiosk.problems import CONTENT_UNREADABLE, HOURS_UNKNOWN, Trouble, meaning
from kiosk.store.durable import write_durably


class PublishedContent:
    """What the screens show of programme, tasks and hours."""

    def __init__(self, home: Path, branch: str, branch_name: str) -> None:
        """Read the kept content of *home*; until there is any, only the branch's name is known.

        What was kept for another branch, before the kiosk moved, is not shown.
        """
        self.home = home
        """State folder."""
        self._path = places.content(home)
        self._why_unread = ""
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
        self.current, self._why_unread = content, ""

    def troubles(self) -> list[Trouble]:
        """List what a technician should look at."""
        if self._why_unread:
            return [Trouble(CONTENT_UNREADABLE, path=self._path, why=self._why_unread)]
        branch = self.current.branch
        if branch.calendar.known:
            return []
        return [Trouble(HOURS_UNKNOWN, branch=branch.name, why=self._why_no_hours())]

    def _why_no_hours(self) -> str:
        if self.current.version:
            return "nobody has entered them at central; do it there, under Administration, Branches"
        return "nothing of central's has come yet; run: kiosk sync, or bring it on a stick"

    def _kept(self) -> Content | None:
        try:
            return wire.decode_content(self._path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, wire.Unreadable) as error:
            self._why_unread = meaning(error) if isinstance(error, OSError) else str(error)
            return None
