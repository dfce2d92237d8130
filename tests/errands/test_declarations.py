"""Every errand's declaration keeps the promises that the rest of the program builds on."""

from collections import Counter

import pytest

from kiosk.domain.errand import TIMES, Errand, Kind, Question
from kiosk.errands import ERRANDS

PICKED = {Kind.CHOICE, Kind.CHOICES}
every_errand = pytest.mark.parametrize("errand", ERRANDS.values(), ids=list(ERRANDS))
every_question = pytest.mark.parametrize(
    ("errand", "question"),
    [(errand, question) for errand in ERRANDS.values() for question in errand.questions],
    ids=lambda each: each.name,
)


def test_every_errand_stands_under_its_own_name() -> None:
    assert all(name == errand.name for name, errand in ERRANDS.items())


@every_errand
def test_a_title_fits_on_its_tile(errand: Errand) -> None:
    assert 0 < len(errand.title) <= 24
    assert errand.blurb.endswith(".")
    assert errand.thanks.endswith((".", "!"))


@every_errand
def test_the_questions_of_an_errand_have_names_of_their_own(errand: Errand) -> None:
    assert errand.questions
    assert max(Counter(each.name for each in errand.questions).values()) == 1


@every_errand
def test_an_errand_asks_for_one_workshop_one_task_and_one_party_at_most(errand: Errand) -> None:
    kinds = Counter(each.kind for each in errand.questions)
    assert all(kinds[kind] <= 1 for kind in (Kind.WORKSHOP, Kind.TASK, Kind.SEATS))


@every_question
def test_a_question_asks_and_ends_in_a_question_mark(errand: Errand, question: Question) -> None:
    assert question.ask.endswith("?")
    assert not question.help or question.help.endswith(".")
    assert question.name.isidentifier()


@every_question
def test_a_limit_is_one_that_a_visitor_can_meet(errand: Errand, question: Question) -> None:
    match question.kind:
        case Kind.FACES:
            assert question.most == 5
        case Kind.NUMBER:
            assert 1 <= question.most <= 9999
        case Kind.SEATS:
            assert 1 <= question.most <= 6
        case Kind.TEXT | Kind.CONTACT:
            assert 20 <= question.most <= 200
        case Kind.LONG_TEXT | Kind.AGREEMENT:
            assert 200 <= question.most <= 4000
        case _:
            assert question.limit == 0


@every_question
def test_choices_are_declared_once_each_and_only_where_something_is_picked(
    errand: Errand, question: Question
) -> None:
    assert bool(question.choices) is (question.kind in PICKED)
    for said in ("value", "label"):
        seen = [getattr(choice, said) for choice in question.choices]
        assert len(set(seen)) == len(seen)
        assert all(seen)


@every_question
def test_a_condition_names_an_earlier_question_and_answers_it_can_have(
    errand: Errand, question: Question
) -> None:
    condition = question.only_if
    if condition is None:
        return
    before = errand.questions[: errand.questions.index(question)]
    asked = next(each for each in before if each.name == condition.question)
    possible = {
        Kind.SEATS: {"adults", "children"},
        Kind.CONSENT: {"true"},
        Kind.TIMES: set(TIMES),
        Kind.FACES: {str(n) for n in range(1, 6)},
    }.get(asked.kind, {choice.value for choice in asked.choices})
    assert set(condition.among) <= possible


@every_question
def test_what_a_visitor_writes_herself_is_personal(errand: Errand, question: Question) -> None:
    written = {Kind.TEXT, Kind.LONG_TEXT, Kind.CONTACT, Kind.AGREEMENT}
    assert question.personal or question.kind not in written
