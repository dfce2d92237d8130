"""An eye that sees no colours, but shades: letters, lines and underlines must tell every state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from screens.app import KioskApp
from screens.home import Home
from screens.widgets.answers import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.header import Header
from screens.widgets.page import MISTAKE_MARK
from screens.widgets.status_line import (
    ALONE_MARK,
    CLOSING_MARK,
    CONNECTED_MARK,
    LOOKING_MARK,
    StatusLine,
)
from screens.widgets.tile import CHOSEN_MARK, Chip, Tile
from tests.drivers.eye import drawn, too_faint
from tests.drivers.walk import at_rest

ALIKE = 2
"""So many of a kind are looked at on a screen."""
Cell = tuple[str, bool, bool]
"""A letter, underlined or not, reversed or not; bold is left out, as sixteen colours have none."""


class Colourless:
    """Looks at one screen after another, and remembers what stood on buttons that did nothing."""

    def __init__(self, app: KioskApp, contrast: float) -> None:
        """Stand before *app*; what has the focus must have so much *contrast* as well."""
        self._app = app
        self._contrast = contrast
        self._on: defaultdict[str, set[str]] = defaultdict(set)
        self._off: defaultdict[str, set[str]] = defaultdict(set)

    async def wrong(self) -> list[str]:
        """Name all on this screen whose state nothing but a colour tells."""
        found = [each async for each in self._unfocused()]
        found += [each async for each in self._not_chosen()]
        return [*found, *self._unmarked(), *self._works_or_not()]

    async def _unfocused(self) -> AsyncIterator[str]:
        """Name what looks the same with and without the focus."""
        screen, focused = self._app.screen, self._app.focused
        screen.set_focus(None)
        await at_rest(self._app)
        without = drawn(self._app)
        for widget, region in list(self._shown(can_focus=True)):
            screen.set_focus(widget, scroll_visible=False)
            await at_rest(self._app)
            within = drawn(self._app)
            if self._cells(region, within) == self._cells(region, without):
                yield f"focus on {_name(widget)}"
            for text in too_faint(within, self._contrast):
                yield f"focus on {_name(widget)}: too faint {text}"
        screen.set_focus(focused, scroll_visible=False)
        await at_rest(self._app)

    async def _not_chosen(self) -> AsyncIterator[str]:
        """Name what looks the same whether it is chosen or not."""
        for tile, region in list(self._shown(can_focus=True)):
            around = tile.ancestors
            if isinstance(tile, Chip) or (
                isinstance(tile, Tile) and any(isinstance(each, AnswerField) for each in around)
            ):
                before = self._cells(region)
                tile.chosen = not tile.chosen
                await at_rest(self._app)
                if self._cells(region) == before:
                    yield f"chosen {_name(tile)}"
                tile.chosen = not tile.chosen
                await at_rest(self._app)

    def _unmarked(self) -> Iterator[str]:
        """Name mistakes, ways of reading and states of the connection without their mark."""
        screen = self._app.screen
        for line in screen.query(".mistake.-said").results(Static):
            if not str(line.content).startswith(MISTAKE_MARK):
                yield f"a mistake: {line.content}"
        for line in screen.query(StatusLine):
            marks = {"-closing": CLOSING_MARK, "-alone": ALONE_MARK}
            found = (mark for each, mark in marks.items() if line.has_class(each))
            mark = next(found, (CONNECTED_MARK, LOOKING_MARK))
            if not str(line.content).startswith(mark):
                yield f"the status line: {line.content}"
        for button in screen.query(Header).first().query(BigButton) if screen.query(Header) else ():
            if button.has_class("-here") != (CHOSEN_MARK in str(button.render())):
                yield f"here: {_name(button)}"

    def _works_or_not(self) -> Iterator[str]:
        """Name buttons that say the same when they do nothing as when they do something."""
        for button in self._app.screen.query(BigButton):
            kind = " ".join(sorted({*button.classes} - {"-off"}))
            (self._off if button.has_class("-off") else self._on)[kind].add(button.label)
        for kind, labels in self._off.items():
            if both := labels & self._on[kind]:
                yield f"works or not: {kind} {sorted(both)}"

    def _shown(self, *, can_focus: bool) -> Iterator[tuple[Widget, Region]]:
        """Find a few of each kind that are on the screen whole; of the header's, at home only."""
        kinds: Counter[str] = Counter()
        screen = self._app.screen
        for widget, (region, clip) in screen._compositor.visible_widgets.items():
            in_header = any(isinstance(each, Header) for each in widget.ancestors)
            if widget.can_focus != can_focus or not region.area or not clip.contains_region(region):
                continue
            if in_header and not isinstance(screen, Home):
                continue
            kind = f"{type(widget).__name__} {' '.join(sorted(widget.classes))}"
            kinds[kind] += 1
            if kinds[kind] <= ALIKE:
                yield widget, region

    def _cells(self, region: Region, strips: list[Strip] | None = None) -> list[list[Cell]]:
        """Read a part of the screen, cell by cell; *strips* are the whole, where it is drawn."""
        rows = drawn(self._app) if strips is None else strips
        return [
            [
                (letter, bool(style and style.underline), bool(style and style.reverse))
                for text, style, control in strip.crop(region.x, region.right)
                if not control
                for letter in text
            ]
            for strip in rows[region.y : region.bottom]
        ]


def _name(widget: Widget) -> str:
    label = widget.label if isinstance(widget, BigButton) else ""
    return f"{type(widget).__name__}#{widget.id or ''}({label})"
