"""The words of the receipt's phone page."""

from dataclasses import replace

import pytest

from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer, FollowUp, Step
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.receipt_words import Asked, asked, state_in_words, steps_in_words, told
from kiosk.i18n import phrases
from tests.drivers.world import BEGINNING

NOW = BEGINNING.replace(tzinfo=None)
FOUND = FollowUp(
    "feedback",
    State.ANSWERED,
    (Step(State.SENT, BEGINNING), Step(State.ANSWERED, BEGINNING)),
    (Answer("Tack, vi ska se till det.", BEGINNING, "Maj"),),
)


@pytest.mark.parametrize("why", Asked)
def test_the_page_says_why_it_asks_for_a_code(why: Asked) -> None:
    said = asked(phrases("en"), why, "7F3K")
    assert bool(said["mistake"]) is (why is not Asked.NOTHING_YET)
    assert said["typed"] == "7F3K"
    assert said["language"] == "en"


@pytest.mark.parametrize("state", State)
def test_the_page_tells_every_state_in_words(state: State) -> None:
    assert told(phrases("en"), replace(FOUND, state=state), "7F3K9XQ2B4MT", NOW)["now"].endswith(
        "."
    )


def test_the_page_shows_the_answer_and_what_has_happened() -> None:
    said = told(phrases("en"), FOUND, "7F3K9XQ2B4MT", NOW)
    assert said["errand"] == FEEDBACK.title
    assert said["code_in_groups"] == "7F3K-9XQ2-B4MT"
    assert said["answers"] == [
        {
            "text": "Tack, vi ska se till det.",
            "signed": "Maj",
            "at": "Thursday 26 November 09:30",
        }
    ]
    assert [step["state"] for step in said["history"]] == ["sent to the library", "answered"]
    assert [step["at"] for step in said["history"]] == ["Thursday 26 November 09:30"] * 2


def test_an_errand_this_central_does_not_know_is_called_by_its_name() -> None:
    newer = told(phrases("en"), replace(FOUND, errand="shoes"), "0" * 12, NOW)
    assert newer["errand"] == "shoes"


def steps(*states: State) -> tuple[Step, ...]:
    return tuple(Step(each, BEGINNING) for each in states)


def test_the_screen_says_of_what_she_changed_that_it_is_saved_and_not_of_the_errand() -> None:
    speak, sent = phrases("en"), (State.SAVED, State.SENT)
    first = replace(FOUND, state=State.SAVED, history=steps(State.SAVED))
    assert state_in_words(speak, first) == "It is saved here. It has not been sent yet."
    changed = replace(FOUND, state=State.SAVED, history=steps(*sent, State.SAVED))
    assert state_in_words(speak, changed).startswith("What you added or changed is saved here.")
    assert steps_in_words(speak, changed.history)[2] == "added to or changed by you"
    arrived = replace(FOUND, state=State.SENT, history=steps(*sent, *sent))
    assert state_in_words(speak, arrived).startswith("The library has what you added or changed.")
    assert steps_in_words(speak, arrived.history)[3] == "sent to the library"
    read = replace(FOUND, state=State.READ, history=steps(*sent, *sent, State.READ))
    assert state_in_words(speak, read) == "Somebody at the library has read it."


def test_the_phone_page_tells_once_that_it_was_sent_and_then_what_she_changed() -> None:
    history = steps(State.SENT, State.READ, State.SENT)
    said = told(phrases("en"), replace(FOUND, state=State.SENT, history=history), "0" * 12, NOW)
    assert [step["state"] for step in said["history"]] == [
        "sent to the library",
        "read by the library",
        "added to or changed by you",
    ]
    assert said["now"].startswith("The library has what you added or changed.")
