"""The main job, whole: a visitor at the screen, central gone and back, a librarian's answer."""

import re
import signal
import time

import pytest
from selenium.webdriver import Chrome

from kiosk.i18n import Phrases, phrases
from screens.widgets.status_line import ALONE_MARK
from tests.drivers.library import Library
from tests.drivers.staff import Staff
from tests.drivers.terminal import Terminal, kiosk

pytestmark = [pytest.mark.terminal, pytest.mark.browser]

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
WITHIN_S = 60.0
LOOK_S = 0.2


def gives_feedback(screen: Terminal, speak: Phrases, words: str) -> str:
    """Hand in feedback by touch and keys; return the code on the receipt."""
    screen.touches(speak.say("Say what you think"))
    screen.wait_for(speak.say("How is the library today?"))
    screen.touches(speak.say("Very good"))
    screen.touches(speak.say("Next"))
    screen.wait_for(speak.say("What is it about?"))
    screen.touches(speak.say("Opening hours"))
    screen.touches(speak.say("Next"))
    screen.wait_for(speak.say("What do you want to say?"))
    screen.types(words)
    screen.wait_for(words)
    screen.touches(speak.say("Next"))
    screen.wait_for(speak.say("Who is speaking?"))
    screen.touches(speak.say("Skip"))
    screen.wait_for(speak.say("Would you like an answer?"))
    screen.touches(speak.say("Skip"))
    screen.wait_for(speak.say("Is this right?"))
    screen.touches(speak.say("Hand in"))
    screen.wait_for(speak.say("I have it. Done"))
    found = CODE.search(screen.text)
    assert found, screen.text
    return found.group()


def follows_up(screen: Terminal, speak: Phrases, code: str) -> None:
    """Type the code at the home screen."""
    screen.touches(speak.say("Follow up"))
    screen.wait_for(speak.say("Type the code from your receipt"))
    screen.types(code)
    screen.touches(speak.say("Show"))


def wait_until_nothing_waits(library: Library) -> None:
    """Ask the running app through its bell until everything has arrived by itself."""
    until = time.monotonic() + WITHIN_S
    while library.kiosk("status", "--json").json["pending"]:
        assert time.monotonic() < until, "it did not arrive within a minute"
        time.sleep(LOOK_S)  # looking without a pause took half a minute of the processor


@pytest.mark.parametrize("language", [pytest.param("sv", marks=pytest.mark.slow), "da"])
def test_a_visit_while_central_is_gone_and_the_answer_that_comes_back(
    library: Library, chrome: Chrome, language: str
) -> None:
    speak = phrases(language)
    library.stop(signal.SIGKILL)
    settings = {**library.environment, "KIOSK_LANGUAGE": language, "KIOSK_HEARTBEAT_S": "2"}
    with Terminal(kiosk("run"), size=(100, 30), environment=settings) as screen:
        screen.wait_for(speak.say("Touch here, or press any key").split()[0])
        screen.types(" ")
        screen.wait_for(ALONE_MARK)  # shorter words stand there before closing time
        code = gives_feedback(screen, speak, "Katten på disken är underbar")
        assert screen.shows(
            speak.say("It is saved here. It is sent by itself when we have a connection.")
        )
        library.start()
        wait_until_nothing_waits(library)
        library.understand()

        linnea = Staff(chrome, library.url)
        linnea.log_in(*library.logins["librarian"])
        assert len(linnea.inbox()) == 1
        assert "Katten på disken är underbar" in linnea.open()
        linnea.answer("Hon heter Disa.")
        linnea.log_out()
        library.kiosk("sync")

        screen.touches(speak.say("I have it. Done"))
        screen.wait_for(speak.say("Touch here, or press any key").split()[0])
        assert not screen.shows("Katten")
        screen.types(" ")
        screen.wait_for(speak.say("What would you like to do?"))
        follows_up(screen, speak, code)
        screen.wait_for("Hon heter Disa.")
        assert screen.shows(speak.say("You have an answer."))
        screen.touches(speak.say("Take it back"))
        screen.wait_for(speak.say("Yes, take it back"))
        screen.touches(speak.say("Yes, take it back"))
        screen.wait_for(speak.say("You have taken it back."))
        wait_until_nothing_waits(library)
        assert [row["state"] for row in library.exported()] == ["withdrawn"]
        screen.send_signal(signal.SIGTERM)
        assert screen.wait_for_end() == 128 + signal.SIGTERM
