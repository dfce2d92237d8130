"""The large button: fewer and bigger things on a screen, or as many as fit again."""

from textual.content import Content

from screens.widgets.big_button import BigButton

LARGE_MARK = "A+"
SMALL_MARK = "A–"


class LargeButton(BigButton):
    """For this visit only; a touch leaves the focus where it was."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str, *, large: bool) -> None:
        """Take the word for it in the visitor's language, and whether things are *large* now."""
        super().__init__(name, id="large")
        self._large = large

    def render(self) -> Content:
        """Draw the mark of what pressing it brings."""
        return Content(SMALL_MARK if self._large else LARGE_MARK)
