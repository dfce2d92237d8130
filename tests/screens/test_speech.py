"""Speech: what is read aloud, by the real espeak-ng, and that any key ends it."""

import shutil
import sys
import wave
from pathlib import Path

import pytest

from kiosk.desk import Desk
from kiosk.i18n import LANGUAGES
from screens.aloud import aloud
from screens.messages import OpenErrand
from screens.speech import SOUND_CARDS, Speech, find_speech
from tests.drivers.visitor import Visitor, visiting
from tests.drivers.walk import at_rest

VOICE = shutil.which("espeak-ng")
PATIENT = [sys.executable, "-c", "import sys, time; sys.stdin.read(); time.sleep(60)"]
"""Stands in for a long text: reads on until it is told to stop."""
needs_voice = pytest.mark.skipif(VOICE is None, reason="needs Debian's espeak-ng")


def said(visitor: Visitor) -> str:
    return aloud(visitor.app.screen, visitor.app.visit.phrases)


def heard(visitor: Visitor) -> bool:
    return visitor.app.visit.speech.speaks


async def test_a_question_is_read_with_its_mistake_first_and_its_choices_by_number(
    desk: Desk,
) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        visitor.app._open_errand(OpenErrand(desk.errands["feedback"], {"mood": 4}))
        await at_rest(visitor.app)
        await visitor.touches("#next")
        lines = said(visitor).splitlines()
        assert lines[0] == "▲ Please answer this one, or cancel."
        assert lines[1] == "What is it about?"
        assert "1: Learning. study, courses, homework." in lines
        await visitor.presses("7")
        last = said(visitor).splitlines()[-1]
        assert last.startswith("You are at: 7: ")
        assert ", chosen" in last


async def test_the_code_is_spelled(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff")
        receipt = await visitor.hands_in()
        assert ", ".join(receipt.code) + "." in said(visitor)
        assert receipt.code_in_groups not in said(visitor)


@pytest.mark.parametrize("way", ["key", "finger"])
async def test_a_key_or_a_touch_reads_and_the_next_key_ends_it(desk: Desk, way: str) -> None:
    async with visiting(desk, speech=Speech(PATIENT)) as visitor:
        await visitor.opens("feedback")
        speech = visitor.app.visit.speech
        focused = visitor.app.focused
        await (visitor.presses("f4") if way == "key" else visitor.touches("#listen"))
        assert heard(visitor)
        assert visitor.app.focused is focused
        await visitor.presses("right")
        assert not heard(visitor)
        await visitor.presses("f4")
        assert heard(visitor)
        await visitor.app.start_over()
        assert not heard(visitor)
        assert speech._last == ("", "")


async def test_a_kiosk_without_a_voice_has_no_button_and_its_key_does_nothing(desk: Desk) -> None:
    async with visiting(desk, speech=Speech([])) as visitor:
        await visitor.begins()
        assert not visitor.app.screen.query("#listen")
        await visitor.presses("f4")
        assert not visitor.app.visit.speech.speaks


def test_a_machine_without_sound_card_has_no_voice(tmp_path: Path) -> None:
    cards = tmp_path / "cards"
    assert not find_speech(cards).there
    cards.write_text("--- no soundcards ---\n")
    assert not find_speech(cards).there
    cards.write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n")
    assert find_speech(cards).there == (VOICE is not None)
    assert SOUND_CARDS.is_absolute()


def test_a_voice_that_cannot_be_started_is_silence() -> None:
    speech = Speech(["/no/such/voice"])
    speech.say("Hej", "sv")
    assert not speech.speaks


@needs_voice
@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_second_time_it_is_read_slowly_and_then_as_before(
    language: str, tmp_path: Path
) -> None:
    lengths = []
    speech = Speech([str(VOICE), "-w", str(tmp_path / "said.wav")])
    for _ in range(3):
        speech.say("7, F, 3, K. 2026", language)
        assert speech._voice is not None
        assert speech._voice.wait(20) == 0
        with wave.open(str(tmp_path / "said.wav")) as told:
            lengths.append(told.getnframes())
    first, slowly, again = lengths
    assert first > 0
    assert slowly > 1.3 * first
    assert again == first
