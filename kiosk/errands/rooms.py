"""Rooms: what stands on the home screen and what lies one step inside, in order."""

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.phrase import phrase

MOST_TILES = 8
"""In one room, home included; one digit opens each."""


@dataclass(frozen=True, slots=True)
class Room:
    """Tiles on one screen: errands, screens of their own, and at home also other rooms."""

    name: str
    """The value of its own tile at home; never shown to a visitor."""
    title: str
    """On its tile, a phrase of at most 24 characters."""
    blurb: str
    """Under the title, one plain sentence, a phrase."""
    ask: str
    """Over its tiles, a phrase."""
    tiles: tuple[str, ...]
    """Errands by name, own tiles by value, rooms by name, in the order of their numbers. One that
    does not exist here leaves no gap."""


IDEAS = Room(
    name="ideas",
    title=phrase("Ideas, wishes and tips"),
    blurb=phrase("Something new, something to buy, a good book."),
    ask=phrase("What do you have in mind?"),
    tiles=("idea", "ideas-board", "wish", "book_tip", "book-tips"),
)
TAKE_PART = Room(
    name="take-part",
    title=phrase("Take part"),
    blurb=phrase("Help out, work with us, answer questions."),
    ask=phrase("How would you like to take part?"),
    tiles=("volunteer", "panel", "partner", "questions"),
)
BOARD = Room(
    name="board",
    title=phrase("You said – we did"),
    blurb=phrase("Answers, goals and whom we work with."),
    ask=phrase("What would you like to read?"),
    tiles=("answers", "goals", "partners", "highlights", "methods"),
)
HOME = Room(
    name="home",
    title="",
    blurb="",
    ask=phrase("What would you like to do?"),
    tiles=(
        "feedback",
        "programme",
        "guide",
        "fault",
        IDEAS.name,
        TAKE_PART.name,
        BOARD.name,
        "follow-up",
    ),
)
ROOMS = {room.name: room for room in (HOME, IDEAS, TAKE_PART, BOARD)}
"""Every room by its name."""


def inside(room: Room, known: Collection[str]) -> list[str]:
    """List what stands in *room* of the *known* values of errands and own tiles, and of rooms.

    A room with nothing in it has no tile. What no room names stands at home, last but for
    following up.
    """
    there = {each.name for each in ROOMS.values() if not set(known).isdisjoint(each.tiles)}
    named = room.tiles
    if room is HOME:
        nowhere = [value for value in known if not room_of(value)]
        named = (*named[:-1], *nowhere, named[-1])
    return [value for value in named if value in known or value in there]


def room_of(value: str) -> str:
    """Return the name of the room that names *value*, or ""."""
    return next((room.name for room in ROOMS.values() if value in room.tiles), "")
