"""A questionnaire: what staff can ask, and when visitors meet it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kiosk import wire
from kiosk.domain.errand import Kind, OnlyIf
from kiosk.domain.questionnaire import (
    RESERVED,
    Option,
    Questionnaire,
    QuestionnaireFault,
    WrittenQuestion,
    fault,
    is_same_question,
)
from tests.drivers.published import CONTENT

DAY = date(2026, 11, 26)
FOUND = WrittenQuestion(
    "found",
    Kind.CHOICE,
    {"sv": "Hittade du?"},
    choices=(Option("yes", {"sv": "Ja"}), Option("no", {"sv": "Nej"})),
)
WHY = WrittenQuestion("why", Kind.TEXT, {"sv": "Varför?"}, only_if=OnlyIf("found", ("no",)))
GOOD = Questionnaire("q-1", {"sv": "Två frågor"}, (FOUND, WHY))


def asking(*questions: WrittenQuestion) -> Questionnaire:
    return replace(GOOD, questions=questions)


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (replace(GOOD, title={"sv": " "}), QuestionnaireFault.NO_TITLE),
        (asking(), QuestionnaireFault.NO_QUESTIONS),
        (asking(replace(FOUND, kind="hologram")), QuestionnaireFault.UNKNOWN_KIND),
        (asking(replace(FOUND, kind=Kind.CONTACT)), QuestionnaireFault.UNKNOWN_KIND),
        (asking(replace(FOUND, ask={})), QuestionnaireFault.NO_WORDS),
        (
            asking(replace(FOUND, choices=(*FOUND.choices, Option("x", {})))),
            QuestionnaireFault.NO_WORDS,
        ),
        (asking(replace(FOUND, name="")), QuestionnaireFault.NAME_TAKEN),
        (asking(FOUND, FOUND), QuestionnaireFault.NAME_TAKEN),
        (asking(replace(FOUND, choices=FOUND.choices[:1])), QuestionnaireFault.TOO_FEW_CHOICES),
        (asking(replace(FOUND, choices=FOUND.choices * 2)), QuestionnaireFault.CHOICE_TWICE),
        (asking(WHY, FOUND), QuestionnaireFault.NOT_ASKED_BEFORE),
        *(
            (asking(replace(FOUND, name=each)), QuestionnaireFault.NAME_TAKEN)
            for each in sorted(RESERVED)
        ),
    ],
)
def test_what_cannot_be_drawn_is_named_and_never_shown(
    wrong: Questionnaire, found: QuestionnaireFault
) -> None:
    assert fault(wrong) is found
    assert not wrong.asked_on(DAY)


@pytest.mark.parametrize(
    ("since", "until", "asked"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (date(2026, 11, 27), None, False),
        (None, date(2026, 11, 25), False),
    ],
)
def test_it_is_asked_from_its_first_day_through_its_last(
    since: date | None, until: date | None, asked: bool
) -> None:
    dated = replace(GOOD, since=since, until=until)
    assert fault(dated) is None
    assert dated.asked_on(DAY) is asked
    content = replace(CONTENT, questionnaires=(dated,))
    assert content.asked_on(DAY) == ((dated,) if asked else ())


def test_it_comes_down_as_content_and_older_content_has_none() -> None:
    content = replace(CONTENT, questionnaires=(replace(GOOD, until=DAY),))
    assert wire.decode_content(wire.encode_content(content)) == content
    older = wire.decode(wire.encode_content(CONTENT), dict)
    del older["questionnaires"]
    assert wire.decode_content(wire.encode(older)).questionnaires == ()


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True),
        ({"name": "q7"}, True),
        ({"ask": {"sv": "Kom du?", "da": "Kom du igen?"}}, True),
        ({"ask": {"sv": "Kom du nu?"}}, False),
        ({"kind": Kind.CHOICES}, False),
        ({"choices": (Option("a", {"sv": "Ja"}), Option("b", {"sv": "Nej"}))}, True),
        ({"choices": (Option("1", {"sv": "Ja"}), Option("2", {"sv": "Kanske"}))}, False),
        ({"choices": (Option("1", {"sv": "Ja"}),)}, False),
    ],
)
def test_a_question_is_the_same_while_one_language_says_the_same(
    changed: dict[str, Any], same: bool
) -> None:
    choices = (Option("1", {"sv": "Ja"}), Option("2", {"sv": "Nej"}))
    question = WrittenQuestion("q1", Kind.CHOICE, {"sv": "Kom du?"}, choices=choices)
    assert is_same_question(question, replace(question, **changed)) is same
