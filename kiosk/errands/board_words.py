"""The boards in words: what each is called, and how far an idea or a goal has come."""

from collections.abc import Mapping

from kiosk.domain.posting import Board, ChallengeUnit, Posting, Stage
from kiosk.i18n import Phrases
from kiosk.phrase import phrase

BOARD_NAMES: Mapping[str, str] = {
    Board.IDEA: phrase("Ideas board"),
    Board.BOOK_TIP: phrase("Book tips"),
    Board.ANSWER: phrase("You said – we did"),
    Board.GOAL: phrase("Our goals"),
    Board.PARTNER: phrase("Our partners"),
    Board.METHOD: phrase("Toolbox"),
    Board.CHALLENGE: phrase("Reading challenge"),
}
"""What visitors and staff call each board."""

STAGE_NAMES: Mapping[str, str] = {
    Stage.HEARD: phrase("Heard"),
    Stage.EXPLORED: phrase("Explored together"),
    Stage.TRIED: phrase("Being tried"),
    Stage.IN_SERVICE: phrase("In service"),
    Stage.NOT_TAKEN: phrase("Not taken up"),
    Stage.FULFILLED: phrase("Fulfilled"),
    Stage.PARTLY: phrase("Partly fulfilled"),
    Stage.NOT_FULFILLED: phrase("Not fulfilled"),
}
"""What each stage is called."""

STAGE_MEANINGS: Mapping[str, str] = {
    Stage.HEARD: phrase("We have read the idea."),
    Stage.EXPLORED: phrase("We are finding out together what it can be."),
    Stage.TRIED: phrase("We are trying it out."),
    Stage.IN_SERVICE: phrase("It is part of the library now."),
    Stage.NOT_TAKEN: phrase("It will not happen for now. The reason is below."),
}
"""What each stage of an idea means, in one sentence."""


def stage_in_words(posting: Posting, phrases: Phrases) -> str:
    """Say how far it has come; empty where there is nothing to say."""
    name = STAGE_NAMES.get(posting.stage)
    return phrases.say(name) if name else ""


def stars(rating: int) -> str:
    """Draw a rating of a book as five signs, filled and empty, that every font has."""
    return "■" * rating + "·" * (5 - rating) if 0 < rating <= 5 else ""


def support_in_words(many: int, phrases: Phrases) -> str:
    """Say how many said "me too"."""
    if many < 1:
        return phrases.say(phrase("Nobody has said “me too” yet."))
    return phrases.count("{n} has said “me too”", "{n} have said “me too”", many)


def challenge_in_words(challenge: Posting, phrases: Phrases) -> str:
    """Say how a reading challenge goes."""
    match challenge.counts:
        case ChallengeUnit.BOOKS:
            told = phrases.count("{n} book so far", "{n} books so far", challenge.so_far)
        case ChallengeUnit.PAGES:
            told = phrases.count("{n} page so far", "{n} pages so far", challenge.so_far)
        case _:
            told = phrases.count("{n} book tip so far", "{n} book tips so far", challenge.so_far)
    if challenge.target:
        return phrases.say(phrase("{tips} of {target}"), tips=told, target=challenge.target)
    return told
