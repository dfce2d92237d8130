"""Names that machines and technicians give: one line, of a length that fits."""

from kiosk.domain.text import clean_line

LONGEST = 80


def plain(name: str, longest: int = LONGEST) -> str:
    """Return *name* as one clean line, cut to what fits."""
    return clean_line(name)[:longest]
