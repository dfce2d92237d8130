"""Content: found by id, named by key, and a visitor's language with fallbacks."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.content import Notice
from kiosk.domain.texts import FALLBACKS, in_language, text_for
from kiosk.i18n import EASY, LANGUAGES
from tests.drivers.published import CONTENT, KNITTING, READING

NOON = datetime.fromisoformat("2026-11-26T12:00")


def test_workshops_and_tasks_are_found_by_their_ids() -> None:
    assert CONTENT.workshop("w-knit") is KNITTING
    assert CONTENT.workshop("w-nothing") is None
    assert CONTENT.task("t-read") is READING
    assert CONTENT.task("") is None


def test_a_branch_is_called_by_its_name_or_by_its_key() -> None:
    assert CONTENT.branch_name("karis") == "Karis bibliotek"
    assert CONTENT.branch_name("bromarv") == "bromarv"


def test_a_dane_reads_norwegian_before_english() -> None:
    assert in_language({"en": "Reading", "nb": "Lesing"}, "da") == ("Lesing", "nb")
    assert text_for({"fi": "Luku", "so": "Akhris"}, "xx") == "Luku"
    assert in_language({"sv": ""}, "fi") == ("", "fi")


@pytest.mark.parametrize(
    ("notice", "language", "shown"),
    [
        (Notice({}), "fi", True),
        (Notice({}, since=NOON), "sv", True),
        (Notice({}, since=NOON + timedelta(minutes=1)), "sv", False),
        (Notice({}, until=NOON), "sv", False),
        (Notice({}, until=NOON + timedelta(minutes=1)), "sv", True),
        (Notice({}, readers=("fi", "sv")), "sv-simple", True),
        (Notice({}, readers=("fi",)), "sv", False),
    ],
)
def test_a_notice_is_shown_to_its_readers_from_when_to_when_it_says(
    notice: Notice, language: str, shown: bool
) -> None:
    assert notice.shown(language, NOON) is shown


def test_every_language_of_the_screen_has_fallbacks() -> None:
    assert set(FALLBACKS) == {*LANGUAGES, *EASY.values()}
    assert all(set(others) < set(LANGUAGES) for others in FALLBACKS.values())


@given(
    st.dictionaries(st.sampled_from([*LANGUAGES, "so"]), st.text()), st.sampled_from(["sv", "xx"])
)
def test_there_is_a_text_for_everybody_if_there_is_one_at_all(
    texts: dict[str, str], language: str
) -> None:
    text, found = in_language(texts, language)
    assert bool(text) == any(texts.values())
    assert texts.get(found, "") == text


def test_notices_are_told_in_the_order_they_were_written_while_they_hold() -> None:
    over, held, always = Notice({}, until=NOON), Notice({}, since=NOON), Notice({})
    told = replace(CONTENT, notices=(over, held, always)).notices_for("sv", NOON)
    assert told == [held, always]
