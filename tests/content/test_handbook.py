"""The handbook says what the program says: codes, settings, errands, decisions."""

import re
from pathlib import Path

import pytest

from kiosk import places
from kiosk.config import Settings
from kiosk.problems import CATALOGUE

HANDBOOK = places.ASSETS / "handbook"
DECISIONS = sorted((HANDBOOK / "decisions").glob("*.md"))


def page(name: str) -> str:
    """Return one page of the handbook."""
    return (HANDBOOK / f"{name}.md").read_text(encoding="utf-8")


def test_the_technician_finds_every_fault_code_and_no_other() -> None:
    assert re.findall(r"^\| ([A-Z]\d\d) ", page("technician"), re.MULTILINE) == list(CATALOGUE)


def test_the_technician_finds_every_setting() -> None:
    section = page("technician").partition("## Settings of a kiosk")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` ", section, re.MULTILINE)
    assert listed == list(Settings.__struct_fields__)


def test_the_settings_are_told_with_their_true_defaults() -> None:
    text = page("technician")
    for name, default in zip(Settings.__struct_fields__, Settings.__struct_defaults__, strict=True):
        row = next(line for line in text.splitlines() if line.startswith(f"| `{name}` "))
        if default:
            assert row.endswith((f"| `{default}` |", f"| {default} |")), row


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_says_why_and_what_follows(decision: Path) -> None:
    text = decision.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(decision.stem[:4])}. ")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(path.stem[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
