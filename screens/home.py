"""Home, and the rooms one step inside: what one can do here, as at most eight big tiles."""

from collections.abc import Mapping
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import Errand, Kind
from kiosk.errands.rooms import HOME, ROOMS, Room, inside
from screens.frame import ScreenFrame
from screens.messages import GoBack, OpenErrand, OpenRoom, StartOver
from screens.own_tiles import OWN_TILES, OwnTile
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile

COLUMNS = 2


class Home(ScreenFrame):
    """The tiles of one room; what they open comes back to it."""

    def __init__(self, room: Room = HOME) -> None:
        """Take which *room* to draw; home is one too."""
        super().__init__()
        self.room = room
        """What is drawn."""

    def body(self) -> ComposeResult:
        """Lay out the question and the tiles."""
        tiles = self._tiles()
        yield Static(Content(self.say(self.room.ask)), classes="title")
        shown = [
            Tile(
                self.say(tile.title),
                value=tile.value,
                number=number,
                note=self.say(tile.blurb),
                id=f"do-{tile.value}",
                classes="home-tile",
            )
            for number, tile in enumerate(tiles, start=1)
        ]
        rows = -(-len(tiles) // COLUMNS)
        grid = Grid(*shown, id="home-tiles", classes=f"-rows-{rows}")
        yield Shelf(grid, phrases=self.visit.phrases) if self.visit.large else grid
        leave = self.say("I am done") if self.room is HOME else self.say("Back")
        with Horizontal(classes="nav"):
            yield BigButton(leave, id="done", classes="-quiet", after_s=READ_S)

    def ready(self) -> None:
        """Begin at the first tile; new content may have left a room with none."""
        (self.query(Tile).first() if self.query(Tile) else self.query_one("#done")).focus()

    def step_back(self) -> None:
        """Leave: a room for home, home for good."""
        if self.room is not HOME:
            self.post_message(GoBack())
        elif self.decides:
            self.post_message(StartOver())

    @on(BigButton.Pressed, "#done")
    def _leave(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, ".home-tile")
    def _open(self, event: BigButton.Pressed) -> None:
        for tile in self._tiles():
            if event.button.id == f"do-{tile.value}":
                self.post_message(tile.message())

    def _tiles(self) -> list[OwnTile]:
        """List the tiles of this room in the order of their numbers."""
        desk, now = self.visit.desk, self.visit.desk.now()
        own = {value: tile for value, tile in OWN_TILES.items() if tile.offered(desk.content, now)}
        known = {**_of_errands(desk.errands), **own}
        tiles = {**known, **_of_rooms()}
        return [tiles[value] for value in inside(self.room, known)]


def _of_errands(errands: Mapping[str, Errand]) -> dict[str, OwnTile]:
    """Make a tile of each errand; one about a workshop or an idea is reached from there."""
    return {
        each.name: OwnTile(each.name, each.title, each.blurb, partial(OpenErrand, each))
        for each in errands.values()
        if not is_about_one(each)
    }


def _of_rooms() -> dict[str, OwnTile]:
    """Make a tile of each room."""
    return {
        each.name: OwnTile(each.name, each.title, each.blurb, partial(OpenRoom, each))
        for each in ROOMS.values()
    }


def is_about_one(errand: Errand) -> bool:
    """Tell whether an errand is about one workshop of the programme, or one idea on the board."""
    return any(question.kind in {Kind.WORKSHOP, Kind.IDEA} for question in errand.questions)
