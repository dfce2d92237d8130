"""Agreement: two columns of mutual expectations; the visitor writes hers and says yes."""

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from kiosk.domain.texts import text_for
from kiosk.errands.task_words import task_in_words
from kiosk.phrase import phrase
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField
from screens.widgets.answers.writing import LimitedText
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.shelf import Shelf
from screens.widgets.tile import Tile


class AgreementField(AnswerField):
    """The library's side on the left, hers on the right."""

    writes = True
    writes_first = False
    hides_keys = phrase("Done writing")
    yes = phrase("I agree")

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question, and what she wrote before."""
        super().__init__(asking)
        before = asking.answer if isinstance(asking.answer, dict) else {}
        self._version = asking.task.version if asking.task else 0
        shown = before.get("version", self._version) == self._version
        self._accepted = bool(before.get("accepted")) and shown
        self._mine = str(before.get("mine", ""))

    def compose(self) -> ComposeResult:
        """Lay out both sides."""
        say = self.asking.phrases.say
        with Horizontal(classes="sides"):
            with Vertical(classes="side"):
                yield Shelf(*self._library_side(), phrases=self.asking.phrases)
            with Vertical(classes="side"):
                yield Static(Content(say("You offer and expect")), classes="side-title")
                yield LimitedText(self._mine, self.asking.question.most)
                yield Tile(
                    say(self.yes), chosen=self._accepted, id="yes", classes="yes", after_s=READ_S
                )

    def first(self) -> Widget | None:
        """Leave the focus to the way on: nobody agrees by pressing what has it already."""
        return None

    def mends(self) -> Widget | None:
        """Lead to the yes that is missing."""
        return self.query_one(".yes", Tile)

    def after_writing(self) -> Widget | None:
        """Go on to the yes, which the keyboard covers."""
        return self.mends()

    @on(TextArea.Changed)
    def _written(self, event: TextArea.Changed) -> None:
        event.stop()
        self._mine = event.text_area.text
        self.say_answer(self._answer())

    @on(LimitedText.Finished)
    def _finished(self, event: LimitedText.Finished) -> None:
        event.stop()
        self.query_one(".yes", Tile).focus()

    @on(BigButton.Pressed, ".yes")
    def _agree(self, event: BigButton.Pressed) -> None:
        event.stop()
        self._accepted = not self._accepted
        self.query_one(".yes", Tile).chosen = self._accepted
        self.say_answer(self._answer())
        if self._accepted:
            self.post_message(self.Enough())

    def _answer(self) -> dict[str, Any] | None:
        if not self._accepted and not self._mine.strip():
            return None
        answer = {"accepted": self._accepted, "mine": self._mine}
        return answer | ({"version": self._version} if self._version else {})

    def _library_side(self) -> list[Widget]:
        say, task = self.asking.phrases.say, self.asking.task
        if task is None:
            return [Static(Content(say("The library will talk with you about this.")))]
        language = self.asking.phrases.language
        parts: list[Widget] = []
        for title, lines in (
            (say("The library offers"), task.library_offers),
            (say("The library expects"), task.library_expects),
        ):
            parts.append(Static(Content(title), classes="side-title side-part"))
            parts += [
                Static(Content("• " + text_for(line, language)), classes="side-line")
                for line in lines
            ]
        for heading, text in task_in_words(task, self.asking.phrases):
            parts.append(Static(Content(heading), classes="side-title side-part"))
            parts.append(Static(Content(text), classes="side-line"))
        return parts
