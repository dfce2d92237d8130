"""The codebase guide names folders and files as they name themselves."""

import re

import pytest

from tests.house.guide import GUIDE, READ_FIRST, brought_up
from tests.house.source import ROOT

TEXT = GUIDE.read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md|toml))?)`", TEXT)
PLACES = (ROOT, ROOT / "kiosk")
"""Where a path of the guide begins."""


def test_the_guide_tells_folders_and_files_to_read_first_as_they_are() -> None:
    assert brought_up(TEXT) == TEXT, "run: just guide"
    assert len(READ_FIRST) == 20


@pytest.mark.parametrize("named", sorted(set(NAMED)))
def test_each_file_that_the_guide_names_is_where_it_says(named: str) -> None:
    assert any((place / named).exists() for place in PLACES)
