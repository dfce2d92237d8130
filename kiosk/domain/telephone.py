"""Telephone numbers: what counts as one, wherever it is typed.

Decision 40 says why no library judges them.
"""

import re

from kiosk.domain.text import with_plain_digits

_WRITTEN = re.compile(r"\+?[0-9(][0-9 ()/.-]*[0-9]")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15
"""ITU-T E.164 knows no longer ones; shorter ones are for emergencies."""


def is_telephone(typed: str) -> bool:
    """Tell whether *typed* is one telephone number and nothing else, in any digits and dashes."""
    written = with_plain_digits(typed).strip()
    many = sum(map(str.isdigit, written))
    return _FEWEST_DIGITS <= many <= _MOST_DIGITS and _WRITTEN.fullmatch(written) is not None
