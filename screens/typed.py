"""What the terminal sends, turned into what a hand would have typed."""

import re
from collections.abc import Callable

from textual import _xterm_parser
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

_PASTE_MARKS = ("\x1b[200~", "\x1b[201~")
"""Only a scanner or an attacker sends them; a paste that never ends would swallow the keyboard."""

_LONGEST = 32
"""Signs of the longest sequence that a key or a finger sends."""

_STRING = re.compile(r"\x1b[\]P_^X][^\x07\x1b]*(?:\x07|\x1b\\)")
"""A terminal's answer about its title, clipboard or colours: never a key."""

_SEQUENCE = re.compile(r"\x1b\[(?:\[[A-E]|M...|[0-?]*[ -/]*[@-~])", re.DOTALL)
"""A whole control sequence: a key, a finger, or a report nobody asked for."""

_HEARD = re.compile(r"\x1b\[(?:<\d+;\d+;\d+[Mm]|[IO]|\?2026;\d\$y)")
"""A finger, the window's focus, and whether frames can be drawn at once."""

_LINE_END = re.compile(r"\r\n|\n")
"""What a scanner or a paste ends lines with, where the Enter key sends a carriage return."""


def as_typed(received: str) -> str:
    """Return what the terminal sent the way a hand would have typed it.

    A sequence that is no key is dropped whole: its digits would press what they stand on.
    """
    return _LINE_END.sub("\r", _SEQUENCE.sub(_key_or_finger, _STRING.sub("", received)))


def deafen_parser() -> None:
    """Let the parser know neither paste marks nor resize reports, however they are cut up.

    `as_typed` sees one reading at a time; an attacker can send half a mark in each, or one mark in
    another.
    """
    _xterm_parser.SPECIAL_SEQUENCES.difference_update(_PASTE_MARKS)
    vars(_xterm_parser)["_re_in_band_window_resize"] = re.compile("(?!)")


def _key_or_finger(found: re.Match[str]) -> str:
    sequence = found.group()
    if len(sequence) > _LONGEST or sequence in _PASTE_MARKS:
        return ""
    is_key: Callable[[str], object] = _xterm_parser._re_extended_key.fullmatch
    known = sequence in ANSI_SEQUENCES_KEYS or is_key(sequence) or _HEARD.fullmatch(sequence)
    return sequence if known else ""
