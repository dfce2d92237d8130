"""The resting screen: what a passer-by sees until somebody touches it."""

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.texts import text_for
from kiosk.domain.workshop import coming
from kiosk.errands.offer import notice_in_words, when_in_words
from kiosk.i18n import LANGUAGES
from kiosk.phrase import phrase
from screens.frame import Frame
from screens.hours import openness_in_words, staffing_in_words
from screens.keys import CONTRAST, LARGE, TECHNICIAN
from screens.messages import BeginVisit, ContrastWanted, LargeWanted
from screens.visit import spoken
from screens.widgets.big_button import BigButton
from screens.widgets.big_letters import BigLetters
from screens.widgets.status_line import StatusLine
from screens.widgets.too_small import TooSmall

BEGIN = phrase("Touch here, or press any key")
LEAST_SHOWN = 3
NOTICE_S = 10
"""How long one notice is shown before the next takes its turn."""
ROWS_TAKEN = 23
"""Rows of this screen that the programme leaves to the rest of it."""


class StartButton(BigButton):
    """Begins a visit in its own language."""

    def __init__(self, language: str) -> None:
        """Take the code of the *language*."""
        super().__init__("", id=f"start-{language}", classes="start")
        self.language = language
        """Code of the language."""

    def render(self) -> Content:
        """Draw the language's own name, and how to begin, in it."""
        name, begin = LANGUAGES[self.language], spoken(self.language).say(BEGIN)
        return Content.assemble((name, self.emphasis), "\n", begin)


class Resting(Frame):
    """Branch, clock, hours, programme, and the way in, in all five languages."""

    def compose(self) -> ComposeResult:
        """Lay it out without the header: the language is chosen by beginning."""
        content = self.visit.desk.content
        with Vertical(id="rest-head"):
            yield Static(Content(content.branch.name), id="rest-branch")
            yield Static(Content(content.branch.library), id="rest-library")
        with Vertical(id="column"):
            yield from self.body()
            with Horizontal(id="starts"):
                for language in LANGUAGES:
                    yield StartButton(language)
        yield StatusLine(self.visit)
        yield TooSmall(self.visit)

    def body(self) -> ComposeResult:
        """Lay out clock, hours, notice and programme."""
        with Horizontal(id="rest-now"):
            yield BigLetters("", id="rest-clock")
            with Vertical(id="rest-hours"):
                yield Static(id="rest-day")
                yield Static(id="rest-open")
                yield Static(id="rest-staff")
        yield Static(id="rest-notice")
        yield Static(id="rest-coming")

    def on_mount(self) -> None:
        """Keep showing the time."""
        self.set_interval(5, self._tick)

    def ready(self) -> None:
        """Show the time, and nothing of what the last visitor touched."""
        self.set_focus(None)
        self._tick()

    def on_resize(self) -> None:
        """Show as much of the programme as there is room for."""
        self._tick()

    def step_back(self) -> None:
        """Stay: there is nothing behind the resting screen."""

    def on_key(self, event: events.Key) -> None:
        """Begin by any key but the technician's; Enter on a language begins in it."""
        if event.key not in {TECHNICIAN, "tab", "shift+tab"}:
            event.prevent_default()
            if event.key == CONTRAST:
                self.post_message(ContrastWanted())
            if event.key == LARGE:
                self.post_message(LargeWanted())
            self.post_message(BeginVisit())

    def on_click(self) -> None:
        """Begin by a touch anywhere."""
        self.post_message(BeginVisit())

    @on(BigButton.Pressed)
    def _start(self, event: BigButton.Pressed) -> None:
        event.stop()
        if isinstance(event.button, StartButton):
            self.post_message(BeginVisit(event.button.language))

    def _tick(self) -> None:
        desk, phrases = self.visit.desk, self.visit.phrases
        now, calendar = desk.now(), desk.content.branch.calendar
        self._write("#rest-day", phrases.day(now))
        self.query_one("#rest-clock", BigLetters).write(f"{now:%H:%M}")
        self._write("#rest-open", openness_in_words(calendar, now, phrases))
        self._write("#rest-staff", staffing_in_words(calendar, now, phrases))
        self._write("#rest-notice", self._notice())
        self.query_one("#rest-coming", Static).update(self._coming())

    def _write(self, where: str, text: str) -> None:
        line = self.query_one(where, Static)
        line.update(Content(text))
        line.display = bool(text)

    def _notice(self) -> str:
        desk = self.visit.desk
        if self.visit.notice:
            return self.visit.notice
        now, phrases = desk.now(), self.visit.phrases
        notices = desk.content.notices_for(phrases.language, now)
        if not notices:
            return ""
        turn = int(now.timestamp()) // NOTICE_S % len(notices)
        return notice_in_words(notices[turn], phrases)

    def _coming(self) -> Content:
        desk = self.visit.desk
        here = desk.content.branch.key
        entries = [
            each
            for each in coming(desk.content.programme, desk.now())
            if each.branch == here and not each.cancelled
        ][: max(LEAST_SHOWN, self.size.height - ROWS_TAKEN)]
        if not entries:
            return Content("")
        phrases = self.visit.phrases
        times = [when_in_words(each, phrases) for each in entries]
        width = max(len(time) for time in times)
        lines = [Content.assemble((self.say("Coming up here"), "bold $accent"))]
        for each, time in zip(entries, times, strict=True):
            title = text_for(each.title, phrases.language)
            lines.append(Content.assemble((time.ljust(width), "$muted"), "   ", (title, "bold")))
        return Content("\n").join(lines)
