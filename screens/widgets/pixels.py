"""Pixels: dark and light squares drawn with backgrounds, so that no font can spoil them."""

from collections.abc import Sequence

from textual.content import Content

HALF_BLOCK = "▄"

Picture = Sequence[Sequence[bool]]
"""Rows of pixels, True where there is ink."""


def half_height(picture: Picture, ink: str, paper: str) -> Content:
    """Draw two pixels a cell, one above the other.

    A glyph is used only where the two differ: glyph seams made three of five real terminals
    unreadable for QR readers.
    """
    blank = [False] * len(picture[0])
    rows = [*picture, blank] if len(picture) % 2 else list(picture)
    lines = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        cells = []
        for above, below in zip(upper, lower, strict=True):
            background = ink if above else paper
            if above == below:
                cells.append((" ", f"on {background}"))
            else:
                cells.append((HALF_BLOCK, f"{ink if below else paper} on {background}"))
        lines.append(Content.assemble(*cells))
    return Content("\n").join(lines)


def double_width(picture: Picture, ink: str, paper: str) -> Content:
    """Draw one pixel over two cells side by side: nothing but spaces, for any font."""
    lines = [
        Content.assemble(*(("  ", f"on {ink if pixel else paper}") for pixel in row))
        for row in picture
    ]
    return Content("\n").join(lines)
