"""The on-screen keyboard: everything a visitor may write, with a finger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from kiosk.domain.receipt import ALPHABET

SHIFT, BACKSPACE, ENTER, SPACE, HIDE = "shift", "backspace", "enter", "space", "hide"
_SIGNS = {SHIFT: "▲", BACKSPACE: "←", ENTER: "↵", SPACE: " "}

_NORDIC = {
    "sv": ("å", "öä", "æø"),
    "fi": ("å", "öä", "æø"),
    "en": ("å", "öä", "æø"),
    "da": ("å", "æø", "äö"),
    "nb": ("å", "øæ", "äö"),
}
"""After P, after L, and in the last row, as on each country's own keyboard."""

_ENDINGS = {"sv": ".se", "da": ".dk", "nb": ".no", "fi": ".fi"}

HOLD_AFTER_S = 0.5
"""How long a finger rests on the key that deletes before it goes on deleting."""
REPEAT_S = 0.08
MOST_REPEATS = 250
"""The longest a finger is believed to rest: some panels forget to tell that it was lifted."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the keyboard."""

    sign: str
    """The character it types, or one of the named keys."""
    weight: int = 1
    """Its width, in widths of a letter."""

    @property
    def types(self) -> bool:
        """Whether it types what it shows: a character, or a usual part of an address."""
        return len(self.sign) == 1 or self.sign[0] in "@."


Rows = tuple[tuple[Key, ...], ...]


def letters(language: str) -> Rows:
    """Lay out the letters of *language*: five rows, eleven letters wide."""
    top, middle, rest = _NORDIC.get(language, _NORDIC["sv"])
    plain = ["1234567890", "qwertyuiop" + top, "asdfghjkl" + middle]
    rows = [tuple(Key(sign) for sign in row) for row in plain]
    rows[0] += (Key(BACKSPACE),)
    rows.append((Key(SHIFT), *(Key(sign) for sign in "zxcvbnm,.?")))
    last = (Key(HIDE, 3), *(Key(sign) for sign in "@-_" + rest), Key(SPACE, 2), Key(ENTER))
    return (*rows, last)


def addresses(language: str) -> Rows:
    """Lay out what an address of e-mail is made of, her own country's ending first."""
    endings = sorted((".se", ".dk", ".no", ".fi"), key=lambda each: each != _ENDINGS.get(language))
    plain = ["1234567890", "qwertyuiop@", "asdfghjkl-_", "zxcvbnm.+"]
    rows = [tuple(Key(sign) for sign in row) for row in plain]
    rows[0] += (Key(BACKSPACE),)
    rows[3] += (Key(".com", 2),)
    last = (Key(HIDE, 3), Key("@gmail.com", 3), *(Key(each) for each in endings), Key(ENTER))
    return (*rows, last)


def code_signs() -> Rows:
    """Lay out the signs of a receipt code: four rows of eight, and one to mend."""
    rows = [tuple(Key(sign) for sign in ALPHABET[start : start + 8]) for start in range(0, 32, 8)]
    return (*rows, (Key(BACKSPACE, 4), Key(ENTER, 4)))


class Keyboard(Widget, can_focus=False):
    """Types into whatever has the focus; itself it never takes it."""

    FOCUS_ON_CLICK = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "keyboard--key",
        "keyboard--named",
        "keyboard--pressed",
        "keyboard--gap",
    }

    shifted: reactive[bool] = reactive(False)  # noqa: FBT003 - a reactive's first value
    pressed: reactive[tuple[int, int] | None] = reactive(None)

    class Hidden(Message):
        """The visitor wants the keyboard out of the way."""

    class Typing(Message):
        """A key is about to type: whoever owns the text field gives it the focus."""

    def __init__(self, rows: Rows, names: dict[str, str]) -> None:
        """Take the keys, and what stands on the named ones in the visitor's language."""
        super().__init__(id="keyboard")
        self._rows = rows
        self._names = {**_SIGNS, **names}
        self._release: Timer | None = None
        self._held: Timer | None = None

    def render_line(self, y: int) -> Strip:
        """Draw one line of cells: keys side by side, one column between them."""
        row_height = self._row_height
        row, line = divmod(y, row_height)
        width = self.size.width
        gap = self.get_component_rich_style("keyboard--gap")
        if row >= len(self._rows):
            return Strip([Segment(" " * width, gap)], width)
        segments: list[Segment] = []
        used = 0
        label_line = (row_height - 1) // 2
        for place, (start, end) in enumerate(self._spans(row)):
            segments.append(Segment(" " * (start - used), gap))
            label = self._label(self._rows[row][place]) if line == label_line else ""
            style = self._style((row, place), last_line=line == row_height - 1)
            segments.append(Segment(label[: end - start].center(end - start), style))
            used = end
        segments.append(Segment(" " * (width - used), gap))
        return Strip(segments, width)

    def lay_out(self, rows: Rows) -> None:
        """Change the keys."""
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def name_key(self, sign: str, name: str) -> None:
        """Write *name* on one of the named keys."""
        if self._names.get(sign) != name:
            self._names[sign] = name
            self.refresh()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Type at once, so that fast fingers lose nothing."""
        event.stop()
        found = self._key_at(event.x, event.y)
        if found is None:
            return
        self.pressed = found
        if self._release is not None:
            self._release.stop()
        self._release = self.set_timer(0.15, self._let_go)
        key = self._rows[found[0]][found[1]]
        self._type(key)
        if key.sign == BACKSPACE:
            self._hold(key)

    def on_mouse_up(self) -> None:
        """Stop deleting."""
        self._lift()

    def on_hide(self) -> None:
        """Stop deleting: what is out of sight has no finger on it."""
        self._lift()

    def _hold(self, key: Key) -> None:
        """Go on deleting for as long as the finger rests, wherever it slides."""
        self._lift()
        self.capture_mouse()
        self._held = self.set_timer(HOLD_AFTER_S, lambda: self._repeat(key))

    def _repeat(self, key: Key) -> None:
        self._held = self.set_interval(REPEAT_S, lambda: self._type(key), repeat=MOST_REPEATS)

    def _lift(self) -> None:
        self.release_mouse()
        if self._held is not None:
            self._held.stop()
            self._held = None

    def _type(self, key: Key) -> None:
        if key.sign == SHIFT:
            self.shifted = not self.shifted
            return
        if key.sign == HIDE:
            self.post_message(self.Hidden())
            return
        self.post_message(self.Typing())
        if key.types:
            for character in self._label(key):
                self.call_later(self.app.post_message, events.Key(character, character))
            self.shifted = False
            return
        sent = {SPACE: " ", ENTER: "\r"}.get(key.sign)
        self.call_later(self.app.post_message, events.Key(key.sign, sent))

    def _let_go(self) -> None:
        self.pressed = None

    @property
    def _row_height(self) -> int:
        return max(1, self.size.height // len(self._rows))

    def _spans(self, row: int) -> list[tuple[int, int]]:
        """Return where each key of *row* starts and ends, in columns."""
        keys = self._rows[row]
        weight = sum(key.weight for key in keys)
        unit = (self.size.width + 1) / weight
        spans, passed = [], 0
        for key in keys:
            start = round(passed * unit)
            passed += key.weight
            spans.append((start, round(passed * unit) - 1))
        return spans

    def _key_at(self, x: int, y: int) -> tuple[int, int] | None:
        row = y // self._row_height
        if row >= len(self._rows):
            return None
        for place, (start, end) in enumerate(self._spans(row)):
            if start <= x <= end:
                return row, place
        return None

    def _label(self, key: Key) -> str:
        if not key.types:
            return self._names.get(key.sign, key.sign)
        return key.sign.upper() if self.shifted and len(key.sign) == 1 else key.sign

    def _style(self, where: tuple[int, int], *, last_line: bool) -> Style:
        key = self._rows[where[0]][where[1]]
        if where == self.pressed or (key.sign == SHIFT and self.shifted):
            name = "keyboard--pressed"
        else:
            name = "keyboard--key" if key.types else "keyboard--named"
        style = self.get_component_rich_style(name)
        return style + Style(underline=True) if last_line and self._row_height > 1 else style
