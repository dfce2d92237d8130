"""Traces: where something went wrong, for logs and messages; never a value, a word or a code."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType

_ABOVE = f"{Path(__file__).parents[2]}/"
_RECEIPT = re.compile(r"(/r/)[^\s'\"<>]+")
"""The page of a receipt: its address is its code."""
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def where(error: BaseException) -> str:
    """Return the kind of *error* and the lines that led to it, the last first.

    What an error says of itself may quote a visitor, a row of the database or a password.
    """
    led = traceback.extract_tb(error.__traceback__)
    steps = [f"{_short(each.filename)}:{each.lineno} in {each.name}" for each in reversed(led)]
    came_of = error.__cause__ or error.__context__
    told = " at ".join([type(error).__name__, " < ".join(steps)]) if steps else type(error).__name__
    return f"{told}; from {where(came_of)}" if came_of else told


def _short(file: str) -> str:
    return file.removeprefix(_ABOVE)


class Discreet(logging.Formatter):
    """Writes what is logged, with places instead of tracebacks and without receipts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and where an error happened behind it."""
        record.exc_text = None  # another handler may have written its own
        return _RECEIPT.sub(r"\1…", super().format(record))

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 - as in logging
        """Return where it happened."""
        return where(ei[1]) if ei[1] else ""
