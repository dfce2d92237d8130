"""A placard: one turn of the resting screen, cut to the room there is; touching it leads on."""

import textwrap

from textual.content import Content

from screens.turns import Slide
from screens.widgets.big_button import BigButton

Line = tuple[str, str]
"""The small part and the main part of one line as it is drawn."""
_GAP = "   "
_MORE = "…"


class Placard(BigButton):
    """Draws a turn only when it changes, so that a screen at rest costs next to nothing."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own word
        """Begin empty."""
        super().__init__("", id=id)
        self.turn: Slide | None = None
        """What is shown."""
        self._written = ("", False)

    def show(self, turn: Slide | None) -> None:
        """Show *turn*, or nothing."""
        self.display = turn is not None
        if turn != self.turn:
            self.turn = turn
            self._write()

    def on_resize(self) -> None:
        """Cut it anew to the room there is."""
        self._write()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual calls it so
        """Draw it without its colours where the focus has one of its own."""
        super().watch_has_focus(has_focus)
        self._write()

    def _write(self) -> None:
        width, height = self.content_size
        drawn = _drawn(self.turn, width, height) if self.turn and width and height else []
        content = self._styled(drawn)
        written = content.plain, self.has_focus
        if written != self._written:
            self.label, self._written = content.plain, written
            self.update(content)

    def _styled(self, lines: list[Line]) -> Content:
        heading, less = ("bold", "") if self.has_focus else ("bold $accent", "$muted")
        parts = [
            Content.assemble((small, less if place else heading), (main, self.emphasis))
            for place, (small, main) in enumerate(lines)
        ]
        return Content("\n").join(parts)


def _drawn(turn: Slide, width: int, height: int) -> list[Line]:
    """Break a turn into at most *height* lines of *width*; dots stand for what has no room."""
    room = height - 1
    if turn.aligned:
        column = max(len(small) for small, _main in turn.lines)
        left = width - column - len(_GAP)
        rows = [(small.ljust(column) + _GAP, _cut(main, left)) for small, main in turn.lines]
        return [(turn.heading, ""), *rows[:room]]
    paragraphs = [
        [(each, "") if small else ("", each) for each in textwrap.wrap(small or main, width)]
        for small, main in turn.lines
        if small or main
    ][: max(1, room)]
    _shorten(paragraphs, room, width)
    parted = sum(map(len, paragraphs)) + len(paragraphs) <= room
    rows = [line for each in paragraphs for line in ([("", "")] * parted + each)]
    return [(turn.heading, ""), *rows[:room]]


def _shorten(paragraphs: list[list[Line]], room: int, width: int) -> None:
    """Take lines from the longest paragraphs until all have *room*; each keeps at least one."""
    while sum(map(len, paragraphs)) > room and (longest := max(paragraphs, key=len))[1:]:
        longest.pop()
        small, main = longest.pop()
        longest.append((small and _cut(small + _MORE, width), main and _cut(main + _MORE, width)))


def _cut(text: str, width: int) -> str:
    """Keep the whole words that fit before the dots."""
    if len(text) <= width:
        return text
    kept = text[: max(0, width - len(_MORE))]
    return (kept.rpartition(" ")[0] or kept).rstrip(" .,…") + _MORE
