"""The terminal in front: which colours it can show, and which theme then reads well."""

import os
from collections.abc import MutableMapping

SIXTEEN = "console"
"""The theme made for sixteen colours; the others lose their contrast there."""
STRONG = "contrast"
"""The theme for eyes that need black and strong colours."""
_IN_256 = {"paper": "paper-256"}


def name_colours(environment: MutableMapping[str, str] = os.environ) -> None:
    """Say that xterm shows all colours: it does, but names itself like one that shows sixteen."""
    if environment.get("XTERM_VERSION"):
        environment.setdefault("COLORTERM", "truecolor")


def readable(theme: str, color_system: str | None) -> str:
    """Return *theme*, or the one made for the colours that this terminal has."""
    if color_system == "standard":
        return SIXTEEN
    return _IN_256.get(theme, theme) if color_system == "256" else theme


def other(theme: str) -> str:
    """Return the theme that a visitor gets instead of *theme*: strong contrast, or paper again."""
    return "paper" if theme == STRONG else STRONG
