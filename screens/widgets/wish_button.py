"""A wish button: one way of reading at the top of every screen, wished for by a mark."""

from collections.abc import Callable

from textual.content import Content
from textual.message import Message

from screens.widgets.big_button import BigButton


class WishButton(BigButton):
    """Holds for this visit only; a touch leaves the focus where it was."""

    FOCUS_ON_CLICK = False

    def __init__(
        self,
        name: str,
        wish: Callable[[], Message],
        mark: str,
        *,
        id: str,  # noqa: A002 - Textual's own word
        classes: str = "",
    ) -> None:
        """Take the word that is read aloud, what is wished for, and the *mark* that is drawn."""
        super().__init__(name, id=id, classes=classes)
        self.wish = wish
        """Makes the message that says so."""
        self._mark = mark

    def render(self) -> Content:
        """Draw the mark."""
        return Content(self._mark)
