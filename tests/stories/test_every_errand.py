"""Every errand in a real terminal, by each kind of hand, from rest to the receipt and to staff."""

import signal
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk import places, wire
from kiosk.errands import NAMED
from kiosk.errands.questions import QUESTIONS
from kiosk.i18n import EASY, LANGUAGES, ordinary
from tests.drivers.at_terminal import AtTerminal
from tests.drivers.clerk import Clerk
from tests.drivers.library import Library
from tests.drivers.shipped import shipped_branch, shipped_content
from tests.drivers.terminal import Terminal, kiosk
from tests.drivers.terminal_hands import HANDS

pytestmark = pytest.mark.terminal

EVERY = [name for name in NAMED if name != QUESTIONS.name] + [QUESTIONS.name]
ROUND = [("digits", "wish"), ("touch", "fault")]
"""One start of the program, two visitors; `test_one_hand` has Tab."""


def test_two_visitors_hand_in_by_digits_and_by_touch(tmp_path: Path) -> None:
    now = datetime.now(UTC).astimezone()
    branch = shipped_branch(tmp_path / "kiosk", now)
    settings = {"KIOSK_LANGUAGE": "da"}
    hands = []
    with Terminal(kiosk("run", "--home", str(branch.home)), environment=settings) as screen:
        visitor = AtTerminal(screen, shipped_content("hamnen", now), "da-simple")
        for hand, name in ROUND:
            visitor.takes(hand)
            visitor.does(name)
            hands.append(visitor.hand)
        screen.send_signal(signal.SIGTERM)
        screen.wait_for_end()
    handed = [each for each in branch.events() if each.type != wire.COUNTED]
    told = [branch.unsealed(each) for each in handed]
    branch.close()
    assert [each.type for each in handed] == [f"{name}.submitted" for _, name in ROUND]
    assert {each.language for each in told} == {"da-simple"}
    assert all(hand.words in each.answers.values() for each, hand in zip(told, hands, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("connected", [True, False], ids=["online", "offline"])
@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("language", [*LANGUAGES, *EASY.values()])
def test_every_errand_reaches_the_staff(
    library: Library, language: str, hand: str, connected: bool
) -> None:
    library.sync()
    content = wire.decode_content(places.content(library.home).read_bytes())
    if not connected:
        library.stop(signal.SIGKILL)
    settings = {**library.environment, "KIOSK_LANGUAGE": ordinary(language), "KIOSK_IDLE_S": "3600"}
    with Terminal(kiosk("run"), size=(100, 30), environment=settings) as screen:
        visitor = AtTerminal(screen, content, language)
        visitor.takes(hand)
        codes = {name: visitor.does(name) for name in EVERY}
        visitor.says_me_too()
        visitor.asks_the_guide()
        visitor.reads_the_boards()
        visitor.follows(codes["wish"])
        visitor.corrects("wish", "title")
        visitor.leaves(visitor.speak.say("Done"))
        visitor.follows(codes["feedback"])
        visitor.says_more()
        visitor.takes_back(erase=False)
        visitor.follows(codes["panel"])
        visitor.takes_back(erase=True)
        if not connected:
            library.start()
        while library.kiosk("sync", "--json").json["pending"]:
            pass
        screen.send_signal(signal.SIGTERM)
        screen.wait_for_end()
    rows = library.exported()
    assert Counter(row["errand"] for row in rows) == Counter(set(EVERY) - {"panel"})
    assert {row["language"] for row in rows} == {language}
    states = {row["errand"]: row["state"] for row in rows}
    assert {name for name, state in states.items() if state == "withdrawn"} == {"feedback"}
    pages = Clerk(library.url).log_in(*library.logins["librarian"]).inbox()
    assert len(pages) == len(rows)
    assert sum(visitor.hand.words in page for page in pages) == len(rows)
