"""The catalogue of problems: every code once, with words for both readers."""

import importlib
import pkgutil
import string

import pytest

from kiosk import problems
from kiosk.problems import CATALOGUE, UNREACHABLE, Problem, Trouble


def test_every_problem_is_in_the_catalogue_under_a_code_of_its_own() -> None:
    files = [
        importlib.import_module(f"kiosk.problems.{each.name}")
        for each in pkgutil.iter_modules(problems.__path__)
    ]
    declared = [
        (name, each)
        for file in files
        for name, each in vars(file).items()
        if isinstance(each, Problem)
    ]
    assert len(declared) == len(CATALOGUE) > 50
    assert all(code == problem.code for code, problem in CATALOGUE.items())
    assert all(getattr(problems, name) is problem for name, problem in declared)


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
