"""The programme: what happens, by date, here and at the other branches."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid, Horizontal
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.texts import text_for
from kiosk.domain.workshop import Workshop, coming
from kiosk.errands.offer import seats_in_words, when_in_words
from kiosk.errands.seat_words import known_when
from screens.frame import Frame
from screens.messages import OpenWorkshop
from screens.widgets.big_button import BigButton
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Chip, Tile

EVERYWHERE = ""
MOST_CHIPS = 4


class Programme(Frame):
    """A list by date, filtered by branch."""

    def __init__(self, branch: str) -> None:
        """Begin with what happens at *branch*."""
        super().__init__()
        self._branch = branch

    def body(self) -> ComposeResult:
        """Lay out chips, list and the way back."""
        yield Static(Content(self.say("What happens here")), classes="title")
        with Horizontal(id="chips"):
            for number, (key, name) in enumerate(self._chips()):
                chip = Chip(name, value=key, chosen=key == self._branch, id=f"chip-{number}")
                yield chip.add_class("chip")
        shown = self._shown()
        if known := self._known(shown):
            yield Static(Content(known), id="known")
        if shown:
            yield Shelf(
                Grid(*self._tiles(shown), classes="tiles -listed"),
                phrases=self.visit.phrases,
                id="events",
            )
        else:
            yield Static(Content(self.say("Nothing is planned here right now.")), id="nothing")
        with Horizontal(classes="nav"):
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the first entry."""
        first = self.query(".event")
        (first.first() if first else self.query_one("#back")).focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, ".chip")
    async def _filter(self, event: BigButton.Pressed) -> None:
        if isinstance(event.button, Tile):
            self._branch = event.button.value
            await self.speak_anew()

    @on(BigButton.Pressed, ".event")
    def _open(self, event: BigButton.Pressed) -> None:
        if isinstance(event.button, Tile):
            self.post_message(OpenWorkshop(event.button.value))

    def _chips(self) -> list[tuple[str, str]]:
        """List this branch, all together, and as many others with a programme as there is room."""
        content = self.visit.desk.content
        here = content.branch
        busy = {each.branch for each in self._coming()}
        others = [each for each in content.branches if each.key in busy and each.key != here.key]
        chips = [(here.key, here.name), (EVERYWHERE, self.say("All branches"))]
        return [*chips, *((each.key, each.name) for each in others)][:MOST_CHIPS]

    def _coming(self) -> list[Workshop]:
        desk = self.visit.desk
        return [each for each in coming(desk.content.programme, desk.now()) if not each.cancelled]

    def _shown(self) -> list[Workshop]:
        return [each for each in self._coming() if self._branch in {EVERYWHERE, each.branch}]

    def _tiles(self, shown: list[Workshop]) -> list[Tile]:
        phrases, content = self.visit.phrases, self.visit.desk.content
        tiles = []
        for number, each in enumerate(shown, start=1):
            branch = "" if self._branch else content.branch_name(each.branch)
            facts = (when_in_words(each, phrases), self._seats(each), branch)
            tile = Tile(
                text_for(each.title, phrases.language),
                value=each.id,
                number=number,
                note=" · ".join(fact for fact in facts if fact),
                id=f"event-{number}",
            )
            tiles.append(tile.add_class("event"))
        return tiles

    def _known(self, shown: list[Workshop]) -> str:
        """Say how old the numbers of seats are, where there are any."""
        as_of = self.visit.desk.seats_as_of()
        if as_of is None or not any(each.capacity and each.sign_up for each in shown):
            return ""
        when = known_when(as_of, self.visit.phrases, self.visit.desk.now())
        return self.say("Places left: known at {time}", time=when)

    def _seats(self, workshop: Workshop) -> str:
        if not workshop.sign_up:
            return self.say("Just come")
        return seats_in_words(workshop, self.visit.phrases)
