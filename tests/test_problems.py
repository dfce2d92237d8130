"""The catalogue of problems: every code once, with words for both readers."""

import string

import pytest

from kiosk import problems
from kiosk.problems import CATALOGUE, UNREACHABLE, Problem, Trouble


def test_every_problem_is_in_the_catalogue_under_a_code_of_its_own() -> None:
    declared = [each for each in vars(problems).values() if isinstance(each, Problem)]
    assert len(declared) == len(CATALOGUE)
    assert all(code == problem.code for code, problem in CATALOGUE.items())


@pytest.mark.parametrize("problem", CATALOGUE.values(), ids=list(CATALOGUE))
def test_a_problem_says_what_is_wrong_to_visitor_and_technician(problem: Problem) -> None:
    assert problem.visitor.endswith((".", "?"))
    assert problem.exit
    visitor_slots = {name for _, name, _, _ in string.Formatter().parse(problem.visitor) if name}
    assert visitor_slots <= {"code"}


@pytest.mark.parametrize("problem", CATALOGUE.values(), ids=list(CATALOGUE))
def test_every_slot_of_the_remedy_can_be_filled_with_anything(problem: Problem) -> None:
    slots = {name for _, name, _, _ in string.Formatter().parse(problem.technician) if name}
    trouble = Trouble(problem, **dict.fromkeys(slots, "{braces} åäö"))
    assert trouble.remedy == str(trouble)
    assert trouble.remedy.count("{braces}") >= len(slots)


def test_a_trouble_keeps_its_particulars() -> None:
    trouble = Trouble(UNREACHABLE, url="https://library.example", why="timed out")
    assert trouble.particulars == {"url": "https://library.example", "why": "timed out"}
    assert "https://library.example" in trouble.remedy
