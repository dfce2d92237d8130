"""Counting: big minus and plus, for seats."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.big_button import BigButton, Stepper

LESS, MORE = "–", "+"
"""What stands on the buttons, as long as they do something."""


class Counter(Horizontal):
    """A label, a number, and two buttons to change it."""

    class Counted(Message):
        """The number has changed."""

    def __init__(self, label: str, number: int, least: int, most: int, name: str) -> None:
        """Take what is counted, the *number* to begin with and its bounds."""
        super().__init__(id=f"count-{name}", classes="counter")
        self._label = label
        self.number = number
        """The number now."""
        self.least = least
        """Smallest allowed."""
        self.most = most
        """Largest allowed."""

    def compose(self) -> ComposeResult:
        """Lay out label, minus, number, plus."""
        yield Static(Content(self._label), classes="counted")
        yield Stepper(LESS, classes="-minus")
        yield Static(Content(str(self.number)), classes="count")
        yield Stepper(MORE, classes="-plus")

    def on_mount(self) -> None:
        """Show which way is open."""
        self._show()

    def bound(self, most: int) -> None:
        """Change the largest allowed."""
        self.most = most
        self._show()

    def count(self, number: int) -> None:
        """Set the number, within its bounds."""
        self.number = min(self.most, max(self.least, number))
        self._show()
        self.post_message(self.Counted())

    @on(BigButton.Pressed)
    def _change(self, event: BigButton.Pressed) -> None:
        event.stop()
        self.count(self.number + (1 if event.button.has_class("-plus") else -1))

    def _show(self) -> None:
        self.query_one(".count", Static).update(Content(str(self.number)))
        ways = (
            ("-minus", LESS, self.number > self.least),
            ("-plus", MORE, self.number < self.most),
        )
        for name, sign, there_is in ways:
            button = self.query_one(f".{name}", BigButton).set_class(not there_is, "-off")
            button.rename(sign if there_is else "")


class SeatsField(AnswerField):
    """Grown-ups and children, counted apart."""

    takes_digits_often = True

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question; a first visit begins with one grown-up."""
        super().__init__(asking)
        before = asking.answer or {"adults": 1, "children": 0}
        self._adults = int(before.get("adults", 0))
        self._children = int(before.get("children", 0))

    def compose(self) -> ComposeResult:
        """Lay out the two counters."""
        say, most = self.asking.phrases.say, self.asking.question.most
        yield Counter(say("Grown-ups"), self._adults, 0, most, "adults")
        yield Counter(say("Children"), self._children, 0, most, "children")
        yield Static(
            Content(say("At most {limit} together.", limit=most)), classes="room-left -said"
        )

    def on_mount(self) -> None:
        """Answer with what is shown."""
        self._counted()

    def first(self) -> Widget | None:
        """Begin at one more, where there may be one more."""
        return next((each for each in self.query(".-plus") if not each.has_class("-off")), None)

    @property
    def highest(self) -> int:
        """As many as may come."""
        return self.asking.question.most

    def pick(self, number: int) -> bool:
        """Count grown-ups by the first number, children by the next."""
        counters = list(self.query(Counter))
        focused = self.screen.focused
        here = next((each for each in counters if focused in each.children), counters[0])
        here.count(number)
        then = counters[(counters.index(here) + 1) % len(counters)]
        then.query_one(".-plus").focus()
        return True

    @on(Counter.Counted)
    def _counted(self) -> None:
        adults, children = (
            self.query_one("#count-adults", Counter),
            self.query_one("#count-children", Counter),
        )
        most = self.asking.question.most
        adults.bound(most - children.number)
        children.bound(most - adults.number)
        self.say_answer({"adults": adults.number, "children": children.number})
