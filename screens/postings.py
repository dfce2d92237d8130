"""Postings: what is on one board, the newest first."""

from kiosk.domain.posting import Board, Posting
from kiosk.domain.texts import text_for
from kiosk.errands.board_words import (
    BOARD_NAMES,
    challenge_in_words,
    stage_in_words,
    stars,
    support_in_words,
)
from screens.listed import Listed
from screens.messages import OpenPosting


class Postings(Listed):
    """The list of one board."""

    def __init__(self, board: Board) -> None:
        """Take which *board*."""
        super().__init__()
        self._board = board

    def title_line(self) -> str:
        """Name the board."""
        return self.say(BOARD_NAMES[self._board])

    def lead(self) -> str:
        """Say how the reading challenge goes, where there is one."""
        phrases = self.visit.phrases
        challenges = self.visit.desk.content.on_board(Board.CHALLENGE)
        if self._board is not Board.BOOK_TIP or not challenges:
            return ""
        title = text_for(challenges[0].title, phrases.language)
        return f"{title}: {challenge_in_words(challenges[0], phrases)}"

    def entries(self) -> list[tuple[str, str, str]]:
        """List what is on the board."""
        return [
            (each.id, text_for(each.title, self.visit.language), self._note(each))
            for each in self.visit.desk.content.on_board(self._board)
        ]

    def opened(self, value: str) -> None:
        """Open one of them."""
        self.post_message(OpenPosting(value))

    def _note(self, posting: Posting) -> str:
        phrases = self.visit.phrases
        match self._board:
            case Board.IDEA:
                facts = [stage_in_words(posting, phrases)]
                if posting.so_far:
                    facts.append(support_in_words(posting.so_far, phrases))
            case Board.BOOK_TIP:
                facts = [stars(posting.rating), posting.nickname]
            case Board.GOAL:
                facts = [stage_in_words(posting, phrases)]
            case _:
                facts = [text_for(posting.text, phrases.language)]
        return " · ".join(fact for fact in facts if fact)
