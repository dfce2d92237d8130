"""The header: where one is, what time it is, the languages to choose from, and the contrast."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from kiosk.i18n import LANGUAGES, ordinary
from screens.hours import openness_in_words
from screens.messages import LanguageChosen
from screens.visit import Visit
from screens.ways_of_reading import ways_of_reading
from screens.widgets.big_button import BigButton
from screens.widgets.language_button import LanguageButton
from screens.widgets.wish_button import WishButton


class Header(Horizontal):
    """Stands at the top of every screen."""

    def __init__(self, visit: Visit) -> None:
        """Take the *visit*, whose language it shows and changes."""
        super().__init__()
        self._visit = visit
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out branch and clock on the left, languages and ways of reading on the right."""
        plain = ordinary(self._visit.language)
        with Vertical(id="place"):
            yield Static(Content(self._visit.desk.content.branch.name), id="branch")
            yield Static(Content(self._ways_to_say_now()[0]), id="now")
        with Horizontal(id="languages"):
            for code, name in LANGUAGES.items():
                yield LanguageButton(name, code, here=code == plain)
            yield from self._wishes()

    def _wishes(self) -> ComposeResult:
        """Lay out the ways of reading that there are here and now."""
        for each in ways_of_reading(self._visit, self.app.current_theme):
            marked = "-here" if each.here else ""
            yield WishButton(each.word, each.wish, each.mark, id=each.id, classes=marked)

    def on_mount(self) -> None:
        """Keep the clock right."""
        self._ticking = self.set_interval(5, self._tick)

    @on(BigButton.Pressed)
    def _choose(self, event: BigButton.Pressed) -> None:
        event.stop()
        match event.button:
            case LanguageButton() as button:
                self.post_message(LanguageChosen(button.language))
            case WishButton() as button:
                self.post_message(button.wish())

    def on_resize(self) -> None:
        """Say as much as there is room for."""
        self.call_after_refresh(self._tick)

    def _tick(self) -> None:
        for line in self.query("#now").results(Static):
            ways = self._ways_to_say_now()
            now = next((each for each in ways if len(each) <= line.size.width), ways[-1])
            if str(line.content) != now:  # every update lays the whole screen out anew
                line.update(Content(now))

    def _ways_to_say_now(self) -> list[str]:
        """Say time and opening hours, the longest way first; the hours are said in each."""
        desk, phrases = self._visit.desk, self._visit.phrases
        now = desk.now()
        hours = openness_in_words(desk.calendar, now, phrases)
        if not desk.time_known:
            return [hours]
        return [f"{phrases.clock(now)} · {hours}", f"{phrases.clock(now)} {hours}", hours]
