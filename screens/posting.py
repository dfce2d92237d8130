"""One posting: the page of an idea, a book tip, an answer, a goal, a partner or a method."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import Kind
from kiosk.domain.posting import Board, Posting
from kiosk.errands.board_words import STAGE_MEANINGS, stage_in_words, stars, support_in_words
from kiosk.errands.fallback import named_text
from kiosk.problems import Problem, Trouble
from screens.frame import ScreenFrame
from screens.messages import OpenErrand, Supported, Troubled
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.page import MISTAKE_MARK
from screens.widgets.shelf import Shelf


class PostingScreen(ScreenFrame):
    """All there is to read about it; at an idea also "me too" and joining."""

    def __init__(self, posting_id: str) -> None:
        """Take which one: what is shown of it is always the newest."""
        super().__init__()
        self._posting_id = posting_id
        self._trouble: Problem | None = None

    def body(self) -> ComposeResult:
        """Lay out title, text, facts and buttons."""
        posting, phrases = self._posting(), self.visit.phrases
        title = named_text(posting.title, phrases)
        if posting.board == Board.ANSWER:
            title = self.say("You said: {words}", words=title)
        yield Static(Content(title), classes="title")
        words = named_text(posting.text, phrases)
        if posting.board == Board.ANSWER:
            words = self.say("We did: {words}", words=words)
        yield Shelf(
            Static(Content(words), classes="prose"),
            Vertical(*self._facts(posting), classes="facts"),
            phrases=self.visit.phrases,
        )
        if self._trouble:
            words = self.say(self._trouble.visitor, code=self._trouble.code)
            told = f"{MISTAKE_MARK} {words}"
            yield Static(Content(told), classes="mistake", id="mistake")
        with Horizontal(classes="nav"):
            if posting.can_be_joined:
                if self._posting_id in self.visit.supported:
                    yield Static(Content("● " + self.say("You said “me too”")), id="said")
                else:
                    yield BigButton(
                        self.say("Me too"), id="me-too", classes="-primary", after_s=READ_S
                    )
                yield BigButton(self.say("I want to join"), id="join")
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at what can be done, or at the way back."""
        ways = self.query("#me-too") or self.query("#join") or self.query("#back")
        ways.first().focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, "#join")
    def _join(self) -> None:
        for errand in self.visit.desk.errands.values():
            for question in errand.questions:
                if question.kind is Kind.IDEA:
                    self.post_message(OpenErrand(errand, {question.name: self._posting_id}))
                    return

    @on(BigButton.Pressed, "#me-too")
    def _me_too(self) -> None:
        """Say it once, however often the button is pressed before the disk has answered."""
        if self._posting_id not in self.visit.supported:
            self.visit.supported.add(self._posting_id)
            self._support()

    @work(thread=True, exclusive=True, group="support")
    def _support(self) -> None:
        try:
            self.visit.desk.support(self._posting_id)
        except Trouble as trouble:
            self.post_message(Troubled(trouble.problem))
        else:
            self.post_message(Supported())

    @on(Supported)
    async def _supported(self) -> None:
        self._trouble = None
        await self.speak_anew()

    @on(Troubled)
    async def _troubled(self, event: Troubled) -> None:
        self.visit.supported.discard(self._posting_id)
        self._trouble = event.problem
        await self.speak_anew()

    def _posting(self) -> Posting:
        """Return it as it is now; what was taken down meanwhile says nothing more."""
        return self.visit.desk.content.posting(self._posting_id) or Posting(
            self._posting_id, "", {}
        )

    def _facts(self, posting: Posting) -> list[Horizontal]:
        """Lay out what is known of it: a name and beside it the fact, however many lines long."""
        shown = [(name, fact) for name, fact in self._known(posting) if fact]
        width = max((len(name) for name, _ in shown), default=0) + 2
        rows = []
        for name, fact in shown:
            called = Static(Content(name), classes="fact-name")
            called.styles.width = width
            told = Static(Content(fact), classes="fact")
            rows.append(Horizontal(called, told, classes="fact-row"))
        return rows

    def _known(self, posting: Posting) -> tuple[tuple[str, str], ...]:
        phrases = self.visit.phrases
        stage = stage_in_words(posting, phrases)
        if posting.stage in STAGE_MEANINGS:
            stage = f"{stage}. {self.say(STAGE_MEANINGS[posting.stage])}"
        idea = posting.board == Board.IDEA
        return (
            (self.say("How far"), stage),
            (self.say("Why"), named_text(posting.reason, phrases)),
            (self.say("Expected"), phrases.month(posting.expected) if posting.expected else ""),
            (self.say("Me too"), support_in_words(posting.so_far, phrases) if idea else ""),
            (self.say("Stars"), self._rated(posting)),
            (self.say("From"), posting.nickname),
        )

    @staticmethod
    def _rated(posting: Posting) -> str:
        return f"{stars(posting.rating)} {posting.rating}/5" if posting.rating else ""
