"""A posting: one thing on the boards, in words that a member of staff has approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.texts import Texts


class Board(StrEnum):
    """What a posting is; a kiosk passes over what it does not know."""

    IDEA = "idea"
    """What visitors want to do together with the library."""
    BOOK_TIP = "book_tip"
    """A book that a reader recommends."""
    ANSWER = "answer"
    """What visitors said, and what the library did about it."""
    GOAL = "goal"
    """What the library plan promises, and how far it has come."""
    PARTNER = "partner"
    """Somebody the library works together with."""
    METHOD = "method"
    """A way of making something together, for anybody to use."""
    CHALLENGE = "challenge"
    """A reading challenge: so many book tips until a day."""


class Stage(StrEnum):
    """How far an idea or a goal has come."""

    HEARD = "heard"
    EXPLORED = "explored"
    """Visitors and library find out together what it could be."""
    TRIED = "tried"
    IN_SERVICE = "in_service"
    NOT_TAKEN = "not_taken"
    """Not now, for a reason that is told."""
    FULFILLED = "fulfilled"
    PARTLY = "partly"
    NOT_FULFILLED = "not_fulfilled"


class ChallengeUnit(StrEnum):
    """What a reading challenge adds up."""

    TIPS = "tips"
    """Book tips that were handed in."""
    BOOKS = "books"
    """Books that readers say they have read."""
    PAGES = "pages"
    """Pages that readers say they have read."""


STAGES: Mapping[str, tuple[Stage, ...]] = {
    Board.IDEA: (
        Stage.HEARD,
        Stage.EXPLORED,
        Stage.TRIED,
        Stage.IN_SERVICE,
        Stage.NOT_TAKEN,
    ),
    Board.GOAL: (Stage.FULFILLED, Stage.PARTLY, Stage.NOT_FULFILLED),
}
"""The stages that a posting of each board can be at, in their order; the others have none."""

OPEN = frozenset({Stage.HEARD, Stage.EXPLORED, Stage.TRIED, Stage.IN_SERVICE})
"""Stages of an idea in which somebody can still join."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One thing on the boards."""

    id: str
    """Made by central, never reused."""
    board: str
    """One of `Board`, or one that only newer kiosks know."""
    title: Texts
    """In few words; on the board of answers, what visitors said."""
    text: Texts = field(default_factory=dict)
    """Some sentences; on the board of answers, what the library did."""
    branch: str = ""
    """Key of the branch it is about; empty when it is about all."""
    stage: str = ""
    """One of the board's `STAGES`; empty where it has none."""
    reason: Texts = field(default_factory=dict)
    """Why it is at that stage."""
    expected: date | None = None
    """When a goal should be fulfilled, or the last day of a reading challenge."""
    rating: int = 0
    """Of a book, 1 to 5; 0 without."""
    nickname: str = ""
    """Of the reader who gave a book tip; never a name."""
    posted: date | None = None
    """Since when it has been shown."""
    target: int = 0
    """How many a reading challenge wants."""
    counts: str = ""
    """What it adds up, one of `ChallengeUnit`; empty is book tips."""
    so_far: int = 0
    """How many there are: of an idea, who said "me too"; of a reading challenge, what it counts."""
    so_far_by: Mapping[str, int] = field(default_factory=dict)
    """How many of these each kiosk of the branch has brought, by its tally's name."""

    @property
    def can_be_joined(self) -> bool:
        """Whether it is an idea that somebody can still join."""
        return self.board == Board.IDEA and self.stage in OPEN


def so_far_with(posting: Posting, tally: str, here: int) -> int:
    """Return how many there are, when *here* were counted at the kiosk whose tally is *tally*.

    Whatever of them central has told already counts once: its own part is replaced, never added.
    """
    told = posting.so_far_by.get(tally, 0)
    return posting.so_far - told + max(told, here)
