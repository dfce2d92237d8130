"""The listen button: what the screen shows, read aloud; a second time more slowly."""

from textual.content import Content

from screens.widgets.big_button import BigButton

LISTEN_MARK = "♪"


class ListenButton(BigButton):
    """There only where the kiosk can speak; a touch leaves the focus where it was."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str) -> None:
        """Take the word for it in the visitor's language."""
        super().__init__(name, id="listen")

    def render(self) -> Content:
        """Draw the mark."""
        return Content(LISTEN_MARK)
