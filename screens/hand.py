"""The hand: what was pressed last, and whether the next press is a new one or the same again."""

from collections import deque
from dataclasses import dataclass, replace

from textual.geometry import Offset, Region

SAME_S = 1.0
"""Two presses at one spot, or of one key, closer in time are one: nobody has read what the first
one opened."""
TREMBLE_S = 0.4
"""A press that follows so soon belongs to the one before, and keeps it going."""
HELD_S = 0.12
"""A key that comes again so soon is held down: keyboards repeat every 33 to 92 ms, no finger
does."""
MOMENT_S = 1.1
"""Nobody reads sooner what a button decides: it agrees, hands in, cancels, erases or leaves. No
keyboard waits so long before it repeats a key that is held: the slowest waits a second."""
LOOKED_S = 1.6
"""Who waits so long has looked, however evenly she presses: the brisk go on every two seconds."""
STEPS = 3
"""So many gaps alike make a pace; who presses once more because nothing happened makes two."""
EVEN = 1.25
"""How many times as long as the shortest the longest of them may be."""
NEAR = Offset(3, 1)
"""Columns and rows by which a fingertip misses its own place."""
FINGER = "finger"


@dataclass(frozen=True, slots=True)
class Press:
    """One press of a key, or of a finger on the screen."""

    key: str
    """Name of the key, or FINGER."""
    at: float
    """Seconds of the clock that Textual stamps messages with."""
    sign: str = ""
    """What the key writes; empty for none."""
    began: float = 0.0
    """When the same was pressed the first time in a row; never, once that has written."""
    again: bool = False
    """Whether it is no new press but the one before once more."""
    held: bool = False
    """Whether the key is held down."""
    writing: bool = False
    """Whether it is one of several signs in a row, with a letter before it: somebody writes."""
    alone: bool = True
    """Whether a moment lies before it in which nothing was touched, written or decided."""
    in_step: bool = False
    """Whether it is one of several of the same that come at an even pace."""

    @property
    def decides(self) -> bool:
        """Whether it may agree, hand in, cancel, erase or leave: the one rule for all of these.

        A press decides when a moment's pause lies before it (MOMENT_S, whatever was pressed before
        it, by key or finger), and when it is not at least the fourth of the same key or spot at one
        pace: its last three gaps alike, each shorter than LOOKED_S. So a key that is stuck or a
        finger that drums decides nothing at any pace up to a second, and up to LOOKED_S nothing
        from the fourth on. Who looks, waits and presses once decides; so does whoever
        pressed too soon, saw nothing happen for a second, and presses again.
        """
        return self.alone and not self.in_step


class Hand:
    """Remembers one press, and the place that was touched; no more than that."""

    def __init__(self) -> None:
        """Begin with nothing pressed."""
        self._last = Press("", float("-inf"))
        self._until = float("-inf")
        self._place = Region()
        self._stuck = ("", float("-inf"))
        self._decided_at = float("-inf")
        self._gaps: deque[float] = deque(maxlen=STEPS)

    def is_stuck(self, key: str, at: float) -> bool:
        """Tell whether a *key* comes as fast as only one that is held down; ask once for each."""
        (last, before), self._stuck = self._stuck, (key, at)
        return key == last and at - before <= HELD_S

    def key(self, key: str, at: float, sign: str, *, moves: bool = False) -> Press:
        """Judge a *key* that was pressed; one that only *moves* about keeps the moment."""
        last = self._last
        soon = at - last.at < SAME_S
        again = self._goes_on(last.key == key, at)
        self._last = Press(
            key,
            at,
            sign,
            began=last.began if again else at,
            again=again,
            held=again and at - last.at <= HELD_S,
            writing=soon and (last.writing or _is_letter(last.sign)),
            alone=self._is_alone(at, moves=moves),
            in_step=self._is_in_step(last.key == key, at),
        )
        return self._last

    def wrote(self) -> None:
        """Take the last sign for written: no key behind it need be one of a text gone astray.

        Nor has it led anywhere: the same once more is of the text too.
        """
        self._last = replace(self._last, sign="", writing=False, began=float("inf"))

    def touch(self, place: Offset, at: float, lying: Region) -> Press:
        """Judge a touch at *place*, on what lies in the region *lying*."""
        last = self._last
        near = last.key == FINGER and self._place.grow((NEAR.y, NEAR.x) * 2).contains_point(place)
        again = self._goes_on(near, at)
        if not again:
            self._place = lying
        self._last = Press(
            FINGER,
            at,
            began=last.began if again else at,
            again=again,
            alone=self._is_alone(at),
            in_step=self._is_in_step(near, at),
        )
        return self._last

    def _goes_on(self, same: bool, at: float) -> bool:  # noqa: FBT001 - the only thing it is told
        """Tell whether the last press goes on; a tremble keeps it going for as long as it lasts."""
        again = same and at < self._until
        if not again or at - self._last.at <= TREMBLE_S:
            self._until = at + SAME_S
        return again

    def _is_alone(self, at: float, *, moves: bool = False) -> bool:
        alone = at - self._decided_at >= MOMENT_S
        if not moves:
            self._decided_at = at
        return alone

    def _is_in_step(self, same: bool, at: float) -> bool:  # noqa: FBT001 - the only thing it is told
        """Tell whether the gaps between the last presses of the same are alike."""
        if not same:
            self._gaps.clear()
            return False
        self._gaps.append(at - self._last.at)
        longest = max(self._gaps)
        return len(self._gaps) == STEPS and longest < LOOKED_S and longest <= EVEN * min(self._gaps)


def _is_letter(sign: str) -> bool:
    return bool(sign.strip()) and not sign.isdecimal()
