"""The catalogue of problems: every code once, with words for both readers."""

import errno
import importlib
import os
import pkgutil
import string

import pytest

from kiosk import problems
from kiosk.problems import CATALOGUE, UNREACHABLE, Problem, Trouble, meaning


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


@pytest.mark.parametrize("number", [None, *errno.errorcode])
def test_every_error_of_the_system_is_told_with_its_own_words_and_something_to_do(
    number: int | None,
) -> None:
    own = os.strerror(number) if number else "odd"
    told = meaning(OSError(number, own) if number else OSError(own))
    what, _, remedy = told.partition("; ")
    assert own in what
    assert remedy


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "may not"),
        (errno.EROFS, "read-only"),
        (errno.ENOSPC, "full"),
        (errno.EEXIST, "already"),
        (errno.ENOENT, "no such file"),
        (errno.EISDIR, "a folder"),
        (errno.EADDRINUSE, "another program"),
        (errno.ENOLCK, "locked"),
    ],
)
def test_no_trouble_is_told_as_another(number: int, words: str) -> None:
    told = meaning(OSError(number, os.strerror(number)))
    assert words in told.partition(" (")[0]
    assert ("make room" in told) is (number == errno.ENOSPC)
