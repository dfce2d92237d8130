"""The list of errands, as scripts read it."""

from pathlib import Path

from kiosk.desk import listing
from kiosk.errands import ERRANDS
from tests.drivers.branch import Branch


def test_every_question_is_listed_with_what_it_takes(branch: Branch) -> None:
    listed = {each["name"]: each for each in listing.errands(branch.home, "en")}
    assert list(listed) == list(ERRANDS)
    questions = {each["name"]: each for each in listed["feedback"]["questions"]}
    assert questions["mood"]["choices"][4] == {"value": 5, "label": "Very good"}
    assert questions["mood"]["limit"] == 5
    assert questions["about"]["required"]
    assert questions["about"]["choices"][0] == {"value": "learning", "label": "Learning"}
    assert questions["about"]["limit"] is None
    assert questions["words"]["personal"]
    assert questions["contact"]["only_if"] == {"question": "wants_answer", "among": ["yes"]}


def test_a_kiosk_without_a_library_lists_its_errands_too(tmp_path: Path) -> None:
    listed = {each["name"]: each for each in listing.errands(tmp_path, "en")}
    workshop = listed["sign-up"]["questions"][0]
    assert (workshop["kind"], workshop["choices"]) == ("workshop", [])
