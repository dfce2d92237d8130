"""The status line: in words, whether the library can be reached, what waits, and closing time."""

from textual.content import Content
from textual.widgets import Static

from kiosk.i18n import Phrases
from screens.hours import closing_in_words
from screens.visit import Visit

CONNECTED_MARK = "●"
ALONE_MARK = "▲"
LOOKING_MARK = "○"
CLOSING_MARK = "■"
BETWEEN = "  ·  "
"""Before what is left out where there is no room for both."""
MARGIN = 2


class StatusLine(Static):
    """Stands at the bottom of every screen; colour is never its only sign."""

    def __init__(self, visit: Visit) -> None:
        """Take the *visit*, whose desk it asks."""
        super().__init__()
        self._visit = visit
        self._tick()

    def on_mount(self) -> None:
        """Ask the desk every other second."""
        self.set_interval(2, self._tick)

    def _tick(self) -> None:
        desk, phrases = self._visit.desk, self._visit.phrases
        closing = closing_in_words(desk.calendar, desk.now(), phrases)
        connection = desk.connection()
        self.set_class(bool(closing), "-closing")
        self.set_class(connection.connected is False, "-alone")
        ways = ways_to_say(
            phrases, closing, connected=connection.connected, pending=connection.pending
        )
        room = self.app.size.width - MARGIN
        self._write(next((each for each in ways if len(each) <= room), ways[-1]))

    def _write(self, words: str) -> None:
        """Write what is new; the same again would only be drawn again."""
        if str(self.content) != words:
            self.update(Content(words))


def ways_to_say(
    phrases: Phrases, closing: str, *, connected: bool | None, pending: int
) -> list[str]:
    """Say that the library is *closing*, if it is, and how it is reached; the longest way first.

    That it closes, and that it cannot be reached, is said in each of them.
    """
    full = connection_in_words(phrases, connected=connected, pending=pending)
    ways = [full, full.partition(BETWEEN)[0]]
    if not closing:
        return ways
    said = f"{CLOSING_MARK} {closing}"
    nobody = phrases.say("No connection")
    alone = f" · {ALONE_MARK} {nobody}" if connected is False else ""
    return [*(f"{said}{BETWEEN}{each}" for each in ways), said + alone]


def connection_in_words(phrases: Phrases, *, connected: bool | None, pending: int) -> str:
    """Say whether the library can be reached and how many messages wait to be sent.

    An errand is one message, and taking it back is another. Not known yet is said as that.
    """
    match connected:
        case None:
            mark, words = LOOKING_MARK, phrases.say("Looking for the library")
        case True:
            mark, words = CONNECTED_MARK, phrases.say("Connected to the library")
        case False:
            mark, words = ALONE_MARK, phrases.say("No connection – everything is kept here")
    said = f"{mark} {words}"
    if not pending:
        return said
    waiting = phrases.count("{n} message waits to be sent", "{n} messages wait to be sent", pending)
    return f"{said}{BETWEEN}{waiting}"
