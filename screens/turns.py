"""Turns: what the resting screen shows one after another, each leading on to more of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from textual.message import Message

from kiosk.domain.content import Content
from kiosk.domain.posting import Board, Posting
from kiosk.domain.texts import text_for
from kiosk.domain.workshop import Workshop, coming
from kiosk.errands.board_words import BOARD_NAMES, stars
from kiosk.errands.fallback import named_text
from kiosk.errands.offer import when_in_words
from kiosk.i18n import Phrases
from screens.messages import OpenPosting, OpenProgramme

MOST_EACH = 4
"""Of the newest answers, and of the newest book tips."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One thing that a passer-by is shown for a while."""

    heading: str
    """What it is, in few words."""
    lines: tuple[tuple[str, str], ...]
    """A small part and a main part each, either may be empty."""
    towards: Callable[[], Message]
    """What touching it asks the app for."""
    aligned: bool = False
    """Whether the small parts form a column, and each line must stay one."""


def turns(content: Content, now: datetime, phrases: Phrases) -> list[Slide]:
    """List what is shown in turn at *now*: the programme again and again, the others between."""
    programme = list(_programme(content, now, phrases))
    answers = [_answer(each, phrases) for each in _newest(content, Board.ANSWER)]
    tips = [_tip(each, phrases) for each in _newest(content, Board.BOOK_TIP)]
    rounds = max(len(answers), len(tips), 1)
    return [
        turn
        for number in range(rounds)
        for turn in (*programme, *_one(answers, number), *_one(tips, number))
    ]


def _one(of: list[Slide], number: int) -> list[Slide]:
    """Return the one whose turn it is in round *number*, if there are any."""
    return [of[number % len(of)]] if of else []


def _newest(content: Content, board: Board) -> tuple[Posting, ...]:
    return content.on_board(board)[:MOST_EACH]


def _programme(content: Content, now: datetime, phrases: Phrases) -> Iterator[Slide]:
    here = [
        each
        for each in coming(content.programme, now)
        if each.branch == content.branch.key and not each.cancelled
    ]
    if here:
        lines = tuple(
            (_when(each, now, phrases), text_for(each.title, phrases.language)) for each in here
        )
        yield Slide(phrases.say("Coming up here"), lines, OpenProgramme, aligned=True)


def _when(workshop: Workshop, now: datetime, phrases: Phrases) -> str:
    """Say when it is; of what begins today, only at what time."""
    starts, ends = workshop.starts, workshop.ends
    days = {starts.date(), (ends or starts).date()}
    if days != {now.date()}:
        return when_in_words(workshop, phrases)
    if workshop.all_day:
        return phrases.say("Today")
    until = f"–{phrases.clock(ends)}" if ends else ""
    return phrases.say("Today {time}", time=f"{phrases.clock(starts)}{until}")


def _answer(posting: Posting, phrases: Phrases) -> Slide:
    said, did = named_text(posting.title, phrases), named_text(posting.text, phrases)
    lines = (
        (phrases.say("You said: {words}", words=said), ""),
        ("", phrases.say("We did: {words}", words=did) if did else ""),
    )
    heading = phrases.say(BOARD_NAMES[Board.ANSWER])
    return Slide(heading, lines, partial(OpenPosting, posting.id))


def _tip(posting: Posting, phrases: Phrases) -> Slide:
    facts = [fact for fact in (stars(posting.rating), posting.nickname) if fact]
    lines = (
        ("", named_text(posting.title, phrases)),
        (named_text(posting.text, phrases), ""),
        (" · ".join(facts), ""),
    )
    return Slide(phrases.say(BOARD_NAMES[Board.BOOK_TIP]), lines, partial(OpenPosting, posting.id))
