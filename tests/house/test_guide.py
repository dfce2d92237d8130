"""The codebase guide names every file as it names itself."""

from tests.house.guide import GUIDE, brought_up


def test_the_guide_lists_every_file_as_it_is() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert text == brought_up(text), "run: just guide"
