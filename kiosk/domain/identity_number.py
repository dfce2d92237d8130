"""Personal identity numbers of the Nordic countries, recognised so that none is ever stored.

A number counts when its date exists and its check digits fit, so that ordinary numbers pass; after
a word that announces one, the date is enough. Sources: Skatteverket SKV 704 (personnummer) and SKV
707 (samordningsnummer); CPR-kontoret, "Personnummeret i CPR", for numbers without a check digit;
Skatteetaten on fødselsnummer, D-nummer, H-nummer and numbers made for tests; Digi- ja
väestötietovirasto on henkilötunnus, with the separators added in 2023.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from kiosk.domain.text import with_plain_digits

_MARKS = "-+./_,:;()=*|~#"
_BETWEEN = rf"[ \n]{{0,3}}(?:[{_MARKS}]{{1,3}}[ \n]{{0,3}})?"
_RUN = re.compile(rf"\d+(?:{_BETWEEN}\d+)*")
_GROUP = re.compile(rf"({_BETWEEN})(\d+)")
_FINNISH = re.compile(
    r"(?<!\d)(\d\d)[ ./-]?(\d\d)[ ./-]?(?:18|19|20)?(\d\d)"
    rf" {{0,3}}((?:[{_MARKS}A-FU-Y]{{1,3}} {{0,3}}|\n)?)(\d{{3}}) ?([0-9A-Y])(?![0-9A-Z])"
)
_ANNOUNCED = re.compile(
    r"(?:p(?:ers(?:on)?)?\.? ?nr|personn?um|personal (?:identity )?(?:number|code)|ssn"
    r"|samordningsn|födelsen|cpr|fødselsn|fnr|d-n|hetu|henkilötunnu)\w*"
    r"(?:\W{1,3}(?:nr|nummer|number|is|är|er|on))*\W{0,6}$",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:tel|tlf|tfn|mob|ring|sms|puh|soit|phone|call|whatsapp|nå|kontakt|træffes|reach)\w*\W"
    r"[^\d\n]{0,24}$",
    re.IGNORECASE,
)
_AS_FAR_BACK = 60
"""Signs in front of a number, among which a word may say what it is."""
_FEWEST_DIGITS = 9

_FINNISH_CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_NORWEGIAN_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1, 0), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))

_SHORT_DATE = ({6}, {2, 4, 6}, {2, 4}, set[int]())
_YEAR_FIRST = ({8}, {4, 6, 8}, {4, 6}, {4, 8}, {2, 8}, {2, 4, 6, 8}, {2}, {2, 4, 6}, set[int]())
_YEAR_LAST = ({8}, {2, 4, 8}, {2, 4}, {2, 4, 6, 8}, {4, 8}, set[int]())


class _Shape(NamedTuple):
    """How the digits of one country's numbers are grouped, and how they are judged."""

    digits: int
    """How many there are, with those of the year."""
    date: int
    """How many of them are the date."""
    cuts: tuple[set[int], ...]
    """After how many digits of the date there may be something between: one of these ways."""
    short: Callable[[str], str]
    """Leaves the century out."""
    fits: Callable[[str, bool], bool]
    """Judges a number without its century; the second says whether its check digits count."""


def holds_identity_number(text: str) -> bool:
    """Tell whether *text* contains a number that identifies a person in sv, da, nb or fi.

    However its digits are written and whatever stands between them. A telephone number passes
    where a word says that it is one.
    """
    plain = with_plain_digits(text)
    if sum(map(str.isdigit, plain)) < _FEWEST_DIGITS:
        return False
    return _holds_finnish(plain) or any(_holds(run, plain) for run in _RUN.finditer(plain))


def only_telephone(text: str) -> bool:
    """Tell whether *text* is one number written as telephone numbers are, and not split 6 + 4.

    Every Nordic mobile number of ten digits could be somebody's date of birth by its digits alone.
    """
    plain = with_plain_digits(text).strip()
    digits = re.sub(r"[ ()/.-]", "", plain)
    split = re.search(r"(?<!\d)\d{6} ?[-+ ] ?\d{4}(?!\d)", plain)
    return digits.startswith(("0", "+")) and digits.lstrip("+").isdigit() and not split


def _holds(run: re.Match[str], text: str) -> bool:
    """Tell whether digits that stand close together hold a number, beginning at any group."""
    groups = [(found[1], found[2]) for found in _GROUP.finditer(run.group())]
    before = text[max(0, run.start() - _AS_FAR_BACK) : run.start()]
    announced = bool(_ANNOUNCED.search(before))
    if not announced and (
        before.endswith("+") or (_CALLED.search(before) and only_telephone(run.group()))
    ):
        return False
    return any(
        shape.fits(shape.short(digits), not (announced and first == 0))
        for first in range(len(groups))
        for digits, cuts in _windows(groups[first : first + _MOST_DIGITS])
        for shape in _SHAPES
        if shape.digits == len(digits) and _is_grouped_like(shape, cuts)
    )


def _windows(groups: list[tuple[str, str]]) -> Iterator[tuple[str, dict[int, str]]]:
    """Yield the first group, the first two, …: their digits, and what stands after how many."""
    digits, cuts = "", dict[int, str]()
    for between, group in groups:
        if digits:
            cuts[len(digits)] = between
        digits += group
        if len(digits) > _MOST_DIGITS:
            return
        yield digits, dict(cuts)


def _is_grouped_like(shape: _Shape, cuts: dict[int, str]) -> bool:
    """Tell whether what stands between is where people put it: 14.45 after a date is a time."""
    if len(cuts) == shape.digits - 1:
        return True  # each digit by itself
    within = {place for place in cuts if place <= shape.date}
    after = [between for place, between in cuts.items() if place > shape.date]
    return within in shape.cuts and (not after or (shape.date in cuts and "".join(after).isspace()))


def _holds_finnish(text: str) -> bool:
    for day, month, year, century, number, check in _FINNISH.findall(text.upper()):
        known = century.strip() or check.isalpha()  # nine digits and a tenth are nobody's
        if known and _any_century(year, month, int(day)):
            wanted = _FINNISH_CHECKS[int(day + month + year + number) % 31]
            if check == wanted:
                return True
    return False


def _swedish(digits: str, checked: bool) -> bool:  # noqa: FBT001 - a rule among others
    year, month, day = digits[:2], digits[2:4], int(digits[4:6])
    exists = _any_century(year, month, day - 60 if day > 60 else day)
    return exists and (not checked or _luhn(digits))


def _danish(digits: str, checked: bool) -> bool:  # noqa: FBT001 - a rule among others
    if not _any_century(digits[4:6], digits[2:4], int(digits[:2])):
        return False
    # the numbers of these birthdays have run out, so that newer ones have no check digit
    return not checked or digits.startswith("0101") or _weighted(digits, _CPR_WEIGHTS)


def _norwegian(digits: str, checked: bool) -> bool:  # noqa: FBT001 - a rule among others
    day, month = int(digits[:2]) % 40, int(digits[2:4]) % 40
    exists = _any_century(digits[4:6], f"{month:02}", day)
    fits = all(_weighted(digits, weights) for weights in _NORWEGIAN_WEIGHTS)
    return exists and (not checked or fits)


def _as_it_is(digits: str) -> str:
    return digits


def _year_first(digits: str) -> str:
    return digits[2:] if digits[:2] in {"18", "19", "20"} else "0" * (len(digits) - 2)


def _year_last(digits: str) -> str:
    known = digits[4:6] in {"18", "19", "20"}
    return digits[:4] + digits[6:] if known else "0" * (len(digits) - 2)


_SHAPES = (
    _Shape(10, 6, _SHORT_DATE, _as_it_is, _swedish),
    _Shape(12, 8, _YEAR_FIRST, _year_first, _swedish),
    _Shape(10, 6, _SHORT_DATE, _as_it_is, _danish),
    _Shape(12, 8, _YEAR_LAST, _year_last, _danish),
    _Shape(11, 6, _SHORT_DATE, _as_it_is, _norwegian),
    _Shape(13, 8, _YEAR_LAST, _year_last, _norwegian),
)
_MOST_DIGITS = max(shape.digits for shape in _SHAPES)


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
