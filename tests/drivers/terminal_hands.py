"""Hands at a real terminal: they know a button only by what stands on it, and where."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from screens.hand import NEAR
from tests.drivers.terminal import A_MOMENT_S, Terminal

_ASKED = slice(3, 8)
"""Lines of a form in which its question stands."""
MOST_STEPS = 90
"""So often Tab is pressed before a button counts as out of reach."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label stands."""

    column: int
    """Of its first letter, counted from 0."""
    row: int
    """Counted from 0."""
    number: str
    """What stands before it, to be typed; empty without."""
    chosen: bool
    """Whether the mark of what is chosen stands behind it."""


@dataclass
class TabHand:
    """Tab and Enter, and letters where one writes; follows the terminal's cursor."""

    screen: Terminal
    """What it stands at."""
    more: str = ""
    """What stands on the button of a shelf that shows more."""
    words: str = "Härligt"
    """What it writes where words are asked for."""
    address: str = "siri@example.org"
    """What it writes where an address is asked for."""
    name: str = field(default="tab", init=False)
    _hit: tuple[str, float] = field(default=("", float("-inf")), init=False)

    def press(self, *labels: str, number: int = 0) -> None:
        """Press the button on which one of *labels* stands; *number* is typed if it is not seen."""
        del number
        for _ in range(MOST_STEPS):
            if self._is_at(labels):
                self.hits("\r")
                return
            self.hits("\t")
        raise AssertionError(f"Tab does not reach {labels} on\n{self.screen.text}")

    def hits(self, key: str) -> None:
        """Hit a key; not so soon after the same that it would be one hit."""
        last, at = self._hit
        if key == last and key != "\t":
            self.screen.reads_for(at + A_MOMENT_S - time.monotonic())
        self._hit = key, time.monotonic()
        self.screen.types(key)
        self.screen.rests()

    def agrees(self, label: str) -> None:
        """Say yes to what both sides expect."""
        self.chooses(label)

    def chooses(self, label: str, number: int = 0) -> None:
        """Press what can be chosen, and wait for the mark that says so."""
        self.press(label, number=number)
        self.screen.wait_until(lambda: any(each.chosen for each in spots(self.screen, label)))

    def write(self, text: str) -> None:
        """Write where one is."""
        self.screen.types(text)
        self.screen.rests()

    def goes_on(self, *labels: str) -> None:
        """Press the way on, whichever of *labels* stands on it now."""
        self.press(*labels)

    def spots(self, labels: Sequence[str]) -> list[Spot]:
        """Find the one of *labels* that stands lowest on the screen."""
        found = [there for each in labels if (there := spots(self.screen, each))]
        return max(found, key=lambda there: there[-1].row, default=[])

    def _is_at(self, labels: Sequence[str]) -> bool:
        return any(self._has_focus(each) for each in self.spots(labels))

    def _has_focus(self, spot: Spot) -> bool:
        """Tell whether nothing but room and a number lies between the cursor and the label."""
        column, row = self.screen.cursor
        between = self.screen.lines[spot.row][column : spot.column]
        here = column <= spot.column and 0 <= spot.row - row <= 2
        return here and re.fullmatch(r"[\s●]*(\d{1,2}\s{1,2})?", between) is not None


@dataclass
class PadHand(TabHand):
    """Ten digits and Enter."""

    words: str = "0701234567"
    address: str = "0701234567"
    name: str = field(default="digits", init=False)

    def press(self, *labels: str, number: int = 0) -> None:
        """Type the number before the label, or *number* where the label is out of sight."""
        worn = [each.number for each in self.spots(labels) if each.number]
        assert worn or number, f"no number stands before {labels} on\n{self.screen.text}"
        self.hits(worn[-1] if worn else str(number))

    def agrees(self, label: str) -> None:
        """Press Enter, which leads to the yes, and Enter again: every digit writes there."""
        for _ in range(2):
            self.hits("\r")
        self.screen.wait_until(lambda: any(each.chosen for each in spots(self.screen, label)))

    def goes_on(self, *labels: str) -> None:
        """Type 0; where digits are written, press Enter until it leads on."""
        if any(each.number for each in self.spots(labels)):
            self.press(*labels)
            return
        before = self.screen.lines[_ASKED]
        for _ in range(4):
            if self.screen.lines[_ASKED] == before:
                self.hits("\r")


@dataclass
class Finger(TabHand):
    """Touches, and the keyboard on the screen."""

    words: str = "åkt"
    address: str = "a@gmail.com"
    name: str = field(default="touch", init=False)
    _touched: tuple[int, int] = field(default=(0, 0), init=False)

    def press(self, *labels: str, number: int = 0) -> None:
        """Touch it, turning the shelf it lies on until it is there."""
        del number
        for _ in range(12):
            if there := self.spots(labels):
                self._press(there[-1])
                return
            below = spots(self.screen, self.more)
            assert below, f"no finger reaches {labels} on\n{self.screen.text}"
            self._press(below[-1])
        raise AssertionError(f"no finger reaches {labels} on\n{self.screen.text}")

    def write(self, text: str) -> None:
        """Touch the keys of the keyboard; in a sentence no sign has so much room around it.

        Not so soon where the keyboard was opened that it would be a double tap.
        """
        self.screen.reads_for(A_MOMENT_S)
        for sign in ("a", "@gmail.com") if text == self.address else text:
            there = [
                (row, found.start() + len(sign) // 2)
                for row, line in enumerate(self.screen.lines)
                for found in re.finditer(rf"(?<=\s\s){re.escape(sign)}(?=\s\s)", line)
            ]
            assert there, f"no key {sign!r} on\n{self.screen.text}"
            row, column = there[-1]
            self._touch(column, row)

    def _press(self, spot: Spot) -> None:
        """Touch a button; not so soon again near one place that it would be a double tap."""
        column, row = self._touched
        if abs(spot.column - column) <= NEAR.x and abs(spot.row - row) <= NEAR.y:
            self.screen.reads_for(A_MOMENT_S)
        self._touch(spot.column, spot.row)

    def _touch(self, column: int, row: int) -> None:
        self._touched = column, row
        self.screen.touches_cell(column + 1, row + 1)
        self.screen.rests()


HANDS: dict[str, type[TabHand]] = {"tab": TabHand, "digits": PadHand, "touch": Finger}


def spots(screen: Terminal, label: str) -> list[Spot]:
    """Find where *label* stands, those with a number before it if any have one, else all.

    Of a label that is broken into lines, as many words count as stand on the first of them.
    """
    words = label.split()
    for many in range(len(words), 0, -1):
        told = r"\s+".join(re.escape(each) for each in words[:many])
        wanted = re.compile(rf"(?<![^\s│])(?:(\d{{1,2}}) {{1,2}})?({told})(?![\w])")
        found = [
            Spot(each.start(2), row, each.group(1) or "", line[each.end(2) :].startswith(" ●"))
            for row, line in enumerate(screen.lines)
            for each in wanted.finditer(line)
        ]
        if found:
            return [each for each in found if each.number] or found
    return []
