"""A scan: signs that come faster than any hand types, from a scanner that is a keyboard."""

NEXT_S = 0.05
"""Scanners send a sign every 1 to 30 ms; nobody types eight in a row with less than 60 between."""
FEWEST = 8
"""Signs of a scan; a receipt's code has twelve."""


class Scan:
    """Gathers what comes fast; knows it as a scan once it is long enough."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.at = float("-inf")
        """When the last sign came."""
        self.text = ""
        """What has come fast so far."""

    def take(self, sign: str, at: float) -> bool:
        """Take a *sign*; tell whether it belongs to a scan."""
        soon = at - self.at <= NEXT_S
        self.text = self.text + sign if soon else sign
        self.at = at
        return self.is_one

    @property
    def is_one(self) -> bool:
        """Whether what has come is a scan; a key that is held down is none."""
        return len(self.text) >= FEWEST and len(set(self.text)) > 1

    def end(self) -> str:
        """Return the scan, or nothing where it is none, and begin anew."""
        text, self.text = (self.text if self.is_one else ""), ""
        return text
