"""The boards in words."""

from dataclasses import replace

import pytest

from kiosk.domain.posting import STAGES, Board, ChallengeUnit, Stage
from kiosk.errands.board_words import (
    BOARD_NAMES,
    STAGE_MEANINGS,
    STAGE_NAMES,
    challenge_in_words,
    stage_in_words,
    stars,
    support_in_words,
)
from kiosk.i18n import phrases
from tests.drivers.published import BOOK, HUNT, SEEDS

ENGLISH = phrases("en")


def test_every_board_and_stage_has_a_name_and_every_stage_of_an_idea_a_meaning() -> None:
    assert set(BOARD_NAMES) == set(Board)
    assert set(STAGE_NAMES) == set(Stage)
    assert set(STAGE_MEANINGS) == set(STAGES[Board.IDEA])


def test_a_stage_is_said_where_there_is_one() -> None:
    assert stage_in_words(SEEDS, ENGLISH) == "Explored together"
    assert stage_in_words(BOOK, ENGLISH) == ""


@pytest.mark.parametrize(("rating", "drawn"), [(0, ""), (4, "■■■■·"), (5, "■■■■■"), (6, "")])
def test_a_rating_is_drawn_with_signs_every_font_has(rating: int, drawn: str) -> None:
    assert stars(rating) == drawn


def test_me_too_and_book_tips_are_counted_in_words() -> None:
    assert support_in_words(0, ENGLISH) == "Nobody has said “me too” yet."
    assert support_in_words(1, ENGLISH) == "1 has said “me too”"
    assert support_in_words(7, ENGLISH) == "7 have said “me too”"
    assert challenge_in_words(HUNT, ENGLISH) == "42 book tips so far of 100"
    assert challenge_in_words(replace(HUNT, target=0), ENGLISH) == "42 book tips so far"


def test_a_reading_challenge_is_said_in_what_it_counts() -> None:
    books, pages = (
        replace(HUNT, counts=each) for each in (ChallengeUnit.BOOKS, ChallengeUnit.PAGES)
    )
    assert challenge_in_words(replace(books, so_far=1), ENGLISH) == "1 book so far of 100"
    assert challenge_in_words(pages, ENGLISH) == "42 pages so far of 100"
