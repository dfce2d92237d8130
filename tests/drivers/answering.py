"""Answers to any errand: a full set for one visit, and a strategy for all valid ones."""

from datetime import datetime
from typing import Any

from hypothesis import strategies as st

from kiosk.domain.content import Content
from kiosk.domain.errand import TIMES, Errand, Kind, Question
from kiosk.domain.text import clean_line
from kiosk.errands.offer import offered

WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(clean_line)
"""Something is left of them once they are clean."""


def full_answers(errand: Errand, content: Content, now: datetime) -> dict[str, Any]:
    """Answer every question that is asked, taking the choices that open the most questions."""
    picks = offered(errand, content, now)
    answers: dict[str, Any] = {}
    for question in errand.questions:
        if question in errand.asked(answers):
            opens = [
                value
                for each in errand.questions
                if each.only_if and each.only_if.question == question.name
                for value in each.only_if.among
            ]
            values = list(picks.get(question.name, [c.value for c in question.choices]))
            answers[question.name] = _one(question, opens or values, values)
    return answers


def _one(question: Question, preferred: list[str], values: list[str]) -> Any:
    """Answer one question plainly."""
    match question.kind:
        case Kind.FACES | Kind.NUMBER:
            return 4
        case Kind.CHOICE | Kind.WORKSHOP | Kind.TASK | Kind.IDEA:
            return next(each for each in preferred if each in values)
        case Kind.CHOICES:
            return values
        case Kind.CONTACT:
            return "siri.sommar@example.org"
        case Kind.CONSENT:
            return True
        case Kind.SEATS:
            return {"adults": 1, "children": 2}
        case Kind.AGREEMENT:
            return {"accepted": True, "mine": "Jag kommer på torsdagar"}
        case Kind.TIMES:
            return ["mon-evening", "sat-morning"]
        case Kind.TEXT | Kind.LONG_TEXT:
            return f"Svaret på {question.name}"


def answer_to(question: Question, values: list[str]) -> st.SearchStrategy[Any]:
    """Generate valid, non-empty answers to one question."""
    most = question.most
    match question.kind:
        case Kind.FACES | Kind.NUMBER:
            return st.integers(1, most)
        case Kind.CHOICE | Kind.WORKSHOP | Kind.TASK | Kind.IDEA:
            return st.sampled_from(values)
        case Kind.CHOICES:
            return st.lists(st.sampled_from(values), min_size=1, unique=True)
        case Kind.CONTACT:
            return st.sampled_from(["a@b.se", "+46 70-123 45 67", "siri@bibliotek.example"])
        case Kind.CONSENT:
            return st.just(value=True)
        case Kind.SEATS:
            return st.integers(1, most).flatmap(
                lambda all_: st.integers(0, all_).map(
                    lambda adults: {"adults": adults, "children": all_ - adults}
                )
            )
        case Kind.AGREEMENT:
            return st.fixed_dictionaries(
                {"accepted": st.just(value=True)}, optional={"mine": st.text(max_size=40)}
            )
        case Kind.TIMES:
            return st.lists(st.sampled_from(TIMES), min_size=1, unique=True)
        case Kind.TEXT | Kind.LONG_TEXT:
            return WORDS.filter(lambda words: len(words) <= most)


@st.composite
def valid_answers(
    draw: st.DrawFn, errand: Errand, content: Content, now: datetime
) -> dict[str, Any]:
    """Generate answers that can be handed in, with optional questions skipped at random."""
    picks = offered(errand, content, now)
    answers: dict[str, Any] = {}
    for question in errand.questions:
        if question in errand.asked(answers) and (question.required or draw(st.booleans())):
            values = list(picks.get(question.name, [c.value for c in question.choices]))
            answers[question.name] = draw(answer_to(question, values))
    return answers
