"""A visitor at a real terminal: does whole errands, with one kind of hand, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.domain.content import Content
from kiosk.domain.errand import Errand, Kind, Question
from kiosk.domain.posting import Board
from kiosk.domain.receipt import State
from kiosk.domain.texts import text_for
from kiosk.errands import ERRANDS, NAMED
from kiosk.errands.board_words import BOARD_NAMES
from kiosk.errands.check_in_words import CHECKED_IN
from kiosk.errands.correction import correction_of
from kiosk.errands.offer import choices
from kiosk.errands.questions import QUESTIONS, as_errand
from kiosk.errands.receipt_words import STATES
from kiosk.errands.rooms import HOME, ROOMS, room_of
from kiosk.errands.telling import noted
from kiosk.i18n import EASY, LANGUAGES, Phrases, ordinary, phrases
from screens.help import CALL
from screens.own_tiles import FOLLOW_UP, GUIDE, OWN_TILES, PROGRAMME
from screens.receipt import WRITE_DOWN_S
from screens.widgets.answers.agreement import AgreementField
from screens.widgets.answers.consent import ConsentField
from screens.widgets.big_button import READ_S
from tests.drivers.answering import full_answers
from tests.drivers.terminal import Terminal
from tests.drivers.terminal_hands import HANDS, TabHand

CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
WRITTEN = (Kind.TEXT, Kind.LONG_TEXT, Kind.CONTACT)
BOARDS = {
    "answers": Board.ANSWER,
    "goals": Board.GOAL,
    "partners": Board.PARTNER,
    "methods": Board.METHOD,
    "book-tips": Board.BOOK_TIP,
}
"""Where one only reads, by the values of their tiles."""
ONE_OF = (Kind.CHOICE, Kind.WORKSHOP, Kind.TASK, Kind.IDEA)


@dataclass
class AtTerminal:
    """One person who does one errand after another; every one is a visit of its own."""

    screen: Terminal
    """Shows the resting screen."""
    content: Content
    """What the kiosk has been told."""
    language: str
    """What she reads, perhaps an easy variant."""
    hand: TabHand = field(init=False)
    """How she presses things."""
    speak: Phrases = field(init=False)
    """Phrases of her language."""

    def __post_init__(self) -> None:
        """Take Tab and Enter to begin with."""
        self.reads(self.language)
        self.takes("tab")

    def reads(self, language: str) -> None:
        """Read another language from the next visit on."""
        self.language, self.speak = language, phrases(language)

    def takes(self, kind: str) -> None:
        """Go on with another kind of hand."""
        self.hand = HANDS[kind](self.screen, self.speak.say("More"))

    def begins(self) -> None:
        """Wake the resting screen in her language, and ask for easier words if she needs them."""
        plain = ordinary(self.language)
        self.screen.wait_for(LANGUAGES["fi"])
        self.screen.rests()
        if self.hand.name == "touch":
            self.hand.press(LANGUAGES[plain])
        else:
            self.screen.types(" ")  # any key without a language begins in that of the branch
        self.screen.wait_for(phrases(plain).say(HOME.ask))
        self.screen.rests()
        if self.language in EASY.values():
            if self.hand.name == "touch":
                self.hand.press(phrases(plain).say("Easy"))
            else:
                self.screen.types("\x1b[15~")
                self.screen.rests()
            self.screen.rests()  # home is drawn anew, and looks much the same
            self.screen.wait_for(self.speak.say(HOME.ask))

    def opens(self, value: str) -> None:
        """Go from home to the first screen of an errand or of an own tile."""
        room = room_of(value)
        if room not in ("", HOME.name):
            self._goes_to(self.speak.say(ROOMS[room].title), ROOMS[room].ask)
        tile = OWN_TILES.get(value) or ERRANDS[value]
        self.hand.press(self.speak.say(tile.title))

    def does(self, name: str) -> str:
        """Do one errand from the resting screen to its receipt; return the code on it."""
        self.begins()
        errand = ERRANDS.get(name)
        before: dict[str, Any] = {}
        match name:
            case "sign-up":
                before = {"workshop": self._finds_a_workshop()}
            case "join":
                before = {"idea": self._finds_an_idea()}
                self.hand.press(self.speak.say("I want to join"))
            case QUESTIONS.name:
                errand = self._finds_a_questionnaire()
            case _:
                self.opens(name)
        assert errand is not None
        self.answers(errand, before)
        return self.hands_in()

    def answers(self, errand: Errand, before: dict[str, Any]) -> None:
        """Answer every question that is asked, up to the review."""
        now = _now()
        full = {**full_answers(errand, self.content, now), **before}
        answers = dict(before)
        asked = [each for each in errand.asked(answers) if each.name not in before]
        place = 0
        while place < len(asked):
            question = asked[place]
            self.screen.wait_for(self.speak.say(question.ask))
            self.screen.rests()
            answers[question.name] = self._answers_one(question, full.get(question.name))
            self.hand.goes_on(self.speak.say("Next"), self.speak.say("Skip"))
            asked = [each for each in errand.asked(answers) if each.name not in before]
            place += 1
        self.screen.wait_for(self.speak.say("Check your answers"))
        self.screen.rests()

    def hands_in(self) -> str:
        """Hand in at the review, read the code on the receipt, and go."""
        self._reads()
        self.hand.goes_on(self.speak.say("Hand in"))
        done = self.speak.say("I have it. Done")
        self.screen.wait_for(done)
        self.screen.rests()
        found = CODE.search(self.screen.text)
        assert found, self.screen.text
        self.screen.reads_for(WRITE_DOWN_S)
        self.leaves(done)
        return found.group()

    def leaves(self, way: str) -> None:
        """Press the way out; nothing of the visit is left on the screen."""
        self._reads()
        self.hand.press(way)
        self.screen.wait_for(LANGUAGES["fi"])
        assert not self.screen.shows(self.hand.words), self.screen.text

    def follows(self, code: str) -> None:
        """Go from the resting screen to what stands under a code."""
        self.begins()
        self.opens(FOLLOW_UP.value)
        self.screen.wait_for(self.speak.say("Type the code from your receipt"))
        self.screen.rests()
        typed = code.replace("-", "")
        if self.hand.name == "touch":
            self.hand.write(typed)
        else:
            self.screen.types(typed)
            self.screen.rests()
        if self.hand.name == "digits":
            self.screen.types("\r")
        else:
            self.hand.press(self.speak.say("Show"))
        self.screen.wait_for(self.speak.say("What has happened"))
        self.screen.rests()

    def says_more(self) -> None:
        """Write more to what stands under the code, and come back to it."""
        from kiosk.errands.more import MORE

        self.hand.press(self.speak.say("Write more"))
        self.answers(MORE, {})
        self._reads()
        self.hand.goes_on(self.speak.say("Hand in"))
        self.screen.wait_for(self.speak.say("What has happened"))
        self.screen.rests()

    def corrects(self, name: str, root: str) -> None:
        """Answer one question anew of the errand that stands under the code; come back to it."""
        question = NAMED[name].question(root)
        assert question is not None
        self.hand.press(self.speak.say("Change an answer"))
        self.screen.wait_for(self.speak.say("Which answer do you want to change?"))
        self.screen.rests()
        self.hand.press(self.speak.say(question.ask))
        self.answers(correction_of(NAMED[name], root), {})
        self._reads()
        self.hand.goes_on(self.speak.say("Hand in"))
        self.screen.wait_for(self.speak.say("What has happened"))
        self.screen.rests()

    def takes_back(self, *, erase: bool) -> None:
        """Take it back or erase it, saying yes to the question before; and go."""
        is_sign_up = self.screen.shows(self.speak.say("Cancel sign-up"))
        do, yes, done = (
            ("Erase everything", "Yes, erase it", STATES[State.ERASED])
            if erase
            else ("Cancel sign-up", "Yes, cancel it", STATES[State.WITHDRAWN])
            if is_sign_up
            else ("Take it back", "Yes, take it back", STATES[State.WITHDRAWN])
        )
        self.hand.press(self.speak.say(do))
        self.screen.wait_for(self.speak.say(yes))
        self.screen.rests()
        self._reads()
        self.hand.press(self.speak.say(yes))
        self.screen.wait_for(self.speak.say(done))
        self.screen.rests()
        self.leaves(self.speak.say("Done"))

    def checks_in(self) -> None:
        """Say that she is here, on the day, for what stands under the code."""
        self._reads()
        self.hand.press(self.speak.say("I am here"))
        self.screen.wait_for(self.speak.say(CHECKED_IN))
        self.screen.rests()

    def asks_for_help(self) -> None:
        """Ask for help where she is, read whom to call, and come back."""
        if self.hand.name == "touch":
            self.hand.press("?")
        else:
            self.screen.types("\x1bOP")
        self.screen.wait_for(noted(CALL, self.content, self.speak))
        self.screen.rests()
        self.hand.press(self.speak.say("Back"))
        self.screen.rests()

    def reads_the_boards(self) -> None:
        """Read the first thing on every board of answers, goals, partners, methods and tips."""
        self.begins()
        self.asks_for_help()
        for value, board in BOARDS.items():
            first = self.content.on_board(board)[0]
            self.opens(value)
            title = text_for(first.title, self.language)
            self.screen.wait_for(title.split()[0])
            self.screen.rests()
            self.hand.press(title, number=1)
            self.screen.wait_for(" ".join(text_for(first.text, self.language).split()[:3]))
            self._goes_back()
        self.leaves(self.speak.say("I am done"))

    def says_me_too(self) -> None:
        """Say "me too" to an idea on the board, and go."""
        self.begins()
        self._finds_an_idea()
        self._reads()
        self.hand.press(self.speak.say("Me too"))
        self.screen.wait_for(self.speak.say("You said “me too”"))
        self._goes_home()

    def asks_the_guide(self) -> None:
        """Answer the guide's questions by the first of each, say that it helped, and go."""
        self.begins()
        self.opens(GUIDE.value)
        need = self.content.guide.needs[0]
        self.screen.wait_for(self.speak.say("What do you need help with?"))
        self.screen.rests()
        self.hand.press(text_for(need.title, self.language), number=1)
        self.screen.wait_for(text_for(need.ask, self.language))
        self.screen.rests()
        self.hand.press(text_for(need.topics[0].title, self.language), number=1)
        if len(self.content.guide.who_helps(need.topics[0])) > 1:
            self.screen.wait_for(self.speak.say("Who would you like to ask?"))
            self.screen.rests()
            self.hand.press(self.content.branch.name, number=1)
        self.screen.wait_for(self.speak.say("Did this help?"))
        self.screen.rests()
        self.hand.press(self.speak.say("Yes"))
        self.screen.wait_for(self.speak.say("Thank you. Nobody sees who answered."))
        self._goes_home()

    def _reads(self) -> None:
        """Read before deciding."""
        self.screen.reads_for(READ_S)

    def _goes_home(self) -> None:
        """Press Back until home is there, then leave."""
        self._goes_back()
        self.leaves(self.speak.say("I am done"))

    def _goes_back(self) -> None:
        for _ in range(6):
            self.screen.rests()
            if self.screen.shows(self.speak.say("I am done")):
                return
            self.hand.press(self.speak.say("Back"))

    def _goes_to(self, label: str, ask: str) -> None:
        self.hand.press(label)
        self.screen.wait_for(self.speak.say(ask))
        self.screen.rests()

    def _finds_a_workshop(self) -> str:
        self.opens(PROGRAMME.value)
        self.screen.wait_for(self.speak.say("What happens here"))
        self.screen.rests()
        here = [
            each
            for each in sorted(self.content.programme, key=lambda each: each.starts)
            if each.branch == self.content.branch.key and each.can_be_signed_up_for(_now())
        ]
        title = text_for(here[0].title, self.language)
        self.hand.press(title)
        self.screen.wait_for(self.speak.say("Sign up"))
        self.screen.rests()
        self.hand.goes_on(self.speak.say("Sign up"))
        return here[0].id

    def _finds_an_idea(self) -> str:
        self.opens("ideas-board")
        self.screen.wait_for(self.speak.say(BOARD_NAMES[Board.IDEA]))
        self.screen.rests()
        ideas = [each for each in self.content.on_board(Board.IDEA) if each.can_be_joined]
        self.hand.press(text_for(ideas[0].title, self.language))
        self.screen.wait_for(self.speak.say("I want to join"))
        self.screen.rests()
        return ideas[0].id

    def _finds_a_questionnaire(self) -> Errand:
        self.opens(QUESTIONS.name)
        asked = self.content.asked_on(_now().date())
        if len(asked) > 1:
            self.screen.wait_for(self.speak.say(QUESTIONS.blurb))
            self.screen.rests()
            self.hand.press(text_for(asked[0].title, self.language), number=1)
        return as_errand(asked[0], self.language)

    def _answers_one(self, question: Question, full: Any) -> Any:
        """Give one answer; return what it means for the questions that follow."""
        offered = choices(question, self.content, self.speak, _now())
        numbers = {each.value: place for place, each in enumerate(offered, start=1)}
        labels = {each.value: each.label for each in offered}
        if question.kind in WRITTEN:
            words = self.hand.address if question.kind is Kind.CONTACT else self.hand.words
            self.hand.write(words)
            return words
        if question.kind is Kind.CONSENT:
            self._reads()
            self.hand.chooses(self.speak.say(ConsentField.yes))
            return True
        if question.kind is Kind.AGREEMENT:
            self._reads()
            self.hand.agrees(self.speak.say(AgreementField.yes))
            return {"accepted": True, "mine": ""}
        if question.kind is Kind.SEATS:
            return {"adults": 1, "children": 0}
        if question.kind is Kind.NUMBER:
            self.hand.press("4", number=4)
            return 4
        if question.kind is Kind.FACES:
            self.hand.chooses("4", 4)
            return 4
        if question.kind is Kind.TIMES:
            for each in full:
                self.hand.chooses(str(numbers[each]), numbers[each])
            return full
        picked = [str(full)] if question.kind in ONE_OF else list(full)[:2]
        for each in picked:
            self.hand.chooses(labels[each], numbers[each])
        return full if question.kind in ONE_OF else picked


def _now() -> datetime:
    """Tell the time on the wall of the branch, where the tests' branches are."""
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None)
