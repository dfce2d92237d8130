"""Nasty text: signs that steer terminals, turn lines round, hide, or are no signs at all."""

import unicodedata

from hypothesis import strategies as st

NASTY = (
    "\x00", "\x07", "\x08", "\x1b", "\x7f", "\x85", "\x9b", "\x9d",
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e",
    "\u200f", "\u202a", "\u202c", "\u202e", "\u2060", "\u2066", "\u2069", "\u206f", "\u3164",
    "\ufe0f", "\ufeff", "\ufff9", "\ufffc", "\U000e0041", "\U000e0100",
)  # fmt: skip
"""Signs that nobody sees, each of which some program obeys."""

SEQUENCES = (
    "\x1b[2J\x1b[H", "\x1b]0;ANNAN TITEL\x07", "\x1b]52;c;aGVq\x07", "\x1bP1$r\x1b\\", "\x9b2J",
    "\x1bc", "\x1b[5;5H", "\x1b]8;;http://x.example\x1b\\", "\x9d0;titel\x9c", "\x1b[?1049l",
)  # fmt: skip
"""What clears a screen, renames a window, fills a clipboard, asks a terminal, moves the cursor."""

_SIGNS = st.characters(codec=None)
_ODD = (
    "\r\n", "\u2028", "\u2029", "\ud800", "\udfff", "\ue000", "A\u030a", "\u212b",
    "\U0001f469\u200d\U0001f680", "e\u0301" * 6, "\ufdd0", "\uffff",
)  # fmt: skip


def nasty_text() -> st.SearchStrategy[str]:
    """Make texts in which ordinary words stand beside everything that is no text."""
    return st.lists(
        st.one_of(st.sampled_from((*NASTY, *SEQUENCES, *_ODD)), st.text(_SIGNS, max_size=8))
    ).map("".join)


def harmless(text: str) -> bool:
    """Tell whether *text* holds nothing that a terminal obeys, turns round, or cannot show.

    Joiners are told apart by what they join, so they may stand; the tests of the rule judge them.
    """
    return not any(_does_something(sign) for sign in text)


def _does_something(sign: str) -> bool:
    if unicodedata.category(sign) in {"Cc", "Cs", "Co", "Zl", "Zp"}:
        return sign != "\n"
    return (
        "\u202a" <= sign <= "\u202e"
        or "\u2060" <= sign <= "\u206f"
        or sign in "\u200b\u200e\u200f\u061c\ufeff\u00ad"
    )
