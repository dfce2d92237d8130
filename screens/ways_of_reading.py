"""Ways of reading: what stands at the top of every screen beside the languages, and what it does.

The header draws those that there are here and now, and help tells of exactly those.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual.message import Message
from textual.theme import Theme

from kiosk.i18n import EASY, ordinary
from kiosk.phrase import phrase
from screens.messages import ContrastWanted, EasyWanted, HelpWanted, LargeWanted, ListenWanted
from screens.terminal import STRONG
from screens.visit import Visit
from screens.widgets.tile import CHOSEN_MARK


@dataclass(frozen=True, slots=True)
class WayOfReading:
    """One mark to press."""

    id: str
    """Of its button."""
    word: str
    """What is read aloud, in her language."""
    mark: str
    """What is drawn."""
    wish: Callable[[], Message]
    """Makes the message that says so."""
    does: str
    """One sentence of help, in her language."""
    here: bool = False
    """Whether it is on, and drawn so."""


def ways_of_reading(visit: Visit, theme: Theme) -> Iterator[WayOfReading]:
    """Give those that there are in her language, on this machine, while it wears *theme*."""
    say = visit.say
    plain = ordinary(visit.language)
    if plain in EASY:
        word, easy = say("Easy"), plain != visit.language
        yield WayOfReading(
            "easy",
            word,
            f"{CHOSEN_MARK}{word}" if easy else word,
            EasyWanted,
            say(phrase("“{mark}” says it in easier words."), mark=word),
            here=easy,
        )
    if visit.speech.there:
        does = say(phrase("{mark} reads the screen aloud."), mark="♪")
        yield WayOfReading("listen", say("Read aloud"), "♪", ListenWanted, does)
    does = say(phrase("{mark} opens this page from every screen."), mark="?")
    yield WayOfReading("help-me", say("Help"), "?", HelpWanted, does)
    does = say(phrase("{mark} shows fewer and bigger things to press."), mark="A+")
    yield WayOfReading("large", say("Large"), "A–" if visit.large else "A+", LargeWanted, does)
    if not theme.ansi:  # sixteen colours are strong as they are
        mark = "◑" if theme.name == STRONG else "◐"
        does = say(phrase("{mark} gives stronger colours."), mark=mark)
        yield WayOfReading("contrast", say("Contrast"), mark, ContrastWanted, does)
