"""The handbook's pages are as the declarations are now, in every language it is written in."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import places
from tests.house.handbook import LANGUAGES, PAGES
from tests.house.handbook.composing import asked_for
from tests.house.handbook.words import Unsaid, Words, written
from tests.house.source import ROOT

FILES = [f"{page}.{language}.md" for page in PAGES for language in LANGUAGES]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages anew: in a program of its own, where Django may be set up."""
    folder = tmp_path_factory.mktemp("handbook")
    subprocess.run(
        [sys.executable, "-m", "tests.house.handbook", str(folder)], cwd=ROOT, check=True
    )
    return folder


@pytest.mark.parametrize("file", FILES)
def test_a_page_is_as_the_declarations_are(file: str, fresh: Path) -> None:
    kept = (places.ASSETS / "handbook" / file).read_text(encoding="utf-8")
    assert kept == (fresh / file).read_text(encoding="utf-8"), "run: just handbook"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_the_same_in_every_language(page: str) -> None:
    told = [asked_for(page, language) for language in LANGUAGES]
    assert told[0]
    assert all(each == told[0] for each in told)


def test_every_passage_is_written_in_every_language_and_nowhere_left_in_english() -> None:
    for name, told in _passages(written()):
        assert set(LANGUAGES) <= set(told), name
        assert told["en"] not in (told["sv"], told["da"]), name


def test_a_button_that_nobody_shows_cannot_be_quoted() -> None:
    assert Words("sv").label("Erase everything") == "Radera allt"
    assert Words("en").label("Erase everything") == "Erase everything"
    with pytest.raises(Unsaid):
        Words("sv").label("Erase something")


def _passages(told: dict[str, Any], at: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    for name, each in told.items():
        if isinstance(each, dict) and not set(LANGUAGES) & set(each):
            yield from _passages(each, f"{at}{name}.")
        elif isinstance(each, dict):
            yield f"{at}{name}", each
