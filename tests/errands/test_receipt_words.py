"""The words of the receipt's phone page."""

from dataclasses import replace

import pytest

from kiosk.domain.receipt import State
from kiosk.domain.submission import Answer, FollowUp, Step
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.receipt_words import Asked, asked, told
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
