"""Fate: what becomes of an entry that a list has no longer, or elsewhere, as staff say."""

from enum import StrEnum

EVERY_GONE = "gone"
"""Name of the answer for all entries that are gone and that nobody has signed up for."""


class Fate(StrEnum):
    """What becomes of an entry that is here and may be another's, or nobody's, in the list."""

    MOVED = "moved"
    """It is the new one: who signed up goes along."""
    BOTH = "both"
    """It stays, and the new one comes beside it."""
    CANCEL = "cancel"
    """It is called off; a new one comes beside it where there is one."""
