"""Home: what one can do here, as at most eight big tiles."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import Errand, Kind
from kiosk.phrase import phrase
from screens.frame import Frame
from screens.messages import OpenErrand, OpenFollowUp, OpenProgramme, StartOver
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile

PROGRAMME = "programme"
FOLLOW_UP = "follow-up"
_OWN = {
    PROGRAMME: (
        phrase("Programme and sign-up"),
        phrase("What happens here, and how to take part."),
    ),
    FOLLOW_UP: (
        phrase("Follow up"),
        phrase("Read an answer with the code on your receipt."),
    ),
}


class Home(Frame):
    """One tile for each errand, the programme, and following up."""

    def body(self) -> ComposeResult:
        """Lay out the question and the tiles."""
        yield Static(Content(self.say("What would you like to do?")), classes="title")
        with Grid(id="home-tiles"):
            for number, (value, title, blurb) in enumerate(self._tiles(), start=1):
                yield Tile(
                    self.say(title),
                    value=value,
                    number=number,
                    note=self.say(blurb),
                    id=f"do-{value}",
                    classes="home-tile",
                )
        with Horizontal(classes="nav"):
            yield BigButton(self.say("I am done"), id="done", classes="-quiet")

    def ready(self) -> None:
        """Begin at the first tile."""
        self.query(Tile).first().focus()

    def step_back(self) -> None:
        """Leave."""
        self.post_message(StartOver())

    def on_key(self, event: events.Key) -> None:
        """Open a tile by its digit."""
        for tile in self.query(Tile):
            if event.character == str(tile.number):
                event.prevent_default()
                tile.press()

    @on(BigButton.Pressed, "#done")
    def _leave(self) -> None:
        self.post_message(StartOver())

    @on(BigButton.Pressed, ".home-tile")
    def _open(self, event: BigButton.Pressed) -> None:
        value = event.button.value if isinstance(event.button, Tile) else ""
        if value == PROGRAMME:
            self.post_message(OpenProgramme())
        elif value == FOLLOW_UP:
            self.post_message(OpenFollowUp())
        else:
            self.post_message(OpenErrand(self.visit.desk.errands[value]))

    def _tiles(self) -> list[tuple[str, str, str]]:
        """List value, title and blurb: an errand about workshops is reached by the programme."""
        tiles: list[tuple[str, str, str]] = []
        for errand in self.visit.desk.errands.values():
            own = (PROGRAMME, *_OWN[PROGRAMME])
            if not picks_workshop(errand):
                tiles.append((errand.name, errand.title, errand.blurb))
            elif own not in tiles:
                tiles.append(own)
        return [*tiles, (FOLLOW_UP, *_OWN[FOLLOW_UP])]


def picks_workshop(errand: Errand) -> bool:
    """Tell whether an errand is about one workshop of the programme."""
    return any(question.kind is Kind.WORKSHOP for question in errand.questions)
