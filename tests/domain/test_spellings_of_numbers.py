"""How often a personal identity number is missed, and how often another number is taken for one.

Made by chance, judged by two libraries that the program does not use: python-stdnum for the numbers
of people, phonenumbers for telephones.
"""

import random
from collections.abc import Callable, Iterator, Sequence

import phonenumbers
import pytest
from stdnum import luhn
from stdnum.dk import cpr
from stdnum.fi import hetu
from stdnum.no import fodselsnummer
from stdnum.se import personnummer

from kiosk.domain.errand import Kind, Question
from kiosk.domain.identity_number import holds_identity_number
from kiosk.domain.mistake import mistake_in

MANY = 60
CONTACT = Question("contact", Kind.CONTACT, "Where?")
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u00b7"
BLANKS = " \u00a0\u2009\u202f\u3000\u2007"
OTHER_DIGITS = ("\uff10", "\u0660", "\u06f0", "\u0966", "\U0001d7ce")
"""Nought in full width, Arabic, Persian, Devanagari, and bold."""
ANNOUNCED = ("pnr{}", "Pers.nr: {}", "personnummer {}", "cpr-nr. {}", "CPR{}", "hetu {}", "fnr. {}")


def chance() -> random.Random:
    return random.Random(20_261_130)


def swedish(draw: random.Random) -> tuple[str, str]:
    day = draw.randint(1, 28) + 60 * (draw.random() < 0.3)
    date = f"{draw.randint(1930, 2024)}{draw.randint(1, 12):02}{day:02}"
    ends = f"{draw.randint(0, 999):03}"
    ends += luhn.calc_check_digit(date[2:] + ends)
    assert day > 60 or personnummer.is_valid(date + ends)
    return date, ends


def danish(draw: random.Random) -> tuple[str, str]:
    while True:
        date = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(1937, 1999)}"
        ends = f"{draw.randint(0, 3999):04}"
        number = date[:4] + date[6:] + ends
        if cpr.checksum(number) == 0 and cpr.is_valid(number):
            return date, ends


def norwegian(draw: random.Random) -> tuple[str, str]:
    while True:
        day = draw.randint(1, 28) + 40 * (draw.random() < 0.3)
        date = f"{day:02}{draw.randint(1, 12):02}{draw.randint(1940, 1999)}"
        nine = date[:4] + date[6:] + f"{draw.randint(0, 499):03}"
        number = nine + fodselsnummer.calc_check_digit1(nine + "00")
        number += fodselsnummer.calc_check_digit2(number + "0")
        if fodselsnummer.is_valid(number):
            return date, number[6:]


def finnish(draw: random.Random) -> tuple[str, str]:
    while True:
        date = f"{draw.randint(1, 28):02}{draw.randint(1, 12):02}{draw.randint(1920, 1999)}"
        ends = f"{draw.randint(2, 899):03}"
        check = hetu._calc_checksum(date[:4] + date[6:] + ends)
        if check.isalpha():  # of digits alone and without its sign it is like any other number
            assert hetu.is_valid(f"{date[:4]}{date[6:]}-{ends}{check}")
            return date, ends + check


def halves(ends: str) -> str:
    return f"{ends[:2]} {ends[2:]}"


def spellings(date: str, ends: str, *, year_first: bool) -> Iterator[str]:
    """Write a number in every way that people were seen to write one."""
    parts = (date[:4], date[4:6], date[6:]) if year_first else (date[:2], date[2:4], date[4:])
    year = 0 if year_first else 2
    short = [part[2:] if place == year else part for place, part in enumerate(parts)]
    for written in (short, list(parts)):
        run = "".join(written)
        yield from (f"{run}{dash}{ends}" for dash in DASHES)
        yield from (f"{run}{blank}{ends}" for blank in BLANKS)
        yield from (f"{run} {mark} {ends}" for mark in "-–+/")
        yield from (
            f"{run}{mark}{ends}"
            for mark in ("/", ".", "_", "--", "- ", " -", ",", "\n", "=", "*", "|", "…")
        )
        for between in ("-", ".", "/", " ", "–"):
            yield from (f"{between.join(written)}{last}{ends}" for last in ("-", " ", " - "))
        if run.isdigit() and ends.isdigit():
            yield from (run + ends, f"{run[:4]}\u200b{run[4:]}\u00ad{ends}")
            yield f"{run} {halves(ends)}"
            yield " ".join(run + ends)
            yield " ".join([*written, *halves(ends).split()])
    for zero in OTHER_DIGITS:
        yield "".join(
            chr(ord(zero) + int(each)) if each.isdigit() else each for each in f"{run}-{ends}"
        )
    yield from (words.format(f"{''.join(short)}-{ends}") for words in ANNOUNCED)


COUNTRIES: Sequence[tuple[Callable[[random.Random], tuple[str, str]], bool]] = (
    (swedish, True),
    (danish, False),
    (norwegian, False),
    (finnish, False),
)


@pytest.mark.parametrize(("made", "year_first"), COUNTRIES)
@pytest.mark.parametrize("around", ["{}", "Mitt nummer: {} tack", "Ring 08-465 004 12, {}.", "x{}"])
def test_none_is_missed_however_it_is_written(
    made: Callable[[random.Random], tuple[str, str]], year_first: bool, around: str
) -> None:
    draw = chance()
    missed = {
        ascii(written)
        for _ in range(MANY)
        for written in spellings(*made(draw), year_first=year_first)
        if not holds_identity_number(around.format(written))
    }
    assert missed == set()


@pytest.mark.parametrize("text", ["Personnummer: 811218-9875", "mit CPR-nummer er 070761-4286"])
def test_a_number_with_a_slip_of_the_pen_is_found_when_a_word_announces_it(text: str) -> None:
    assert holds_identity_number(text)
    assert not holds_identity_number(text.rpartition(" ")[2])


def telephones(region: str, draw: random.Random) -> Iterator[phonenumbers.PhoneNumber]:
    """Make numbers that exist in the plan of a country, mobile ones for the most part."""
    prefixes, lengths = {
        "SE": (("070", "072", "073", "076", "079", "08", "031", "0455"), (9, 10)),
        "DK": (("2", "3", "5", "6", "7", "9"), (8, 8)),
        "NO": (("4", "9", "2", "5"), (8, 8)),
        "FI": (("040", "050", "045", "044", "09"), (8, 10)),
    }[region]
    made = 0
    while made < 10 * MANY:
        written = draw.choice(prefixes)
        written += "".join(draw.choices("0123456789", k=draw.randint(*lengths) - len(written)))
        number = phonenumbers.parse(written, region)
        if phonenumbers.is_valid_number(number):
            made += 1
            yield number


@pytest.mark.parametrize("region", ["SE", "DK", "NO", "FI"])
def test_no_telephone_number_is_taken_for_somebody_where_it_is_known_to_be_one(region: str) -> None:
    national = phonenumbers.PhoneNumberFormat.NATIONAL
    for number in telephones(region, chance()):
        written = phonenumbers.format_number(number, national)
        run = "".join(each for each in written if each.isdigit())
        abroad = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        far = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
        for each in (run, written, abroad, far):
            assert mistake_in(CONTACT, each) is None, each
            assert not holds_identity_number(f"Ring mig gärna på {each}, tack"), each
        for each in (written, abroad, far):
            assert not holds_identity_number(f"Mitt nummer är {each}"), each


def share(texts: Sequence[str]) -> float:
    return sum(map(holds_identity_number, texts)) / len(texts)


def test_how_often_a_number_that_nothing_tells_apart_is_refused() -> None:
    """The price of missing none; decision 40 gives the figures."""
    draw = chance()
    mobiles = [
        f"07{draw.choice('02369')}" + "".join(draw.choices("0123456789", k=7)) for _ in range(4000)
    ]
    cards = ["".join(draw.choices("0123456789", k=10)) for _ in range(4000)]
    books = ["978" + "".join(draw.choices("0123456789", k=10)) for _ in range(4000)]
    assert 0.01 < share(mobiles) < 0.035
    assert share(cards) < 0.017
    assert share(books) < 0.001


@pytest.mark.parametrize(
    "written",
    [
        "{0}-{1:02}-{2:02} {3:02}:{4:02}",
        "{0}-{1:02}-{2:02} kl. {3:02}.{4:02}–20.00",
        "{0}-{1:02}-{2:02} {3:02}.{4:02}-21.00",
        "{2:02}.{1:02}.{0} {3:02}.{4:02}–21.00",
        "{2}.{1}.{0} klo {3}.{4:02}",
        "{2:02}.{1:02}.{0}, {3:02}:{4:02}, rum 12",
        "den {2}/{1} {0} kl {3}–20",
        "556016-0680, konto 6000-123 456 789, {0} kr",
    ],
)
def test_a_day_and_a_time_are_nobody(written: str) -> None:
    draw = chance()
    for _ in range(10 * MANY):
        moment = (draw.randint(2020, 2030), draw.randint(1, 12), draw.randint(1, 28))
        told = written.format(*moment, draw.randint(8, 20), draw.choice([0, 15, 30, 45]))
        assert not holds_identity_number(told), told
