"""The receipt's code: twelve characters that are enough for everything later.

Eleven characters carry 55 random bits, the twelfth checks them. The alphabet is Crockford's
base 32 (https://www.crockford.com/base32.html), which leaves out I, L, O and U.
"""

import re
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BITS = 55
LENGTH = 12

_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " \u00a0\t\r\n-\u2010\u2011\u2013\u2014\u2212")
_WORD = re.compile(r"[0-9A-Z]+")
_MARKED = re.compile(rf"[A-Z][0-9]([0-9A-Z]{{{LENGTH}}})")
"""What a scanner puts before a code to say that it is a QR code (ISO/IEC 15424); its bracket is no
word."""
_REDUCTION = 0b100101
"""x^5 + x^2 + 1, primitive over GF(2): its powers give every position its own weight."""


class MistypedCode(ValueError):
    """What was typed is no receipt code: too short, too long, a wrong or a swapped character."""


class State(StrEnum):
    """How far a submission has come, in the words of the follow-up screen."""

    SAVED = "saved"
    """Safe on this kiosk, not yet sent."""
    SENT = "sent"
    """The library has it."""
    READ = "read"
    """Somebody at the library has opened it."""
    ANSWERED = "answered"
    """There is an answer to read."""
    WITHDRAWN = "withdrawn"
    """The visitor took it back."""
    ERASED = "erased"
    """Nothing of it is left but this word."""


def new_code(random_bits: int) -> str:
    """Write *random_bits* (an integer of `RANDOM_BITS` bits) as a code with its check character.

    Raises ValueError when the integer is negative or too large.
    """
    if not 0 <= random_bits < 1 << RANDOM_BITS:
        raise ValueError(f"a code carries {RANDOM_BITS} bits")
    digits = [random_bits >> shift & 31 for shift in range(RANDOM_BITS - 5, -1, -5)]
    return "".join(ALPHABET[digit] for digit in [*digits, _check(digits)])


def read_code(typed: str) -> str:
    """Return the code that was typed or scanned, in its one true spelling.

    Case, spaces and hyphens do not matter; O is read as 0, I and L as 1. Of a whole address, as a
    scanner types it from the QR, the last word counts, whatever signs another keyboard's layout
    makes of what stands between; so does what follows a scanner's mark of the kind of code, `]Q1`.
    Raises MistypedCode for anything else, so that a slip is told before any look-up: every single
    wrong character and every swap of two different ones changes the check character.
    """
    text = typed.upper()
    words = _WORD.findall(text)
    last = words[-1] if words else ""
    marked = _MARKED.fullmatch(last)
    for each in (bare(text), last, marked[1] if marked else ""):
        code = each.translate(_LOOKALIKES)
        digits = [ALPHABET.find(character) for character in code]
        if len(code) == LENGTH and -1 not in digits and _check(digits[:-1]) == digits[-1]:
            return code
    raise MistypedCode


def bare(typed: str) -> str:
    """Return what was typed of a code without the signs that only part it."""
    return typed.translate(_SEPARATORS)


def spaced(code: str) -> str:
    """Write a code in groups of four, the way it stands on the receipt."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check(digits: list[int]) -> int:
    """Sum the digits in GF(32), each times the power of the primitive element of its place.

    Horner's rule with a final shift: the weights of the places are different powers, none of them
    1, so neither one changed digit nor two exchanged ones can leave the sum as it was.
    """
    total = 0
    for digit in digits:
        total = _times_x(total ^ digit)
    return total


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _REDUCTION if doubled & 32 else doubled
