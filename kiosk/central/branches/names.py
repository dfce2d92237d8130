"""Names that machines and technicians give: one line, of a length that fits."""

import unicodedata

LONGEST = 80
_NOT_IN_A_LINE = {"Zl", "Zp"}


def plain(name: str, longest: int = LONGEST) -> str:
    """Drop control characters and line ends from *name*, and cut it to what fits."""
    shown = (
        sign
        for sign in name
        if (kind := unicodedata.category(sign)) not in _NOT_IN_A_LINE and kind[0] != "C"
    )
    return "".join(shown)[:longest]
