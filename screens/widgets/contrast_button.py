"""The contrast button: black and strong colours, or the branch's own again."""

from textual.content import Content

from screens.widgets.big_button import BigButton

CONTRAST_MARK = "◐"


class ContrastButton(BigButton):
    """Strong contrast, for this visit only; a touch leaves the focus where one was writing."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str) -> None:
        """Take the word for it in the visitor's language."""
        super().__init__(name, id="contrast")

    def render(self) -> Content:
        """Draw the mark, with the word where there is room for it."""
        roomy = self.content_size.width >= len(self.label) + 3
        return Content(f"{CONTRAST_MARK} {self.label}" if roomy else CONTRAST_MARK)
