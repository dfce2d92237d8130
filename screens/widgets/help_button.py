"""The help button: what one can do on a screen, and whom to call."""

from textual.content import Content

from screens.widgets.big_button import BigButton

HELP_MARK = "?"


class HelpButton(BigButton):
    """A touch leaves the focus where it was, for when she comes back."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str) -> None:
        """Take the word for it in the visitor's language."""
        super().__init__(name, id="help-me")

    def render(self) -> Content:
        """Draw the mark; the word is read aloud."""
        return Content(HELP_MARK)
