"""The easy button: the same in easier words, where the language has them."""

from textual.content import Content

from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK


class EasyButton(BigButton):
    """For this visit only; a touch leaves the focus where it was."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str, *, easy: bool) -> None:
        """Take the word for it in the visitor's language, and whether words are *easy* now."""
        super().__init__(name, id="easy", classes="-here" if easy else "")
        self._easy = easy

    def render(self) -> Content:
        """Draw the word, marked while it holds."""
        return Content(f"{CHOSEN_MARK}{self.label}" if self._easy else self.label)
