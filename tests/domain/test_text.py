"""Text is text: what is kept of it, how names compare, what a search finds."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.text import clean, clean_line, cleaned, name_key, searchable, sought
from tests.drivers.nasty import NASTY, harmless, nasty_text


@given(nasty_text())
def test_what_is_clean_is_text_and_stays_as_it_is(text: str) -> None:
    read = clean(text)
    assert harmless(read)
    assert clean(read) == read
    assert unicodedata.is_normalized("NFC", read)


@given(nasty_text())
def test_a_clean_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert harmless(line)
    assert len(line.splitlines()) <= 1
    assert clean_line(line) == line == line.strip()
    assert "  " not in line


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], max_codepoint=0x24F)))
def test_what_people_write_in_the_nordic_languages_is_kept(text: str) -> None:
    assert clean(text.replace("\u00ad", "")) == text.replace("\u00ad", "")


@pytest.mark.parametrize(
    "text",
    [
        "Rymden \U0001f469\u200d\U0001f680, \u2764\ufe0f, 1\ufe0f\u20e3, \U0001f44d\U0001f3fd",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 och \U0001f1f8\U0001f1ea",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, "I want"
        "\u0d9a\u0dca\u200d\u0dbb\u0dd3\u0da9\u0dcf",  # Sinhala, "sport"
        "\u845b\U000e0100\u57ce",  # a Japanese name in the shape its bearer writes
        "שָׁלוֹם עֲלֵיכֶם",
        "Tiếng Việt",
        "Første linje\nanden linje",
    ],
)
def test_signs_that_words_and_pictures_need_are_kept(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Bell\a och \x1b[31mröd", "Bell och röd"),
        ("Sagor \x1b[2J\x1b[H\x1b]0;ANNAN TITEL\x07\x1b[5;5HHACKAD", "Sagor HACKAD"),
        ("\x9d0;titel\x9c\x1b]52;c;aGVq", "0;titel]52;c;aGVq"),
        ("\u202egnilsä\u202c", "gnilsä"),
        ("a\u2066b\u2069\u200e\u200f\u061c", "ab"),
        ("Bib\u00adlio\u200btek\ufeff", "Bibliotek"),
        ("A\u030ase\u200d", "Åse"),
        ("rad\r\nrad\rrad\u2028rad\x85rad", "rad\nrad\nrad\nrad\nrad"),
        ("a\tb", "a b"),
        ("\ud83d\ude00 \ud83d", "😀 \ufffd"),
        ("\ue000\ufdd0\U0010ffff", "\ufffd\ufffd\ufffd"),
        ("o" + "\u0323\u0334" * 40, "\u1ecd" + "\u0334" * 4),
        ("\U0001f3f4\U000e0067\U000e007f", "\U0001f3f4"),
    ],
)
def test_what_is_no_text_is_not_kept(written: str, kept: str) -> None:
    assert clean(written) == kept


@pytest.mark.parametrize("sign", NASTY)
def test_no_sign_makes_a_second_branch_of_one_that_there_is(sign: str) -> None:
    """A joiner, a mark of direction or another line end between letters changes no name."""
    assert name_key(f"Sandviks{sign} bibliotek ") == name_key(f" sandviks  {sign}BIBLIOTEK")


def test_a_name_is_one_whatever_keyboard_it_was_typed_on() -> None:
    assert name_key("A\u030arla") == name_key("årla") == name_key("\u212bRLA")
    assert name_key("Årla") != name_key("Arla")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("åse", True),
        ("ÅSE", True),
        ("A\u030ase", True),
        ("ase", True),
        ("sorensen", True),
        ("Sørensen", True),
        ("åse sørensen", True),
        ("ide", True),
        ("aasen", False),
        ("sörensen", False),
    ],
)
def test_a_search_finds_letters_however_they_are_written(words: str, found: bool) -> None:
    inside = searchable("Från A\u030ase Sørensen\nen idé")
    assert all(word in inside for word in sought(words)) is found


def test_plain_text_is_searched_as_it_is() -> None:
    assert searchable("Bok om katter") == "bok om katter"


@given(nasty_text())
def test_what_was_written_is_found_by_its_own_words(text: str) -> None:
    assert all(word in searchable(text) for word in sought(text))


def test_everything_in_an_answer_is_cleaned() -> None:
    read = cleaned({"a\x1b": ["\u202eb", 5, None, {"c": "\x07"}]})
    assert read == {"a": ["b", 5, None, {"c": ""}]}
