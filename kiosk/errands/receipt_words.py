"""What has become of a receipt, in words, and all that its phone page says."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from kiosk.domain.receipt import State, spaced
from kiosk.domain.submission import FollowUp, Step
from kiosk.errands import NAMED
from kiosk.errands.occasion import occasion_in_words
from kiosk.errands.seat_words import headline, reason
from kiosk.i18n import Phrases
from kiosk.phrase import phrase
from kiosk.problems import MISTYPED_CODE, TOO_MANY_GUESSES


class Asked(StrEnum):
    """Why the page asks for a code."""

    NOTHING_YET = "nothing_yet"
    """None was given."""
    MISTYPED = "mistyped"
    """What was given is no code."""
    UNKNOWN = "unknown"
    """Nothing is found under it."""
    TOO_OFTEN = "too_often"
    """There were too many wrong tries."""


_MISTAKES: Mapping[Asked, str] = {
    Asked.MISTYPED: MISTYPED_CODE.visitor,
    Asked.UNKNOWN: phrase(
        "We find nothing under that code yet. What is saved without a network comes later. "
        "What was erased is gone for good."
    ),
    Asked.TOO_OFTEN: TOO_MANY_GUESSES.visitor,
}

STATES: Mapping[State, str] = {
    State.SAVED: phrase("It is saved here. It has not been sent yet."),
    State.SENT: phrase("The library has it. Nobody has read it yet."),
    State.READ: phrase("Somebody at the library has read it."),
    State.ANSWERED: phrase("You have an answer."),
    State.WITHDRAWN: phrase("You have taken it back."),
    State.ERASED: phrase("Everything about it is erased."),
}
"""How far an errand has come now."""

MORE: Mapping[State, str] = {
    State.SAVED: phrase("What you added or changed is saved here. It has not been sent yet."),
    State.SENT: phrase("The library has what you added or changed. Nobody has read that yet."),
}
"""How far that has come which she did to it afterwards."""

STEPS: Mapping[State, str] = {
    State.SAVED: phrase("saved here"),
    State.SENT: phrase("sent to the library"),
    State.READ: phrase("read by the library"),
    State.ANSWERED: phrase("answered"),
    State.WITHDRAWN: phrase("taken back by you"),
    State.ERASED: phrase("erased by you"),
}
"""What happened on the way, beside its time."""

CHANGED = phrase("added to or changed by you")


def state_in_words(speak: Phrases, found: FollowUp) -> str:
    """Say how far an errand has come, or what she did to it afterwards."""
    afterwards = any(_is_afterwards(found.history, place) for place in range(len(found.history)))
    return speak.say((MORE if afterwards else {}).get(found.state, STATES[found.state]))


def steps_in_words(speak: Phrases, history: Sequence[Step]) -> list[str]:
    """Say what happened on the way, one text for each step of *history*."""
    return [
        speak.say(CHANGED if _is_afterwards(history, place) else STEPS[step.state])
        for place, step in enumerate(history)
    ]


def _is_afterwards(history: Sequence[Step], place: int) -> bool:
    """Tell whether a step was hers, after handing in: saved here again, or new to staff again.

    Central saves nothing before it has been sent, so there what is sent again has changed.
    """
    before = {each.state for each in history[:place]}
    match history[place].state:
        case State.SAVED:
            return bool(before)
        case State.SENT:
            return State.SENT in before and State.SAVED not in before
        case _:
            return False


def asked(speak: Phrases, why: Asked, typed: str = "") -> dict[str, Any]:
    """Say what the page says while it asks for a code."""
    return {
        **_around(speak),
        "mistake": speak.say(_MISTAKES.get(why, "")),
        "typed": typed,
        "lead": speak.say("Type the code from your receipt, and see what has happened."),
        "label": speak.say("The code on your receipt"),
        "hint": speak.say("Twelve characters. Small or capital letters, both are fine."),
        "button": speak.say("Show"),
    }


def told(
    speak: Phrases, found: FollowUp, code: str, now: datetime, branch: str = ""
) -> dict[str, Any]:
    """Say how far an errand has come, and every answer to it.

    Times are said as they stand in *found*; *now* is on the same clock, without offset. *branch*
    is the name of where that is which was signed up for.
    """
    errand = NAMED.get(found.errand)
    return {
        **_around(speak),
        "code": code,
        "code_in_groups": spaced(code),
        "errand": speak.say(errand.title) if errand else found.errand,
        "state": found.state.value,
        "now": state_in_words(speak, found),
        "occasion": occasion_in_words(found.workshop, branch, speak).lines
        if found.seat or found.workshop
        else (),
        "seat": headline(found.seat, speak) if found.seat else "",
        "seat_why": reason(found.seat, speak, now) if found.seat else "",
        "answers_heading": speak.say("The library answers"),
        "answers": [
            {"text": each.text, "signed": each.signed, "at": speak.moment(each.at)}
            for each in found.answers
        ],
        "history_heading": speak.say("What has happened"),
        "history": [
            {"state": said, "at": speak.moment(step.at)}
            for said, step in zip(steps_in_words(speak, found.history), found.history, strict=True)
        ],
        "remember": speak.say(
            "To take it back or erase it, use your code on the screen at the library."
        ),
        "again": speak.say("Look up another code"),
    }


def _around(speak: Phrases) -> dict[str, Any]:
    return {
        "language": speak.language,
        "heading": speak.say("Follow up"),
        "languages_label": speak.say("Language"),
    }
