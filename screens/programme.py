"""The programme: what happens, by date, here and at the other branches."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal

from kiosk.domain.texts import text_for
from kiosk.domain.workshop import Workshop, coming
from kiosk.errands.offer import seats_in_words, when_in_words
from kiosk.errands.seat_words import known_when
from screens.listed import Listed
from screens.messages import OpenWorkshop
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Chip, Tile

EVERYWHERE = ""
MOST_CHIPS = 4


class Programme(Listed):
    """A list by date, filtered by branch."""

    def __init__(self, branch: str) -> None:
        """Begin with what happens at *branch*."""
        super().__init__()
        self._branch = branch

    def title_line(self) -> str:
        """Say what it is."""
        return self.say("What happens here")

    def between(self) -> ComposeResult:
        """Lay out the branches to choose from."""
        with Horizontal(id="chips"):
            for number, (key, name) in enumerate(self._chips()):
                chip = Chip(name, value=key, chosen=key == self._branch, id=f"chip-{number}")
                yield chip.add_class("chip")

    def lead(self) -> str:
        """Say how old the numbers of seats are, where there are any."""
        as_of = self.visit.desk.seats_as_of()
        if as_of is None or not any(each.capacity and each.sign_up for each in self._shown()):
            return ""
        when = known_when(as_of, self.visit.phrases, self.visit.desk.now())
        return self.say("Places left: known at {time}", time=when)

    def nothing(self) -> str:
        """Say that nothing happens there."""
        return self.say("Nothing is planned here right now.")

    def entries(self) -> list[tuple[str, str, str]]:
        """List what is to come where she looks."""
        phrases, content = self.visit.phrases, self.visit.desk.content
        found = []
        for each in self._shown():
            branch = "" if self._branch else content.branch_name(each.branch)
            facts = (when_in_words(each, phrases), self._seats(each), branch)
            note = " · ".join(fact for fact in facts if fact)
            found.append((each.id, text_for(each.title, phrases.language), note))
        return found

    def opened(self, value: str) -> None:
        """Open the page of a workshop."""
        self.post_message(OpenWorkshop(value))

    @on(BigButton.Pressed, ".chip")
    async def _filter(self, event: BigButton.Pressed) -> None:
        if isinstance(event.button, Tile):
            self._branch = event.button.value
            await self.speak_anew()

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

    def _seats(self, workshop: Workshop) -> str:
        if not workshop.sign_up:
            return self.say("Just come")
        return seats_in_words(workshop, self.visit.phrases)
