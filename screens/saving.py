"""Saving: what becomes of the answers of a form, in a thread, and which message tells of it."""

from collections.abc import Callable

from textual.message import Message

from kiosk.desk import Begun, Desk, correct
from kiosk.domain.errand import Answers
from kiosk.domain.figures import What
from kiosk.errands.correction import CORRECTION
from kiosk.errands.more import MORE_WORDS
from screens.messages import Added, GoBack, HandedIn

Save = Callable[[Answers, str], Message]
"""Makes answers, written in a language, safe on disk; raises Refused or Trouble with none saved."""


def handing_in(desk: Desk, begun: Begun) -> Save:
    """Hand in the errand that was begun."""

    def save(answers: Answers, language: str) -> Message:
        receipt = desk.hand_in(begun, answers, language)
        desk.count(What.FINISHED, receipt.errand, language)
        return HandedIn(receipt)

    return save


def adding(desk: Desk, code: str) -> Save:
    """Put words to what was handed in, by the *code* on its receipt as it was typed."""

    def save(answers: Answers, language: str) -> Message:
        return Added(code, desk.add(code, str(answers.get(MORE_WORDS, "")), language))

    return save


def correcting(desk: Desk, code: str, root: str) -> Save:
    """Put an answer to *root* in the place of the old one, by the *code* as it was typed."""

    def save(answers: Answers, language: str) -> Message:
        found = correct(desk, code, root, answers, language)
        desk.count(What.FINISHED, CORRECTION.name, language)
        return Added(code, found)

    return save


def nothing(_answers: Answers, _language: str) -> Message:
    """Save nothing more: the form has gone, and with it whatever opened a receipt."""
    return GoBack()
