"""The QR code of a receipt; the only file that knows the qrcode library."""

import re
from functools import lru_cache

from textual.widgets import Static

from screens.widgets.pixels import double_width, half_height

_ADDRESS = re.compile(r"(\w+://[^/]+/?)(.*?)([0-9A-Z]*)")
INK = "#000000"
PAPER = "#ffffff"
QUIET = 2
"""Modules of light border: the least that every reader tried could do with on a dark screen."""


class QrCode(Static):
    """Dark on light in every theme; grows to double size where there is room."""

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own word
        """Take what a phone shall read: the address of a receipt, or its bare code."""
        super().__init__(id=id)
        self.text = text
        """What the code says."""

    def on_mount(self) -> None:
        """Draw it."""
        self.fit(roomy=False)

    def fit(self, *, roomy: bool) -> None:
        """Draw it in double size with a wide border when *roomy*, else as small as is safe."""
        picture = modules(self.text, QUIET)
        drawn = double_width(picture, INK, PAPER) if roomy else half_height(picture, INK, PAPER)
        self.update(drawn)

    @property
    def rows(self) -> int:
        """Rows it takes at its smallest."""
        return -(-len(modules(self.text, QUIET)) // 2)

    @property
    def rows_in_double_size(self) -> int:
        """Rows it takes in double size; twice as many columns."""
        return len(modules(self.text, QUIET))


@lru_cache(maxsize=4)
def modules(text: str, border: int) -> tuple[tuple[bool, ...], ...]:
    """Return the squares of the code for *text*, with *border* light ones around them."""
    from qrcode.constants import ERROR_CORRECT_L
    from qrcode.main import QRCode

    code = QRCode(error_correction=ERROR_CORRECT_L, border=border)
    for part in in_small_parts(text):
        code.add_data(part, optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(square) for square in row) for row in code.get_matrix())


def in_small_parts(text: str) -> list[str]:
    """Split an address so that host and receipt code, in capitals, take little room each.

    A host is the same in capitals, a path is not: only the host's letters are changed.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return [text]
    origin, path, code = found.groups()
    return [part for part in (origin.upper(), path, code) if part]
