"""More: a visitor writes something to what she has handed in, with its receipt in hand."""

from textual.message import Message

from kiosk.domain.errand import Answers
from kiosk.errands.more import MORE, MORE_WORDS
from screens.draft import Draft
from screens.form import Form
from screens.messages import Added


class More(Form):
    """The form of one question that is put to a submission."""

    def __init__(self, code: str) -> None:
        """Take the *code* of the receipt as it was typed."""
        super().__init__(Draft(MORE))
        self._code = code

    def on_unmount(self) -> None:
        """Forget the code too."""
        self._code = ""

    def save(self, answers: Answers, language: str) -> Message:
        """Put the words to what was handed in; see `Form.save`."""
        found = self.visit.desk.add(self._code, str(answers.get(MORE_WORDS, "")), language)
        return Added(self._code, found)
