"""What the terminal sends, turned into what a hand would have typed."""

import re

_NEVER_TYPED = re.compile(r"\x1b\[(?:20[01]~|48;[\d;:]*t)")
"""Paste marks and resize reports: only a scanner or an attacker sends them; each can end the
keyboard for good (an unfinished paste) or shrink the screen to one cell."""

_LINE_END = re.compile(r"\r\n|\n")
"""What a scanner or a paste ends lines with, where the Enter key sends a carriage return."""


def as_typed(received: str) -> str:
    """Return what the terminal sent the way a hand would have typed it."""
    return _LINE_END.sub("\r", _NEVER_TYPED.sub("", received))
