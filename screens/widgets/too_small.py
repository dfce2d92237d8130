"""What is shown where the terminal is too small for any question: one sentence."""

from textual.content import Content
from textual.widgets import Static

from screens.visit import Visit

LEAST_COLUMNS = 60
LEAST_ROWS = 18


class TooSmall(Static):
    """Covers the screen below 60 x 18 cells; what was typed stays underneath."""

    def __init__(self, visit: Visit) -> None:
        """Take the *visit* for its language."""
        super().__init__(Content(visit.say("This window is too small. Please tell the library.")))
