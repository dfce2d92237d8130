"""The resting screen: what a passer-by sees until somebody touches it."""

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.errands.offer import notice_in_words
from kiosk.i18n import LANGUAGES
from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.hours import openness_in_words, staffing_in_words
from screens.keys import CONTRAST, LARGE, TECHNICIAN
from screens.messages import BeginVisit, ContrastWanted, LargeWanted, OpenFollowUp
from screens.turns import Slide, turns
from screens.visit import spoken
from screens.widgets.big_button import BigButton
from screens.widgets.big_letters import BigLetters
from screens.widgets.placard import Placard
from screens.widgets.status_line import StatusLine
from screens.widgets.too_small import TooSmall

BEGIN = phrase("Touch here, or press any key")
BEGIN_BY = phrase("Touch here, or press {n}")
TOUCH = phrase("Touch here")
LEAST_TO_BEGIN = 12
"""Columns from which on a button says both ways to begin."""
PRESSING = {"enter", "space"}
NO_TIME = "  :  "
"""The clock when it is not to be believed."""
TICK_S = 5
TURN_TICKS = 3
"""How long one turn and one notice are shown: some forty words can be read in it."""


class StartButton(BigButton):
    """Begins a visit in its own language."""

    def __init__(self, language: str, number: int, *, by_any: bool) -> None:
        """Take the code of the *language*, its key, and whether every key without one is its."""
        super().__init__(LANGUAGES[language], id=f"start-{language}", classes="start")
        self.language = language
        """Code of the language."""
        self.number = number
        """The digit that begins in it."""
        self._by_any = by_any

    def render(self) -> Content:
        """Draw the language's own name, and how to begin, in it."""
        ways = BEGIN if self._by_any else BEGIN_BY
        if self.content_size.width < LEAST_TO_BEGIN:
            ways = TOUCH
        begin = spoken(self.language).say(ways, n=self.number)
        return Content.assemble((f"{self.number} {self.label}", self.emphasis), "\n", begin)


class Resting(ScreenFrame):
    """Branch, clock, hours, what there is here in turn, and the way in, in all five languages."""

    any_key = True

    def __init__(self) -> None:
        """Begin with the first turn."""
        super().__init__()
        self._ticks = 0

    def compose(self) -> ComposeResult:
        """Lay it out without the header: the language is chosen by beginning."""
        self.dress()
        with Vertical(id="rest-head"):
            yield Static(id="rest-branch")
            yield Static(id="rest-library")
        with Vertical(id="column"):
            yield from self.body()
            with Horizontal(id="starts"):
                for number, language in enumerate(LANGUAGES, start=1):
                    by_any = language == self.visit.own_language
                    yield StartButton(language, number, by_any=by_any)
        yield StatusLine(self.visit)
        yield TooSmall(self.visit)

    def body(self) -> ComposeResult:
        """Lay out clock, hours, notice and what takes turns."""
        with Horizontal(id="rest-now"):
            yield BigLetters("", id="rest-clock")
            with Vertical(id="rest-hours"):
                yield Static(id="rest-day")
                yield Static(id="rest-open")
                yield Static(id="rest-staff")
        yield Static(id="rest-notice")
        yield Placard(id="rest-turn")

    def on_mount(self) -> None:
        """Keep showing the time."""
        self.set_interval(TICK_S, self._tick)

    def ready(self) -> None:
        """Show the time and the first turn, and nothing of what the last visitor touched."""
        self.set_focus(None)
        self._ticks = 0
        self._draw()

    def on_resize(self) -> None:
        """Find out anew whether notices have a place of their own: it takes some rows."""
        self.call_after_refresh(self._draw)

    def scanned(self, text: str, *, ended: bool) -> None:  # noqa: ARG002 - a code is whole
        """Begin with the receipt that was scanned."""
        self.post_message(BeginVisit(towards=partial(OpenFollowUp, text)))

    def step_back(self) -> None:
        """Stay: there is nothing behind the resting screen."""

    def on_key(self, event: events.Key) -> None:
        """Begin by any key but the technician's: a digit in its language, any other in the first.

        Enter on what has the focus presses it.
        """
        pressed = event.key in PRESSING and isinstance(self.focused, BigButton)
        if not pressed and event.key not in {TECHNICIAN, "tab", "shift+tab"}:
            event.prevent_default()
            if event.key == CONTRAST:
                self.post_message(ContrastWanted())
            if event.key == LARGE:
                self.post_message(LargeWanted())
            languages = dict(zip("123456789", LANGUAGES, strict=False))
            self.post_message(BeginVisit(languages.get(event.key, "")))

    def on_click(self) -> None:
        """Begin by a touch anywhere."""
        self.post_message(BeginVisit())

    @on(BigButton.Pressed)
    def _start(self, event: BigButton.Pressed) -> None:
        event.stop()
        match event.button:
            case StartButton() as start:
                self.post_message(BeginVisit(start.language))
            case Placard(turn=Slide() as turn):
                self.post_message(BeginVisit(towards=turn.towards))

    def _tick(self) -> None:
        self._ticks += 1
        self._draw()

    def _draw(self) -> None:
        """Write what has changed; nothing else is drawn again."""
        desk, phrases = self.visit.desk, self.visit.phrases
        now, calendar = desk.now(), desk.calendar
        self._write("#rest-branch", desk.content.branch.name)
        self._write("#rest-library", desk.content.branch.library)
        self._write("#rest-day", phrases.day(now) if desk.time_known else "")
        clock = f"{now:%H:%M}" if desk.time_known else NO_TIME
        self.query_one("#rest-clock", BigLetters).write(clock)
        self._write("#rest-open", openness_in_words(calendar, now, phrases))
        self._write("#rest-staff", staffing_in_words(calendar, now, phrases))
        notice, turn = self._notice(), self._turn()
        if notice and turn and self.has_class("-tight"):
            in_turn = self._ticks // TURN_TICKS % 2
            notice, turn = (notice, None) if in_turn else ("", turn)
        self._write("#rest-notice", notice)
        self.query_one("#rest-turn", Placard).show(turn)

    def _write(self, where: str, text: str) -> None:
        line = self.query_one(where, Static)
        if str(line.content) != text:
            line.update(Content(text))
        line.display = bool(text)

    def _notice(self) -> str:
        """Return the notice whose turn it is."""
        if self.visit.notice:
            return self.visit.notice
        desk, phrases = self.visit.desk, self.visit.phrases
        notices = desk.content.notices_for(phrases.language, desk.now())
        if not notices:
            return ""
        return notice_in_words(notices[self._ticks // TURN_TICKS % len(notices)], phrases)

    def _turn(self) -> Slide | None:
        """Return the turn that is shown now; where notices stand between, each waits for one."""
        desk, phrases = self.visit.desk, self.visit.phrases
        shown = turns(desk.content, desk.now(), phrases)
        ticks = TURN_TICKS * 2 if self.has_class("-tight") else TURN_TICKS
        return shown[self._ticks // ticks % len(shown)] if shown else None
