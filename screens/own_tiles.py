"""Own tiles: the screens that are not errands and have a tile; `kiosk.errands.rooms` says where."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from textual.message import Message

from kiosk.domain.content import Content
from kiosk.domain.posting import Board
from kiosk.errands.board_words import BOARD_NAMES
from kiosk.errands.questions import QUESTIONS as ANSWERED
from kiosk.phrase import phrase
from screens.messages import (
    OpenBoard,
    OpenFollowUp,
    OpenGuide,
    OpenHighlights,
    OpenProgramme,
    OpenQuestions,
)


@dataclass(frozen=True, slots=True)
class OwnTile:
    """A tile that opens a screen of its own."""

    value: str
    """By which a room names it."""
    title: str
    """A phrase of at most 24 characters."""
    blurb: str
    """Under the title, one plain sentence, a phrase."""
    message: Callable[[], Message]
    """What pressing it says to the app."""
    offered: Callable[[Content, datetime], bool] = lambda _content, _now: True
    """Whether there is anything behind it now; without, it has no tile."""


PROGRAMME = OwnTile(
    value="programme",
    title=phrase("Programme and sign-up"),
    blurb=phrase("What happens here, and how to take part."),
    message=OpenProgramme,
)
FOLLOW_UP = OwnTile(
    value="follow-up",
    title=phrase("Follow up"),
    blurb=phrase("Read an answer with the code on your receipt."),
    message=OpenFollowUp,
)
GUIDE = OwnTile(
    value="guide",
    title=phrase("Find the right help"),
    blurb=phrase("A letter, a form, a phone: who can help, and how."),
    message=OpenGuide,
    offered=lambda content, _now: bool(content.guide.needs),
)
HIGHLIGHTS = OwnTile(
    value="highlights",
    title=phrase("Coming up"),
    blurb=phrase("A few things coming up soon."),
    message=OpenHighlights,
    offered=lambda content, _now: any(not each.cancelled for each in content.programme),
)
QUESTIONS = OwnTile(
    value=ANSWERED.name,
    title=ANSWERED.title,
    blurb=ANSWERED.blurb,
    message=OpenQuestions,
    offered=lambda content, now: bool(content.asked_on(now.date())),
)


def _board(value: str, board: Board, title: str, blurb: str) -> OwnTile:
    """Make the tile of a board, which has one only while something is on it."""
    return OwnTile(
        value,
        title,
        blurb,
        partial(OpenBoard, board),
        lambda content, _now: bool(content.on_board(board)),
    )


BOARDS = (
    _board(
        "ideas-board",
        Board.IDEA,
        BOARD_NAMES[Board.IDEA],
        phrase("Read what others want, and say “me too”."),
    ),
    _board(
        "book-tips",
        Board.BOOK_TIP,
        BOARD_NAMES[Board.BOOK_TIP],
        phrase("What other readers like."),
    ),
    _board(
        "answers",
        Board.ANSWER,
        phrase("Our answers"),
        phrase("What visitors said, and what we did."),
    ),
    _board(
        "goals",
        Board.GOAL,
        BOARD_NAMES[Board.GOAL],
        phrase("What we have promised, and how it goes."),
    ),
    _board(
        "partners",
        Board.PARTNER,
        BOARD_NAMES[Board.PARTNER],
        phrase("Associations and others we do things with."),
    ),
    _board(
        "methods",
        Board.METHOD,
        BOARD_NAMES[Board.METHOD],
        phrase("Ways to make something together."),
    ),
)
OWN_TILES = {
    tile.value: tile for tile in (PROGRAMME, GUIDE, FOLLOW_UP, HIGHLIGHTS, QUESTIONS, *BOARDS)
}
"""Every own tile by its value."""
