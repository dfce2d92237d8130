"""The guide: what one needs help with, what exactly, and from whom; then the card."""

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kiosk.domain.guide import LIBRARY, Contact, Need, Topic
from kiosk.domain.texts import text_for
from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.messages import OpenGuide, OpenHelp
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile
from screens.widgets.tiles import Tiles

FIRST = phrase("What do you need help with?")
THIRD = phrase("Who would you like to ask?")


class GuideScreen(ScreenFrame):
    """One question of the guide; each answer opens the next."""

    def __init__(self, need: Need | None = None, topic: Topic | None = None) -> None:
        """Take what is answered so far: nothing, the need, or also the topic."""
        super().__init__()
        self._need = need
        self._topic = topic

    def body(self) -> ComposeResult:
        """Lay out the question, its tiles and the way back."""
        number = 1 + bool(self._need) + bool(self._topic)
        yield Static(
            Content(self.say("Question {n} of {all}", n=number, all=3)), classes="side-title"
        )
        yield Static(Content(self._ask()), classes="title")
        tiles = [
            Tile(title, value=value, number=place, note=note, id=f"pick-{place}")
            for place, (value, title, note) in enumerate(self._offered(), start=1)
        ]
        yield Tiles(tiles, self.visit.phrases)
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the first tile."""
        self.query(Tile).first().focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed)
    def _picked(self, event: BigButton.Pressed) -> None:
        if isinstance(event.button, Tile):
            self.post_message(self._next(event.button.value))

    def _ask(self) -> str:
        if self._need is None:
            return self.say(FIRST)
        return self.say(THIRD) if self._topic else self._told(self._need.ask)

    def _offered(self) -> Sequence[tuple[str, str, str]]:
        """List id, title and note of what can be picked."""
        if self._need is None:
            guide = self.visit.desk.content.guide
            return [(each.id, self._told(each.title), "") for each in guide.needs]
        if self._topic is None:
            return [(each.id, self._told(each.title), "") for each in self._need.topics]
        contacts = self.visit.desk.content.guide.who_helps(self._topic)
        return [(each.id, self._called(each), self._told(each.about)) for each in contacts]

    def _next(self, picked: str) -> Message:
        if self._need is None:
            return OpenGuide(picked)
        if self._topic is None:
            return OpenGuide(self._need.id, picked)
        return OpenHelp(self._need.id, self._topic.id, picked)

    def _told(self, texts: object) -> str:
        return text_for(texts, self.visit.language)  # type: ignore[arg-type] # texts of content

    def _called(self, contact: Contact) -> str:
        return self.visit.desk.content.branch.name if contact.id == LIBRARY else contact.name
