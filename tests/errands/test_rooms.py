"""Rooms: what stands at home, and what one step inside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.errands.rooms import HOME, IDEAS, MOST_TILES, ROOMS, TAKE_PART, Room, inside, room_of

every_room = pytest.mark.parametrize("room", ROOMS.values(), ids=list(ROOMS))
NAMED = sorted({value for room in ROOMS.values() for value in room.tiles} - set(ROOMS))


def test_a_room_with_nothing_in_it_has_no_tile() -> None:
    assert inside(HOME, ["feedback", "follow-up", "wish"]) == ["feedback", IDEAS.name, "follow-up"]
    assert inside(IDEAS, ["wish"]) == ["wish"]
    assert inside(TAKE_PART, ["wish"]) == []


def test_what_no_room_names_stands_at_home_before_following_up() -> None:
    known = ["feedback", "lost-thing", "found-thing", "follow-up"]
    assert inside(HOME, known) == ["feedback", "lost-thing", "found-thing", "follow-up"]
    assert inside(IDEAS, known) == []
    assert room_of("lost-thing") == ""
    assert room_of("volunteer") == TAKE_PART.name


@given(known=st.lists(st.sampled_from([*NAMED, "lost-thing"]), unique=True))
def test_everything_that_exists_stands_in_exactly_one_room(known: list[str]) -> None:
    seen = [value for room in ROOMS.values() for value in inside(room, known)]
    assert sorted(set(seen) - set(ROOMS)) == sorted(known)
    assert len(set(seen)) == len(seen)


@every_room
def test_a_room_with_everything_in_it_has_a_digit_for_each(room: Room) -> None:
    assert len(inside(room, NAMED)) == len(room.tiles) <= MOST_TILES


@every_room
def test_a_title_of_a_room_fits_on_its_tile(room: Room) -> None:
    assert len(room.title) <= 24
    assert room.ask.endswith("?")
    assert room is HOME or room.blurb.endswith(".")
