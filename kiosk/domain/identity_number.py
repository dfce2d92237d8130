"""Personal identity numbers of the Nordic countries, recognised so that none is ever stored.

A number counts only when its date exists and its check digits fit, so that ordinary numbers pass.
Sources: Skatteverket SKV 704 (personnummer) and SKV 707 (samordningsnummer); CPR-kontoret,
"Personnummeret i CPR", for numbers without a check digit; Skatteetaten on fødselsnummer, D-nummer
and H-nummer; Digi- ja väestötietovirasto on henkilötunnus, with the separators added in 2023.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

_BOUNDARY = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_TEN = re.compile(_BOUNDARY.format(r"(?:19|20)?(\d{6})[ ]?([-+\u2013 ]?)[ ]?(\d{4})"))
_DANISH = re.compile(_BOUNDARY.format(r"(\d{6})[ ]?[-\u2013 ]?[ ]?(\d{4})"))
_NORWEGIAN = re.compile(_BOUNDARY.format(r"(\d{6})[ .-]?(\d{5})"))
_FINNISH = re.compile(_BOUNDARY.format(r"(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])"), re.IGNORECASE)
_PAIRS = re.compile(r"(?<!\d)(\d\d)[ ./-](\d\d)[ ./-](\d\d)(?!\d)")

_FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NORWEGIAN_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))


def holds_identity_number(text: str) -> bool:
    """Tell whether *text* contains a number that identifies a person in sv, da, nb or fi."""
    return any(True for _ in _found(text))


def only_telephone(text: str) -> bool:
    """Tell whether *text* is one number written as telephone numbers are, and not split 6 + 4.

    Every Nordic mobile number of ten digits could be somebody's date of birth by its digits alone.
    """
    digits = re.sub(r"[ ()/-]", "", text.strip())
    split = re.search(r"(?<!\d)\d{6}[-+ ]\d{4}(?!\d)", text)
    return digits.startswith(("0", "+")) and digits.lstrip("+").isdigit() and not split


def _found(text: str) -> Iterator[str]:
    """Yield every identity number in *text*; dates written in pairs are joined first."""
    joined = _PAIRS.sub(r"\1\2\3", text)
    for written in {text, joined}:
        for pattern, fits in _COUNTRIES:
            for match in pattern.finditer(written):
                if fits(match):
                    yield match.group()


def _swedish(match: re.Match[str]) -> bool:
    digits = match[1] + match[3]
    year, month, day = digits[:2], digits[2:4], int(digits[4:6])
    return _any_century(year, month, day - 60 if day > 60 else day) and _luhn(digits)


def _danish(match: re.Match[str]) -> bool:
    digits = match[1] + match[2]
    if not _any_century(digits[4:6], digits[2:4], int(digits[:2])):
        return False
    # the numbers of these birthdays have run out, so that newer ones have no check digit
    return digits.startswith("0101") or _weighted(digits, _CPR_WEIGHTS)


def _norwegian(match: re.Match[str]) -> bool:
    digits = match[1] + match[2]
    day, month = int(digits[:2]) % 40, int(digits[2:4]) % 40
    exists = _any_century(digits[4:6], f"{month:02}", day)
    return exists and all(_weighted(digits, weights) for weights in _NORWEGIAN_WEIGHTS)


def _finnish(match: re.Match[str]) -> bool:
    born, number, check = match[1], match[2], match[3].upper()
    if not _any_century(born[4:6], born[2:4], int(born[:2])):
        return False
    return _FINNISH_CHECKS[int(born + number) % 31] == check


_COUNTRIES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_TEN, _swedish),
    (_DANISH, _danish),
    (_NORWEGIAN, _norwegian),
    (_FINNISH, _finnish),
)


def _any_century(year: str, month: str, day: int) -> bool:
    """Tell whether the date exists in any century; 2000 decides for 29 February of year 00."""
    try:
        date(2000 + int(year), int(month), day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = (int(each) * (2 - place % 2) for place, each in enumerate(digits))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _weighted(digits: str, weights: tuple[int, ...]) -> bool:
    return sum(int(each) * weight for each, weight in zip(digits, weights, strict=True)) % 11 == 0
