"""The terminal in front: which colours it can show, and which theme then reads well."""

import os
from collections.abc import MutableMapping

SIXTEEN = "console"
"""The theme made for sixteen colours; the others lose their contrast there."""


def name_colours(environment: MutableMapping[str, str] = os.environ) -> None:
    """Say that xterm shows all colours: it does, but names itself like one that shows sixteen."""
    if environment.get("XTERM_VERSION"):
        environment.setdefault("COLORTERM", "truecolor")


def readable(theme: str, color_system: str | None) -> str:
    """Return *theme*, or the sixteen-colour one where the terminal has no more."""
    return SIXTEEN if color_system == "standard" else theme
