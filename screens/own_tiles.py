"""Own tiles: the screens that are not errands and have a tile; `kiosk.errands.rooms` says where."""

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from kiosk.domain.content import Content
from kiosk.phrase import phrase
from screens.messages import OpenFollowUp, OpenGuide, OpenProgramme


@dataclass(frozen=True, slots=True)
class OwnTile:
    """A tile that opens a screen of its own."""

    value: str
    """By which a room names it."""
    title: str
    """A phrase of at most 24 characters."""
    blurb: str
    """Under the title, one plain sentence, a phrase."""
    message: Callable[[], Message]
    """What pressing it says to the app."""
    offered: Callable[[Content], bool] = lambda _: True
    """Whether there is anything behind it today; without, it has no tile."""


PROGRAMME = OwnTile(
    value="programme",
    title=phrase("Programme and sign-up"),
    blurb=phrase("What happens here, and how to take part."),
    message=OpenProgramme,
)
FOLLOW_UP = OwnTile(
    value="follow-up",
    title=phrase("Follow up"),
    blurb=phrase("Read an answer with the code on your receipt."),
    message=OpenFollowUp,
)
GUIDE = OwnTile(
    value="guide",
    title=phrase("Find the right help"),
    blurb=phrase("A letter, a form, a phone: who can help, and how."),
    message=OpenGuide,
    offered=lambda content: bool(content.guide.needs),
)
OWN_TILES = {tile.value: tile for tile in (PROGRAMME, GUIDE, FOLLOW_UP)}
"""Every own tile by its value."""
