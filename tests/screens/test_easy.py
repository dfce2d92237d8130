"""Easier words: a touch away in the languages that have them, and gone with the visit."""

import pytest

from tests.drivers.branch import Branch
from tests.drivers.visitor import visiting


@pytest.mark.parametrize(("language", "there"), [("sv", True), ("da", True), ("fi", False)])
async def test_easier_words_are_offered_where_there_are_some(
    branch: Branch, language: str, there: bool
) -> None:
    async with visiting(branch.desk, language=language) as visitor:
        await visitor.begins()
        assert bool(visitor.app.screen.query("#easy")) is there


@pytest.mark.parametrize("how", ["finger", "key"])
async def test_easier_words_last_as_long_as_the_visit(branch: Branch, how: str) -> None:
    usual = "Vad är du bra på, eller vad vill du lära dig?"
    easier = "Vad är du bra på? Vad vill du lära dig?"
    async with visiting(branch.desk, language="sv") as visitor:
        await visitor.begins()
        for expected in (easier, usual, easier):
            if how == "finger":
                await visitor.touches("#easy")
            else:
                await visitor.presses("f5")
            said = visitor.app.visit.say("What are you good at, or want to learn?")
            assert said == expected
        await visitor.app.start_over()
        assert visitor.app.visit.language == "sv"


async def test_staff_learn_that_she_reads_easier_words(branch: Branch) -> None:
    async with visiting(branch.desk, language="sv") as visitor:
        await visitor.opens("feedback")
        await visitor.presses("f5")
        await visitor.answers(about="staff")
        await visitor.hands_in()
    assert branch.unsealed(branch.events()[-1]).language == "sv-simple"
