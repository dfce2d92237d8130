"""Times: a week of seven days with three parts each, to tick."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import DAYS, PARTS_OF_DAY, TIMES
from kiosk.errands.wording import DAY_NAMES, PART_NAMES
from screens.widgets.answers.asking import Asking
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK, Tile


class Slot(Tile):
    """One part of one day."""

    def render(self) -> Content:
        """Draw the word, and the mark when it is chosen."""
        mark = f"{CHOSEN_MARK} " if self.chosen else ""
        return Content.assemble((f"{mark}{self.label}", self.emphasis if self.chosen else ""))


class TimesField(AnswerField):
    """A row a day."""

    def __init__(self, asking: Asking) -> None:
        """Take the question, and what was ticked before."""
        super().__init__(asking)
        self._chosen = set(asking.answer or ())

    def compose(self) -> ComposeResult:
        """Lay out the week."""
        say = self.asking.phrases.say
        with Grid(classes="week"):
            for place, day in enumerate(DAYS):
                striped = "-striped" if place % 2 else ""
                yield Static(Content(say(DAY_NAMES[day])), classes="weekday")
                for part in PARTS_OF_DAY:
                    value = f"{day}-{part}"
                    yield Slot(
                        say(PART_NAMES[part]),
                        value=value,
                        chosen=value in self._chosen,
                        id=value,
                        classes=striped,
                    )

    @on(BigButton.Pressed)
    def _tick(self, event: BigButton.Pressed) -> None:
        event.stop()
        if isinstance(event.button, Slot):
            event.button.chosen = not event.button.chosen
            self._chosen ^= {event.button.value}
        self.say_answer([each for each in TIMES if each in self._chosen] or None)
