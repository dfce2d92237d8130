"""The one-time code with which a kiosk joins a branch, however somebody types it."""

_SEPARATORS = str.maketrans("", "", " -\u2013\u2010\t\n")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def spelled(typed: str) -> str:
    """Return a code in its one true spelling: capitals, without separators or lookalikes."""
    return typed.upper().translate(_SEPARATORS).translate(_LOOKALIKES)
