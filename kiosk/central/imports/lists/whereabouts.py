"""Whereabouts: at which branch an entry is, and in which room."""

import re

from kiosk.central.imports.lists.choices import Choices, KnownLibrary
from kiosk.domain.text import name_key

_LIBRARY = re.compile(r"bibliotek|kirjasto|library|bókasafn", re.IGNORECASE)
"""In the name of a place that is a branch, though none is known by it."""
_PARTS = re.compile(r"\s*[,;/|()–]\s*|\s-\s")


def whereabouts(
    written: str, place: str, library: KnownLibrary, choices: Choices
) -> tuple[str, str]:
    """Return the branch and the place: one may stand in the other's cell, or be chosen.

    The branch is empty where nothing says which it is.
    """
    known = library.branches
    if written:
        found = known.get(name_key(written))
        return (found[0] if found else written), place
    parts = [part for part in _PARTS.split(place) if part]
    for part in (place, *parts):
        if name_key(part) in known:
            return known[name_key(part)][0], _rest(place, parts, part)
    if parts and _LIBRARY.search(parts[-1]):
        return parts[-1], _rest(place, parts, parts[-1])
    if _LIBRARY.search(place):
        return place, ""
    names = {name for name, _zone in known.values()}
    return choices.branch or (names.pop() if len(names) == 1 else ""), place


def _rest(place: str, parts: list[str], branch: str) -> str:
    """Return a place without the branch that stands in it."""
    return "" if branch == place else ", ".join(part for part in parts if part != branch)
