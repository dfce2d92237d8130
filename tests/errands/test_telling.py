"""An answer in words: for the review, the staff and the export."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errand import CallNote, Choice, Kind, Question
from kiosk.domain.mistake import Mistake, Reason
from kiosk.domain.workshop import AUDIENCES
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.telling import in_words, noted, told
from kiosk.errands.wording import AUDIENCE_NAMES, REASONS, reason_in_words
from kiosk.i18n import phrases
from tests.domain.test_mistake import json_like
from tests.drivers.published import CONTENT

ENGLISH = phrases("en")
CHOICES = (Choice("a", "Apples"), Choice("b", "Bread"), Choice("c", "Cheese"))


@pytest.mark.parametrize(
    ("kind", "answer", "words"),
    [
        (Kind.FACES, 5, "Very good (5/5)"),
        (Kind.FACES, 9, "9"),
        (Kind.CHOICE, "b", "Bread"),
        (Kind.CHOICE, "gone", "gone"),
        (Kind.CHOICES, ["a", "b", "c"], "Apples · Bread · Cheese"),
        (Kind.CHOICES, [{"odd": 1}], "[{'odd': 1}]"),
        (Kind.TEXT, "  as {typed}  ", "  as {typed}  "),
        (Kind.NUMBER, 7, "7"),
        (Kind.CONTACT, "a@b.se", "a@b.se"),
        (Kind.CONSENT, True, "Yes"),
        (Kind.CONSENT, False, "No"),
        (Kind.SEATS, {"adults": 1, "children": 2}, "1 adult and 2 children"),
        (Kind.SEATS, {"adults": 2}, "2 adults"),
        (Kind.SEATS, {"children": 1}, "1 child"),
        (Kind.SEATS, 3, "3"),
        (Kind.WORKSHOP, "w-knit", "Knitting café, Thursday 3 December 18:00–20:00"),
        (Kind.WORKSHOP, "w-gone", "w-gone"),
        (Kind.TASK, "t-read", "Reading aloud"),
        (Kind.TASK, "t-gone", "t-gone"),
        (Kind.IDEA, "p-seeds", "Seeds to borrow"),
        (Kind.IDEA, "p-gone", "p-gone"),
        (Kind.AGREEMENT, {"accepted": True}, "Agreed"),
        (Kind.AGREEMENT, {"accepted": True, "mine": " I bake. "}, "Agreed: I bake."),
        (Kind.AGREEMENT, {"accepted": False}, "No"),
        (Kind.AGREEMENT, "yes", "yes"),
        (Kind.TIMES, ["mon-evening", "sat-morning"], "Monday evening, Saturday morning"),
        (Kind.TIMES, ["mon-noon"], "['mon-noon']"),
        (Kind.TEXT, None, ""),
        (Kind.CHOICES, [], ""),
    ],
)
def test_each_kind_of_answer_is_told_in_words(kind: Kind, answer: object, words: str) -> None:
    question = Question("q", kind, "?", choices=CHOICES)
    assert in_words(question, answer, CONTENT, ENGLISH) == words


@given(st.sampled_from(Kind), json_like)
def test_an_answer_of_any_shape_is_shown_and_never_refused(kind: Kind, answer: Any) -> None:
    question = Question("q", kind, "?", choices=CHOICES)
    assert isinstance(in_words(question, answer, CONTENT, ENGLISH), str)


def test_the_review_lists_every_question_that_was_asked_with_skipped_ones_empty() -> None:
    lines = told(FEEDBACK, {"about": "hours", "wants_answer": "yes"}, CONTENT, ENGLISH)
    assert {question.name: words for question, words in lines} == {
        "mood": "",
        "about": "Opening hours",
        "words": "",
        "as_whom": "",
        "wants_answer": "Yes",
        "contact": "",
    }


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_and_its_limit_in_them(reason: Reason) -> None:
    words = reason_in_words(Mistake(reason, 42), ENGLISH)
    assert "{" not in words
    assert ("42" in words) is ("{limit}" in REASONS[reason])


def test_every_audience_has_a_name() -> None:
    assert set(AUDIENCE_NAMES) == set(AUDIENCES)


def test_a_note_names_the_branchs_number_or_says_something_that_is_true_without() -> None:
    note = CallNote(calling="Call {phone}.", without="Call 112.")
    here = replace(CONTENT, branch=replace(CONTENT.branch, phone="08-465 004 01"))
    assert noted(note, here, phrases("en")) == "Call 08-465 004 01."
    assert noted(note, CONTENT, phrases("en")) == "Call 112."
    assert noted(CallNote("Call {phone}."), CONTENT, phrases("en")) == ""
    assert noted(None, here, phrases("en")) == ""
