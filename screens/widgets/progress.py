"""The progress mark: how far one has come, in words and as a bar."""

from textual.content import Content
from textual.widgets import Static

DONE_MARK = "━"
LEFT_MARK = "─"


class Progress(Static):
    """One line: words on the left, a bar over the rest."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="progress")
        self._words = ""
        self._share = 0.0

    def show(self, words: str, done: int, whole: int) -> None:
        """Show *words* and the share *done* of *whole*."""
        share = done / whole if whole else 1.0
        if (words, share) != (self._words, self._share):
            self._words, self._share = words, share
            self.refresh()

    def render(self) -> Content:
        """Draw the words and the bar."""
        room = max(0, self.content_size.width - len(self._words) - 2)
        done = round(room * self._share)
        return Content.assemble(
            (self._words, "bold"),
            "  ",
            (DONE_MARK * done, "$accent"),
            (LEFT_MARK * (room - done), "$line"),
        )
