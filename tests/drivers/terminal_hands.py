"""Hands at a real terminal: they know a button only by what stands on it, and where."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.drivers.terminal import Terminal

_ASKED = slice(3, 8)
"""Lines of a form in which its question stands."""
MOST_STEPS = 90
"""So often Tab is pressed before a button counts as out of reach."""


_SURE_S = 0.3
"""Cursor and labels must stay so long before they are believed."""


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
    _slowest_s: float = field(default=0.0, init=False)

    def press(self, *labels: str, number: int = 0) -> None:
        """Press the button on which one of *labels* stands; *number* is typed if it is not seen."""
        del number
        for _ in range(MOST_STEPS):
            if self._is_at(labels):
                self.screen.reads_for(max(_SURE_S, 3 * self._slowest_s))
                if self._is_at(labels):
                    self.screen.types("\r")
                    self.screen.settles()
                    return
            self._step()
        raise AssertionError(f"Tab does not reach {labels} on\n{self.screen.text}")

    def chooses(self, label: str, number: int = 0) -> None:
        """Press what can be chosen until the mark says that it is: a slow screen may move first."""
        for _ in range(4):
            self.press(label, number=number)
            for _ in range(20):
                if any(each.chosen for each in spots(self.screen, label)):
                    return
                self.screen.settles(0.2)
        raise AssertionError(f"{label!r} is not chosen on\n{self.screen.text}")

    def write(self, text: str) -> None:
        """Write where one is."""
        self.screen.types(text)
        self.screen.settles()

    def goes_on(self, *labels: str) -> None:
        """Press the way on, whichever of *labels* stands on it now."""
        self.press(*labels)

    def spots(self, labels: Sequence[str]) -> list[Spot]:
        """Find the one of *labels* that stands lowest on the screen."""
        found = [there for each in labels if (there := spots(self.screen, each))]
        return max(found, key=lambda there: there[-1].row, default=[])

    def _standing_still(self, labels: Sequence[str]) -> list[Spot]:
        """Find *labels* once they have stood where they stand for a moment."""
        there = self.spots(labels)
        while there:
            self.screen.reads_for(max(_SURE_S, 3 * self._slowest_s))
            before, there = there, self.spots(labels)
            if there == before:
                break
        return there

    def _is_at(self, labels: Sequence[str]) -> bool:
        return any(self._has_focus(each) for each in self.spots(labels))

    def _has_focus(self, spot: Spot) -> bool:
        """Tell whether nothing but room and a number lies between the cursor and the label."""
        column, row = self.screen.cursor
        between = self.screen.lines[spot.row][column : spot.column]
        here = column <= spot.column and 0 <= spot.row - row <= 2
        return here and re.fullmatch(r"[\s\d●]*", between) is not None

    def _step(self) -> None:
        """Go one further, and wait until the cursor has followed: a busy machine takes its time."""
        before, began = self.screen.cursor, time.monotonic()
        self.screen.types("\t")
        for _ in range(40):
            self.screen.settles(0.1)
            if self.screen.cursor != before:
                took_s = time.monotonic() - began
                self._slowest_s = max(took_s, 0.8 * self._slowest_s)
                return


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
        self.screen.types(worn[-1] if worn else str(number))
        self.screen.settles()

    def goes_on(self, *labels: str) -> None:
        """Type 0; where digits are written, press Enter until it leads on."""
        if any(each.number for each in self.spots(labels)):
            self.press(*labels)
            return
        before = self.screen.lines[_ASKED]
        for _ in range(4):
            if self.screen.lines[_ASKED] == before:
                self.screen.types("\r")
                self.screen.settles()


@dataclass
class Finger(TabHand):
    """Touches, and the keyboard on the screen."""

    words: str = "åkt"
    address: str = "a@gmail.com"
    name: str = field(default="touch", init=False)

    def press(self, *labels: str, number: int = 0) -> None:
        """Touch it, turning the shelf it lies on until it is there."""
        del number
        for _ in range(12):
            if there := self._standing_still(labels):
                self._touch(there[-1].column, there[-1].row)
                return
            below = spots(self.screen, self.more)
            assert below, f"no finger reaches {labels} on\n{self.screen.text}"
            self._touch(below[-1].column, below[-1].row)
        raise AssertionError(f"no finger reaches {labels} on\n{self.screen.text}")

    def write(self, text: str) -> None:
        """Touch the keys of the keyboard."""
        for sign in ("a", "@gmail.com") if text == self.address else text:
            there = [
                (row, found.start() + len(sign) // 2)
                for row, line in enumerate(self.screen.lines)
                for found in re.finditer(rf"(?<=\s){re.escape(sign)}(?=\s)", line)
            ]
            assert there, f"no key {sign!r} on\n{self.screen.text}"
            row, column = there[-1]
            self._touch(column, row)

    def _touch(self, column: int, row: int) -> None:
        known, began = len(self.screen.received), time.monotonic()
        self.screen.touches_cell(column + 1, row + 1)
        self.screen.settles(quiet_s=0.02)
        took_s = time.monotonic() - began if len(self.screen.received) > known else 0.0
        self._slowest_s = max(took_s, 0.8 * self._slowest_s)
        self.screen.settles()


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
