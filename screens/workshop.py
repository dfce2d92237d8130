"""One workshop: what it is, when, where, for whom, and the way to a place."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import Kind
from kiosk.domain.workshop import Workshop
from kiosk.errands.fallback import named_text
from kiosk.errands.offer import seats_in_words, when_in_words
from kiosk.errands.seat_words import known_when
from kiosk.errands.wording import AUDIENCE_NAMES
from screens.frame import ScreenFrame
from screens.messages import OpenErrand
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf


class WorkshopScreen(ScreenFrame):
    """The details of one entry of the programme."""

    def __init__(self, workshop: Workshop) -> None:
        """Take the *workshop* to show."""
        super().__init__()
        self._workshop = workshop

    def body(self) -> ComposeResult:
        """Lay out title, facts, text and buttons."""
        workshop, phrases = self._workshop, self.visit.phrases
        yield Static(Content(named_text(workshop.title, phrases)), classes="title")
        yield Static(Content(when_in_words(workshop, phrases)), classes="lead")
        yield Shelf(
            Static(self._facts(), classes="facts"),
            Static(Content(named_text(workshop.about, phrases)), classes="prose"),
            phrases=phrases,
        )
        with Horizontal(classes="nav"):
            if workshop.can_be_signed_up_for(self.visit.desk.now()):
                yield BigButton(self.say("Sign up"), id="sign-up", classes="-primary")
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at signing up, or at the way back."""
        ways = self.query("#sign-up") or self.query("#back")
        ways.first().focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, "#sign-up")
    def _sign_up(self) -> None:
        for errand in self.visit.desk.errands.values():
            for question in errand.questions:
                if question.kind is Kind.WORKSHOP:
                    self.post_message(OpenErrand(errand, {question.name: self._workshop.id}))
                    return

    def _facts(self) -> Content:
        workshop, phrases = self._workshop, self.visit.phrases
        branch = self.visit.desk.content.branch_name(workshop.branch)
        audience = AUDIENCE_NAMES.get(workshop.audience, workshop.audience)
        facts = (
            (self.say("Where"), ", ".join(each for each in (branch, workshop.place) if each)),
            (self.say("For"), self.say(audience)),
            (
                self.say("Languages spoken"),
                phrases.listing(phrases.language_name(each) for each in workshop.spoken),
            ),
            (self.say("Places"), self._places()),
        )
        shown = [(name, fact) for name, fact in facts if fact]
        width = max((len(name) for name, _ in shown), default=0)
        return Content("\n").join(
            Content.assemble((name.ljust(width), "$muted"), "  ", fact) for name, fact in shown
        )

    def _places(self) -> str:
        workshop = self._workshop
        if not workshop.sign_up:
            return self.say("No sign-up needed. Just come.")
        seats = seats_in_words(workshop, self.visit.phrases)
        if not seats:
            return ""
        desk = self.visit.desk
        known = desk.seats_as_of() or desk.content.published
        when = known_when(known, self.visit.phrases, desk.now())
        return self.say("{seats} (known on {date})", seats=seats, date=when)
