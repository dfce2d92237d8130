"""What can be picked today, and how it is told."""

from dataclasses import replace
from datetime import datetime

import pytest

from kiosk.domain.content import Content, Notice
from kiosk.domain.errand import TIMES, Choice, Kind, Question
from kiosk.domain.workshop import Workshop
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.offer import choices, notice_in_words, offered, seats_in_words, when_in_words
from kiosk.errands.sign_up import SIGN_UP
from kiosk.errands.volunteer import VOLUNTEER
from kiosk.i18n import phrases
from tests.drivers.published import CONTENT, HERE, KNITTING, TABLETS

NOW = datetime.fromisoformat("2026-11-26T10:30")
ENGLISH = phrases("en")


def test_only_workshops_that_are_still_to_come_are_offered() -> None:
    assert offered(SIGN_UP, CONTENT, NOW) == {"workshop": ["w-tablet", "w-knit"]}
    later = datetime.fromisoformat("2026-12-10T10:30")
    assert offered(SIGN_UP, CONTENT, later) == {"workshop": ["w-tablet"]}
    assert offered(VOLUNTEER, CONTENT, NOW) == {"task": ["t-read"]}
    assert offered(FEEDBACK, CONTENT, NOW) == {}


def test_a_workshop_is_offered_with_its_time_its_house_and_its_seats() -> None:
    question = Question("workshop", Kind.WORKSHOP, "?")
    assert choices(question, CONTENT, ENGLISH, NOW) == (
        Choice("w-tablet", "Surfplattan", "Tue 1 Dec – Tue 15 Dec, 14:00–16:00 · Karis bibliotek"),
        Choice(
            "w-knit",
            "Knitting café",
            "Thursday 3 December 18:00–20:00 · 9 seats left · Ekenäs bibliotek",
        ),
    )


def test_a_task_is_offered_with_its_hours_and_purpose() -> None:
    question = Question("task", Kind.TASK, "?")
    assert choices(question, CONTENT, ENGLISH, NOW) == (
        Choice("t-read", "Reading aloud", "An hour a week · Fler sagor (Swedish)"),
    )


def test_faces_and_times_are_offered_in_words() -> None:
    faces = choices(Question("mood", Kind.FACES, "?"), CONTENT, ENGLISH, NOW)
    assert [each.value for each in faces] == ["1", "2", "3", "4", "5"]
    assert faces[0].label == "Very bad"
    times = choices(Question("times", Kind.TIMES, "?"), CONTENT, ENGLISH, NOW)
    assert [each.value for each in times] == list(TIMES)
    assert times[0].label == "Monday morning"


def test_declared_choices_are_offered_with_their_notes_and_written_kinds_offer_nothing() -> None:
    about = next(each for each in FEEDBACK.questions if each.name == "about")
    shown = choices(about, CONTENT, ENGLISH, NOW)
    assert [each.value for each in shown] == [each.value for each in about.choices]
    assert shown[0].note == "study, courses, homework"
    assert choices(Question("words", Kind.LONG_TEXT, "?"), CONTENT, ENGLISH, NOW) == ()


@pytest.mark.parametrize(
    ("workshop", "told"),
    [
        (KNITTING, "Thursday 3 December 18:00–20:00"),
        (replace(KNITTING, ends=None), "Thursday 3 December 18:00"),
        (
            replace(KNITTING, ends=datetime.fromisoformat("2026-12-04T00:30")),
            "Thursday 3 December 18:00–00:30",
        ),
        (TABLETS, "Tue 1 Dec – Tue 15 Dec, 14:00–16:00"),
        (replace(TABLETS, all_day=True), "Tuesday 1 December – Tuesday 15 December"),
        (replace(KNITTING, all_day=True), "Thursday 3 December"),
        (replace(KNITTING, all_day=True, ends=None), "Thursday 3 December"),
    ],
)
def test_a_workshop_tells_when_it_is(workshop: Workshop, told: str) -> None:
    assert when_in_words(workshop, ENGLISH) == told


@pytest.mark.parametrize(
    ("capacity", "taken", "told"),
    [
        (0, 5, ""),
        (6, 5, "1 seat left"),
        (6, 0, "6 seats left"),
        (6, 6, "Full – waiting list"),
        (6, 9, "Full – waiting list"),
    ],
)
def test_seats_are_told_as_they_were_published(capacity: int, taken: int, told: str) -> None:
    assert seats_in_words(replace(KNITTING, capacity=capacity, taken=taken), ENGLISH) == told


def test_an_empty_programme_offers_nothing() -> None:
    empty = Content(branch=HERE, published=CONTENT.published)
    assert offered(SIGN_UP, empty, NOW) == {"workshop": []}
    assert choices(Question("task", Kind.TASK, "?"), empty, ENGLISH, NOW) == ()


def test_a_notice_says_first_whom_it_is_for_where_that_is_not_everybody() -> None:
    text = {"en": "Book swap", "sv": "Bokbyte"}
    assert notice_in_words(Notice(text), ENGLISH) == "Book swap"
    assert notice_in_words(Notice(text, audience="children"), ENGLISH) == "Children: Book swap"
    assert notice_in_words(Notice(text, audience="vinterbadare"), phrases("sv")) == (
        "vinterbadare: Bokbyte"
    )
