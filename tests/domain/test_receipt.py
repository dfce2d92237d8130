"""The receipt's code: typing mistakes are recognised before any look-up."""

import contextlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.domain.receipt import (
    ALPHABET,
    LENGTH,
    RANDOM_BITS,
    MistypedCode,
    new_code,
    read_code,
    spaced,
)

codes = st.integers(0, 2**RANDOM_BITS - 1).map(new_code)
places = st.integers(0, LENGTH - 1)


@given(codes)
def test_a_code_reads_back_as_itself(code: str) -> None:
    assert read_code(code) == code
    assert len(code) == LENGTH
    assert set(code) <= set(ALPHABET)


@given(st.integers(0, 2**RANDOM_BITS - 1), st.integers(0, 2**RANDOM_BITS - 1))
def test_two_chances_give_two_codes(one: int, other: int) -> None:
    assert (new_code(one) == new_code(other)) is (one == other)


@pytest.mark.parametrize("bits", [-1, 2**RANDOM_BITS])
def test_a_code_carries_exactly_fifty_five_bits(bits: int) -> None:
    with pytest.raises(ValueError, match="55 bits"):
        new_code(bits)


@given(codes, places, st.sampled_from(ALPHABET))
def test_a_single_wrong_character_is_recognised(code: str, place: int, wrong: str) -> None:
    assume(code[place] != wrong)
    with pytest.raises(MistypedCode):
        read_code(code[:place] + wrong + code[place + 1 :])


@given(codes, places, places)
def test_any_two_swapped_characters_are_recognised(code: str, one: int, other: int) -> None:
    assume(code[one] != code[other])
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    with pytest.raises(MistypedCode):
        read_code("".join(swapped))


@given(codes, places)
def test_a_missing_or_doubled_character_is_recognised(code: str, place: int) -> None:
    for typed in (code[:place] + code[place + 1 :], code[:place] + code[place] + code[place:]):
        with pytest.raises(MistypedCode):
            read_code(typed)


@given(codes, st.lists(st.tuples(places, st.sampled_from(" -–‐\t\n\r\u00a0\u2011\u2212—"))))
def test_separators_and_case_do_not_matter(code: str, between: list[tuple[int, str]]) -> None:
    typed = list(code.lower())
    for place, separator in between:
        typed.insert(place, separator)
    assert read_code("".join(typed)) == code


@given(codes)
def test_letters_that_look_like_digits_are_read_as_them(code: str) -> None:
    assert read_code(code.replace("0", "O")) == code
    assert read_code(code.replace("0", "o")) == code
    assert read_code(code.replace("1", "I")) == code
    assert read_code(code.replace("1", "l")) == code


@given(codes)
def test_the_receipt_shows_three_groups_that_read_back(code: str) -> None:
    assert [len(group) for group in spaced(code).split("-")] == [4, 4, 4]
    assert read_code(spaced(code)) == code


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_mistyped(typed: str) -> None:
    with contextlib.suppress(MistypedCode):
        assert len(read_code(typed)) == LENGTH


def test_a_mistype_in_a_known_code_is_named_for_what_it_is() -> None:
    assert new_code(0) == "0" * LENGTH
    assert read_code("0000-0000-0000") == "000000000000"
    for typed in ("", "0000", "0000-0000-000U", "0000 0000 0001"):
        with pytest.raises(MistypedCode):
            read_code(typed)


def test_the_whole_address_from_a_scanner_is_read_as_its_code() -> None:
    code = new_code(2**54 + 7)
    assert read_code(f"HTTPS://LIBRARY.EXAMPLE/R/{code}\r") == code


LAYOUTS = {
    "US": "/:-",
    "Swedish": "-Ö+",
    "Danish": "-Æ+",
    "Norwegian": "-Ø+",
    "Nordic on US": "&>/",
}
"""What a scanner set to the US layout makes of `/`, `:` and `-` where the keyboard is another one;
last the other way round."""


@given(
    codes,
    st.sampled_from(sorted(LAYOUTS)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "]Q1", "¨Q1"]),
)
def test_a_code_is_found_in_what_a_scanner_of_another_keyboard_types(
    code: str, layout: str, caps: bool, slash: bool, mark: str
) -> None:
    address = f"https://bibliotek-nord.example.se/r/{code}{'/' * slash}"
    typed = mark + address.translate(str.maketrans("/:-", LAYOUTS[layout]))
    assert read_code(typed.swapcase() if caps else typed) == code
    assert read_code(mark + code) == code
