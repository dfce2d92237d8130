"""No personal identity number is ever stored, and ordinary numbers pass."""

import pytest
from hypothesis import given

from kiosk.domain.errand import Kind, Question
from kiosk.domain.identity_number import holds_identity_number
from kiosk.domain.mistake import Mistake, Reason, mistake_in
from tests.drivers.nasty import nasty_text

# Numbers that the authorities publish for testing, and such as are made up to fit.
REAL = [
    "811228-9874",
    "19811228-9874",
    "198112289874",
    "8112289874",
    "811228+9874",
    "811228 9874",
    "701063-2391",
    "070761-4285",
    "0707614285",
    "07 07 61 4285",
    "010165-1234",
    "01010750160",
    "010107 50160",
    "41010750073",
    "01410750062",
    "131052-308T",
    "131052-308t",
    "010594Y9032",
]
ORDINARY = [
    "811228-9875",
    "8112289875",
    "070761-4286",
    "01010750161",
    "131052-308U",
    "2026-11-22",
    "kl. 18.00-20.00",
    "ISBN 9789113084923",
    "9789113084923",
    "08-465 004 12",
    "+46 70 123 45 67",
    "112",
    "1234567890",
    "999999-9999",
    "org.nr 556016-0680",
    "hylla 811228",
]
WORDS = Question("words", Kind.LONG_TEXT, "What?")
CONTACT = Question("contact", Kind.CONTACT, "Where?")


@pytest.mark.parametrize("number", REAL)
@pytest.mark.parametrize("around", ["{}", "jag heter Eva, {}.", "({})", "nr:{}\nhej"])
def test_an_identity_number_is_found_wherever_it_stands(number: str, around: str) -> None:
    assert holds_identity_number(around.format(number))


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_number_passes(text: str) -> None:
    assert not holds_identity_number(text)


@given(nasty_text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert isinstance(holds_identity_number(text), bool)


@pytest.mark.parametrize("number", ["811228-9874", "131052-308T", "070761-4285"])
def test_it_is_refused_in_every_kind_of_writing(number: str) -> None:
    refused = Mistake(Reason.IDENTITY_NUMBER)
    agreement = Question("agreement", Kind.AGREEMENT, "Agreed?")
    assert mistake_in(WORDS, f"Det är {number}") == refused
    assert mistake_in(CONTACT, number) == refused
    assert mistake_in(agreement, {"accepted": True, "mine": number}) == refused


@pytest.mark.parametrize("number", ["0707614285", "070-761 42 85", "070 761 42 85", "+46707614285"])
def test_a_telephone_number_that_could_be_somebodys_birthday_passes_as_contact(
    number: str,
) -> None:
    assert mistake_in(CONTACT, number) is None
