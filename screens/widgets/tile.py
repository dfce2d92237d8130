"""A tile: a big button with a number, a label and a smaller note, that can be chosen."""

from __future__ import annotations

import textwrap

from textual.content import Content
from textual.reactive import reactive

from screens.widgets.big_button import BigButton

CHOSEN_MARK = "●"


class Tile(BigButton):
    """One thing to pick; its digit picks it too."""

    chosen: reactive[bool] = reactive(False)  # noqa: FBT003 - a reactive's first value

    def __init__(
        self,
        label: str,
        *,
        value: str = "",
        number: int = 0,
        note: str = "",
        chosen: bool = False,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str = "",
        after_s: float = 0,
    ) -> None:
        """Take what stands on it; *number* 0 shows none, *value* is what it stands for."""
        super().__init__(label, id=id, classes=classes, after_s=after_s)
        self.value = value
        """What picking it means."""
        self.number = number
        """The digit that picks it."""
        self.note = note
        """The smaller line."""
        self.set_reactive(Tile.chosen, chosen)
        self.set_class(chosen, "-chosen")

    def render(self) -> Content:
        """Draw mark, number, label and note, cut to the lines there are."""
        width, height = self.content_size
        badge = f"{self.number:>2} " if self.number else ""
        mark = f" {CHOSEN_MARK}" if self.chosen else ""
        indent = " " * (len(badge) + 1 if badge else 0)
        room = max(4, width - len(indent) - len(mark))
        label = textwrap.wrap(self.label, room) or [""]
        lines = [(each, self.emphasis) for each in label]
        note = textwrap.wrap(self.note, room)
        if len(lines) + len(note) > height:
            note = _cut(note, height - len(lines), room)
        lines += [(each, "") for each in note]
        lines = lines[: max(1, height)]
        parts: list[Content | str] = []
        for place, (text, style) in enumerate(lines):
            start = f"{badge} " if badge and place == 0 else indent
            end = mark if place == 0 else ""
            parts.append(
                Content.assemble((start, self.emphasis), (text, style), (end, self.emphasis))
            )
        return Content("\n").join(parts)

    def watch_chosen(self, chosen: bool) -> None:  # noqa: FBT001 - Textual calls it so
        """Show the state by colour, and by the mark that `render` draws."""
        self.set_class(chosen, "-chosen")


class Chip(Tile):
    """A small tile in a row of filters; underlined when chosen."""

    def render(self) -> Content:
        """Draw the label alone."""
        return Content.assemble(
            (self.label, f"{self.emphasis} underline" if self.chosen else self.emphasis)
        )


def _cut(lines: list[str], many: int, room: int) -> list[str]:
    """Keep *many* lines, the last one ending in dots behind the words that have *room*."""
    if many <= 0:
        return []
    kept = lines[:many]
    if len(lines) > many:
        if len(kept[-1]) >= room:
            kept[-1] = kept[-1].rpartition(" ")[0] or kept[-1][: room - 1]
        kept[-1] = f"{kept[-1].rstrip(' .,')}…"
    return kept
