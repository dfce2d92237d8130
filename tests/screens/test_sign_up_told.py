"""The receipt of a sign-up and its follow-up say what, when and where, in every language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.receipt import State
from kiosk.errands.occasion import occasion_in_words
from kiosk.errands.sign_up import SIGN_UP
from kiosk.i18n import LANGUAGES, phrases
from screens.followed import FollowedScreen
from screens.numbers import NumberKeys
from screens.receipt import ReceiptScreen
from screens.widgets.qr_code import QrCode
from tests.desk.test_correcting import PARTY
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT, KNITTING
from tests.drivers.sampled import sampled
from tests.drivers.visitor import visiting
from tests.errands.test_occasion import meetings

SERIES = replace(
    KNITTING,
    place="Salen",
    meetings=meetings(*(f"2026-12-{day:02}T18:00" for day in (3, 10, 17, 24, 31))),
)


@pytest.fixture
def in_series(tmp_path: Path) -> Iterator[Branch]:
    """Let the knitting café be a series of five."""
    branch = Branch(tmp_path / "kiosk", content=replace(CONTENT, programme=(SERIES,)))
    yield branch
    branch.close()


@pytest.mark.parametrize(("language", "size"), sampled(LANGUAGES, [(60, 20), (80, 24), (160, 45)]))
async def test_receipt_and_follow_up_say_what_when_and_where(
    in_series: Branch, language: str, size: tuple[int, int]
) -> None:
    expected = " ".join(occasion_in_words(SERIES, "Ekenäs bibliotek", phrases(language)).lines)
    receipt = in_series.hand_in(SIGN_UP, PARTY)
    async with visiting(in_series.desk, size=size, language=language) as visitor:
        await visitor.begins()
        visitor.app.push_screen(ReceiptScreen(receipt, SIGN_UP))
        await visitor.settles()
        assert said(visitor.text, expected), visitor.text
        visitor.app.push_screen(FollowedScreen(receipt.code, in_series.desk.look_up(receipt.code)))
        await visitor.settles()
        assert said(visitor.text, expected), visitor.text


@pytest.mark.parametrize(
    ("meetings_held", "size"), sampled([1, 8, 20], [(80, 24), (100, 30), (160, 45)])
)
async def test_the_code_for_a_phone_is_shown_whole_or_on_a_screen_of_its_own(
    tmp_path: Path, size: tuple[int, int], meetings_held: int
) -> None:
    weekly = [KNITTING.starts + timedelta(weeks=week) for week in range(meetings_held)]
    series = replace(SERIES, meetings=meetings(*(each.isoformat() for each in weekly)))
    branch = Branch(tmp_path / "kiosk", content=replace(CONTENT, programme=(series,)))
    receipt = branch.hand_in(SIGN_UP, PARTY)
    async with visiting(branch.desk, size=size) as visitor:
        await visitor.begins()
        visitor.app.push_screen(ReceiptScreen(receipt, SIGN_UP))
        await visitor.settles()
        code, apart = visitor.app.screen.query_one(QrCode), visitor.app.screen.query_one("#phone")
        assert code.display is not apart.display
        assert receipt.code_in_groups in visitor.text, "the code is never cut off"
        ways = NumberKeys(visitor.app.screen)._ways
        assert {number: each.digit for number, each in ways.items()} == {
            each: each for each in ways
        }
        if code.display:
            codes = visitor.app.screen.query_one("#receipt-codes")
            assert codes.region.contains_region(code.region)
    branch.close()


def said(shown: str, expected: str) -> bool:
    """Tell whether all words of *expected* stand on a screen, however its lines are broken."""
    words = shown.split()
    return all(word in words for word in expected.split())


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_place_is_cancelled_where_other_errands_are_taken_back(
    in_series: Branch, language: str
) -> None:
    say = phrases(language).say
    receipt = in_series.hand_in(SIGN_UP, PARTY)
    async with visiting(in_series.desk, size=(80, 24), language=language) as visitor:
        await visitor.begins()
        visitor.app.push_screen(FollowedScreen(receipt.code, in_series.desk.look_up(receipt.code)))
        await visitor.settles()
        assert visitor.sees(say("Cancel sign-up"))
        assert not visitor.sees(say("Take it back"))
        await visitor.touches("#take-back")
        assert visitor.sees(say("Cancel your sign-up? Somebody else can then get the place."))
        await visitor.touches("#yes")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        assert in_series.desk.look_up(receipt.code).state is State.WITHDRAWN
