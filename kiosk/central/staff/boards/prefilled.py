"""Prefilled: the form for a board, with what a visitor handed in for it already in place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from kiosk.central.staff.boards.forms import PublicationForm
from kiosk.central.staff.boards.overview import BOARD_OF
from kiosk.central.submissions.models import Submission
from kiosk.domain.errand import Errand
from kiosk.domain.posting import Board
from kiosk.errands import ERRANDS
from kiosk.errands.book_tip import BOOK_TIP
from kiosk.errands.idea import IDEA
from kiosk.i18n import LANGUAGES, ordinary, phrases

TEXTS: Mapping[str, Mapping[str, str]] = {
    IDEA.name: {"title": "title", "text": "what"},
    BOOK_TIP.name: {"title": "title", "text": "words"},
}
"""Which question's answer becomes which text. Of the other errands staff write all by themselves:
those were said to the library, not to other visitors."""
SHORT: Mapping[str, Mapping[str, str]] = {
    BOOK_TIP.name: {"rating": "stars", "nickname": "nickname"},
}
"""The same for everything that is no text."""


def prefilled(board: str, submission: Submission | None) -> PublicationForm:
    """Return the form for *board*, filled where *submission* was handed in for that board.

    Not with an idea whose visitor does not want it shown.
    """
    blank = PublicationForm.blank(board, submission)
    if submission is None or BOARD_OF.get(submission.errand, Board.ANSWER) != board:
        return blank
    language = ordinary(submission.language)
    kept_back = submission.answers.get("show") == "no"
    if kept_back or submission.errand not in TEXTS or language not in LANGUAGES:
        return blank
    errand, answers = ERRANDS[submission.errand], submission.answers
    texts = {
        name: {language: str(answers[question])} if answers.get(question) else {}
        for name, question in TEXTS[errand.name].items()
    }
    short = {
        name: _said(errand, question, answers.get(question, ""), language)
        for name, question in SHORT.get(errand.name, {}).items()
    }
    return replace(blank, texts={**blank.texts, **texts}, short={**blank.short, **short})


def _said(errand: Errand, name: str, answer: Any, language: str) -> str:
    """Say an answer in the visitor's language, where it is one of the choices."""
    question = errand.question(name)
    for choice in question.choices if question else ():
        if choice.value == answer:
            return phrases(language).say(choice.label)
    return str(answer)
