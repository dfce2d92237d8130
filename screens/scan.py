"""A scan: signs that come faster than any hand types, from a scanner that is a keyboard."""

from textual import events

NEXT_S = 0.05
"""Scanners send a sign every 1 to 30 ms; nobody types eight in a row with less than 60 between."""
FEWEST = 8
"""Signs of a scan; a receipt's code has twelve."""
LONGEST = 200
"""Signs that are kept back for one: the whole address of a receipt has fewer."""


class Scan:
    """Gathers what comes fast; knows it as a scan once it is long enough."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.at = float("-inf")
        """When the last sign came."""
        self.text = ""
        """What has come fast so far."""
        self.kept: list[events.Key] = []
        """The keys of it that nobody has heard yet."""
        self._let_go: list[events.Key] = []

    def goes_on(self, at: float) -> bool:
        """Tell whether a sign that comes now belongs to what has come so far."""
        return at - self.at <= NEXT_S

    def take(self, sign: str, at: float) -> bool:
        """Take a *sign*; tell whether it belongs to a scan."""
        self.text = self.text + sign if self.goes_on(at) else sign
        self.at = at
        return self.is_one

    def keep(self, event: events.Key) -> bool:
        """Keep back a key that was just taken; False where it can be no scan, which is let go."""
        self.kept.append(event)
        return len(self.text) < FEWEST or (self.is_one and len(self.text) <= LONGEST)

    def let_go(self) -> list[events.Key]:
        """Return what was kept back: it was typed, and is kept back no more."""
        kept, self.kept, self.text = self.kept, [], ""
        self._let_go += kept
        return kept

    def was_kept(self, event: events.Key) -> bool:
        """Tell whether a key is one that was kept back and let go; ask once for each."""
        if not any(event is each for each in self._let_go):
            return False
        self._let_go = [each for each in self._let_go if each is not event]
        return True

    @property
    def is_one(self) -> bool:
        """Whether what has come is a scan; a key that is held down is none."""
        return len(self.text) >= FEWEST and len(set(self.text)) > 1

    def end(self) -> str:
        """Return the scan, or nothing where it is none, and begin anew."""
        text, self.text = (self.text if self.is_one else ""), ""
        self.kept = []
        return text
