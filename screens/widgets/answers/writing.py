"""Writing: one line, several lines, or an address, with a counter of what room is left."""

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.widgets.text_area import Edit, EditResult, TextAreaTheme

from kiosk.i18n import Phrases
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.field import AnswerField

SHOW_LEFT_BELOW = 100
"""Characters left at which the counter speaks; before that it would only be noise."""


class LineInput(Input):
    """One line that forgets what was written when it goes."""

    virtual_size = Reactive(Size(0, 0))
    """How long the text is; Textual would lay the whole screen out anew at every letter."""

    def __init__(self, text: str, most: int) -> None:
        """Take the *text* written before and the limit in characters."""
        super().__init__(text, max_length=most, select_on_focus=False, id="writing")
        self.cursor_blink = False

    def on_unmount(self) -> None:
        """Forget: something may keep this widget alive, but then it is empty."""
        with self.prevent(Input.Changed):
            self.value = ""


class WritingField(AnswerField):
    """What is written, and a counter that speaks when room becomes scarce."""

    writes = True

    def __init__(self, asking: QuestionContext) -> None:
        """Take the question."""
        super().__init__(asking)
        self._room = Static(classes="room-left")

    def tell(self, written: str) -> None:
        """Tell the form what is *written*, and the visitor how much more there is room for."""
        self.say_answer(written or None)
        words = _room(self.asking.phrases, self.asking.question.most - len(written))
        if str(self._room.content) != words:  # every update lays the whole screen out anew
            self._room.update(Content(words))
        self._room.set_class(bool(words), "-said")


class LineField(WritingField):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """Lay out the line and its counter."""
        yield LineInput(str(self.asking.answer or ""), self.asking.question.most)
        yield self._room

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.tell(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Settled())

    def first(self) -> Widget | None:
        """Begin in the line."""
        return self.query_one(Input)


class AddressField(LineField):
    """One line for an address or a telephone number."""

    writes_address = True


class LimitedText(TextArea):
    """Several lines that never grow longer than their limit, whatever is typed or pasted."""

    _coloured: TextAreaTheme | None = None

    class Finished(Message):
        """Enter was pressed where nothing was left to say."""

    def __init__(self, text: str, most: int) -> None:
        """Take the *text* written before and the limit in characters."""
        super().__init__(text, soft_wrap=True, show_line_numbers=False, id="writing")
        self.most = most
        """Limit in characters."""
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    def on_unmount(self) -> None:
        """Forget: something may keep this widget alive, but then it is empty."""
        with self.prevent(TextArea.Changed):
            self.load_text("")
        self.history.clear()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """Tell nobody: it is said at every letter, and all the way up to the app."""
        event.stop()

    def notify_style_update(self) -> None:
        """Read the colours anew."""
        self._coloured = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines; Textual reads all colours anew at every letter, a fifth of its frame."""
        if self._coloured is self._theme:
            return ScrollView.render_lines(self, crop)
        self._coloured = self._theme
        return super().render_lines(crop)

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit, cut to what there is room for."""
        kept = len(self.text) - len(self.get_text_range(edit.top, edit.bottom))
        edit.text = edit.text[: max(0, self.most - kept)]
        return super().edit(edit)

    async def _on_key(self, event: events.Key) -> None:
        """Let arrows and Enter leave at the edges, so that no key is a trap."""
        if event.key == "enter" and self._nothing_left:
            event.stop()
            event.prevent_default()
            self.post_message(self.Finished())
            return
        row = self.cursor_location[0]
        last = self.document.line_count - 1
        if (event.key == "up" and row == 0) or (event.key == "down" and row == last):
            return
        await super()._on_key(event)

    @property
    def _nothing_left(self) -> bool:
        """Whether the last two lines are empty: one is a paragraph, two are an end."""
        at_end = self.cursor_location == self.document.end
        return at_end and (not self.text.strip() or self.text.endswith("\n\n"))


class PageField(WritingField):
    """Several lines of text."""

    def compose(self) -> ComposeResult:
        """Lay out the page and its counter."""
        yield LimitedText(str(self.asking.answer or ""), self.asking.question.most)
        yield self._room

    @on(TextArea.Changed)
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.tell(event.text_area.text)

    @on(LimitedText.Finished)
    def _finished(self, event: LimitedText.Finished) -> None:
        event.stop()
        self.post_message(self.Settled())

    def first(self) -> Widget | None:
        """Begin in the text."""
        return self.query_one(LimitedText)


def _room(phrases: Phrases, left: int) -> str:
    if left > SHOW_LEFT_BELOW:
        return ""
    return phrases.count("Room for {n} more character", "Room for {n} more characters", left)
