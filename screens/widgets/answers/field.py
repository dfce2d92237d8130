"""An answer field: the part of a question's screen where the answer is given."""

from typing import Any

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from kiosk.phrase import phrase
from screens.widgets.answers.asking import QuestionContext


class AnswerField(Vertical):
    """Shows what was answered before, and says `Answered` at every change."""

    class Answered(Message):
        """The answer has changed."""

        def __init__(self, question: str, answer: Any) -> None:
            """Take the question's name and the answer in its kind's shape; None for none."""
            super().__init__()
            self.question = question
            self.answer = answer

    class Settled(Message):
        """She has done all there is to do here: the next key may go on."""

    class Enough(Message):
        """She has said yes: the way on is what comes next."""

    writes = False
    """Whether a keyboard is wanted."""
    writes_first = True
    """Whether writing is what one begins with, so that the keyboard stands ready."""
    takes_digits = False
    """Whether digits are what one answers with, so that no button has a number."""
    takes_digits_often = False
    """Whether one digit may be meant twice in a row."""
    writes_address = False
    """Whether an address is written, so that its usual parts have keys of their own."""
    hides_keys = phrase("Hide keys")
    """What the key says that puts the on-screen keyboard away."""
    yes = ""
    """What stands on the button without which nothing goes on here; a phrase."""

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question and what is known about it."""
        super().__init__(classes="answer-field")
        self.asking = asking
        """What is asked."""

    def say_answer(self, answer: Any) -> None:
        """Tell the form what the answer is now."""
        self.post_message(self.Answered(self.asking.question.name, answer))

    def first(self) -> Widget | None:
        """Return the widget that gets the focus when the question appears."""
        return next((each for each in self.query("*") if each.can_focus), None)

    def mends(self) -> Widget | None:
        """Return the widget that gets the focus when the answer has to be mended."""
        return self.first()

    def after_writing(self) -> Widget | None:
        """Return the widget that gets the focus when the keyboard is put away, if writing ends."""
        return None

    def take(self, key: str) -> bool:
        """Take a *key* that belongs to this field wherever the focus is; False for any other."""
        return not key

    def pick(self, number: int) -> bool:
        """Do what the digit *number* stands for; False when it stands for nothing here."""
        return number < 0

    @property
    def highest(self) -> int:
        """The highest number that `pick` knows; 0 when digits mean nothing here."""
        return 0
