"""The header: where one is, what time it is, the languages to choose from, and the contrast."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from kiosk.i18n import EASY, LANGUAGES, ordinary
from screens.hours import openness_in_words
from screens.messages import (
    ContrastWanted,
    EasyWanted,
    HelpWanted,
    LanguageChosen,
    LargeWanted,
    ListenWanted,
)
from screens.terminal import STRONG
from screens.visit import Visit
from screens.widgets.big_button import BigButton
from screens.widgets.language_button import LanguageButton
from screens.widgets.tile import CHOSEN_MARK
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
            yield from self._wishes(plain)

    def _wishes(self, plain: str) -> ComposeResult:
        """Lay out the ways of reading that there are here and now."""
        say = self._visit.say
        if plain in EASY:
            word, easy = say("Easy"), plain != self._visit.language
            mark, here = (f"{CHOSEN_MARK}{word}", "-here") if easy else (word, "")
            yield WishButton(word, EasyWanted, mark, id="easy", classes=here)
        if self._visit.speech.there:
            yield WishButton(say("Read aloud"), ListenWanted, "♪", id="listen")
        yield WishButton(say("Help"), HelpWanted, "?", id="help-me")
        yield WishButton(say("Large"), LargeWanted, "A–" if self._visit.large else "A+", id="large")
        if not self.app.current_theme.ansi:  # sixteen colours are strong as they are
            strong = self.app.current_theme.name == STRONG
            mark = "◑" if strong else "◐"
            yield WishButton(say("Contrast"), ContrastWanted, mark, id="contrast")

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
