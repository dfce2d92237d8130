"""The header: where one is, what time it is, and the languages to choose from."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from kiosk.i18n import LANGUAGES
from screens.hours import openness_in_words
from screens.messages import LanguageChosen
from screens.visit import Visit
from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK

SIGNS = {"sv": "SV", "da": "DA", "nb": "NO", "fi": "FI", "en": "EN"}
LEAST_FOR_NAMES = 9
"""Columns a language's own name needs."""


class Header(Horizontal):
    """Stands at the top of every screen."""

    def __init__(self, visit: Visit) -> None:
        """Take the *visit*, whose language it shows and changes."""
        super().__init__()
        self._visit = visit
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out branch and clock on the left, languages on the right."""
        with Vertical(id="place"):
            yield Static(Content(self._visit.desk.content.branch.name), id="branch")
            yield Static(Content(self._now()), id="now")
        with Horizontal(id="languages"):
            for code, name in LANGUAGES.items():
                yield LanguageButton(name, code, here=code == self._visit.language)

    def on_mount(self) -> None:
        """Keep the clock right."""
        self._ticking = self.set_interval(5, self._tick)

    @on(BigButton.Pressed)
    def _choose(self, event: BigButton.Pressed) -> None:
        event.stop()
        if isinstance(event.button, LanguageButton):
            self.post_message(LanguageChosen(event.button.language))

    def _tick(self) -> None:
        self.query_one("#now", Static).update(Content(self._now()))

    def _now(self) -> str:
        now = self._visit.desk.now()
        phrases = self._visit.phrases
        calendar = self._visit.desk.content.branch.calendar
        return f"{phrases.clock(now)}  ·  {openness_in_words(calendar, now, phrases)}"


class LanguageButton(BigButton):
    """One language, in its own name; a touch leaves the focus where one was writing."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str, language: str, *, here: bool) -> None:
        """Take the language's own *name*, its code, and whether it is the one being read."""
        super().__init__(name, id=f"language-{language}", classes="-here" if here else "")
        self._here = here
        self.language = language
        """Code of the language."""

    def render(self) -> Content:
        """Draw the name, or where there is no room for it the short sign."""
        width = self.content_size.width
        label = self.label if width >= LEAST_FOR_NAMES else SIGNS[self.language]
        return Content(f"{CHOSEN_MARK} {label}" if self._here else label)
