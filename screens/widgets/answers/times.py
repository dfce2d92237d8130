"""Times: a week of seven days with three parts each, to tick."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.errand import DAYS, PARTS_OF_DAY, TIMES
from kiosk.errands.wording import DAY_NAMES, PART_NAMES
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK, Tile


class TimeSlot(Tile):
    """One part of one day; day and part stand at the edges of the week."""

    def render(self) -> Content:
        """Draw the number that ticks it, and the mark when it is chosen."""
        mark = f" {CHOSEN_MARK}" if self.chosen else ""
        return Content.assemble((f"{self.number}{mark}", self.emphasis))


class TimesField(AnswerField):
    """A column a day, a row for each part of it."""

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question, and what was ticked before."""
        super().__init__(asking)
        self._chosen = set(asking.answer or ())

    def compose(self) -> ComposeResult:
        """Lay out the week."""
        phrases = self.asking.phrases
        with Grid(classes="week"):
            yield Static()
            for place in range(len(DAYS)):
                yield Static(Content(phrases.short_weekday(place)), classes="weekday")
            for row, part in enumerate(PARTS_OF_DAY):
                yield Static(Content(phrases.say(PART_NAMES[part])), classes="part")
                for place, day in enumerate(DAYS):
                    yield self._slot(day, part, 1 + row * len(DAYS) + place)

    def _slot(self, day: str, part: str, number: int) -> TimeSlot:
        say, value = self.asking.phrases.say, f"{day}-{part}"
        return TimeSlot(
            f"{say(DAY_NAMES[day])} {say(PART_NAMES[part])}",
            value=value,
            number=number,
            chosen=value in self._chosen,
            id=value,
            classes="" if number % 2 else "-striped",
        )

    @property
    def highest(self) -> int:
        """One for each part of each day."""
        return len(TIMES)

    def pick(self, number: int) -> bool:
        """Tick by number."""
        for slot in self.query(TimeSlot):
            if slot.number == number:
                slot.focus()
                slot.press()
                return True
        return False

    @on(BigButton.Pressed)
    def _tick(self, event: BigButton.Pressed) -> None:
        event.stop()
        if isinstance(event.button, TimeSlot):
            event.button.chosen = not event.button.chosen
            self._chosen ^= {event.button.value}
        self.say_answer([each for each in TIMES if each in self._chosen] or None)
