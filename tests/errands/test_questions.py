"""A questionnaire as an errand for one reader."""

import pytest

from kiosk.domain.errand import Answers, Kind
from kiosk.domain.mistake import Reason, mistakes
from kiosk.errands import ERRANDS, NAMED
from kiosk.errands.questions import QUESTIONS, as_errand, named
from kiosk.i18n import LANGUAGES, phrases
from tests.domain.test_questionnaire import GOOD


def test_it_ends_with_an_open_question_that_may_tell_who_she_is() -> None:
    errand = as_errand(GOOD, "sv")
    last = errand.questions[-1]
    assert [each.name for each in errand.questions] == ["found", "why", "words"]
    assert (last.kind, last.personal, last.required) == (Kind.LONG_TEXT, True, False)
    assert [each.personal for each in errand.questions] == [False, True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_words_are_said_as_staff_wrote_them(language: str) -> None:
    errand, speak = as_errand(GOOD, language), phrases(language)
    assert speak.say(errand.title) == "Två frågor"
    assert speak.say(errand.questions[0].ask) == "Hittade du?"
    assert [speak.say(each.label) for each in errand.questions[0].choices] == ["Ja", "Nej"]


def test_it_is_checked_like_any_errand() -> None:
    errand = as_errand(GOOD, "sv")
    assert mistakes(errand, {"found": "no", "why": "Stängt", "words": "Hej"}, {}) == {}
    found = mistakes(errand, {"found": "yes", "why": "Stängt"}, {})
    assert found["why"].reason is Reason.NOT_ASKED
    assert mistakes(errand, {"found": "perhaps"}, {})["found"].reason is Reason.NOT_A_CHOICE


def test_its_answers_tell_which_questionnaire_they_answer() -> None:
    assert named({"found": "no"} | dict(as_errand(GOOD, "sv").marks)) == ("q-1", 1)


@pytest.mark.parametrize(
    "answers",
    [{}, {"questionnaire": 1, "version": 1}, {"questionnaire": "q", "version": True}],
)
def test_answers_that_tell_nothing_of_it_name_none(answers: Answers) -> None:
    assert named(answers) == ("", 0)


def test_it_has_a_name_but_no_tile_of_its_own_among_the_errands() -> None:
    assert NAMED["questions"] is QUESTIONS
    assert "questions" not in ERRANDS
