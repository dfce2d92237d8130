"""How many said "me too", counted at many kiosks that hear of one another late."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.domain.posting import Board, Posting, Stage, so_far_with
from tests.drivers.published import CONTENT, NIGHT, SEEDS

TALLIES = ("a", "b", "c")
ORDER = st.lists(st.tuples(st.sampled_from(TALLIES), st.booleans()), max_size=30)


@given(ORDER)
def test_a_kiosk_shows_its_own_at_once_and_nothing_twice_whenever_central_hears(
    order: list[tuple[str, bool]],
) -> None:
    """Each step is one "me too" at a kiosk; the flag tells whether central hears it at once."""
    here: Counter[str] = Counter()
    central: Counter[str] = Counter()
    for tally, heard in order:
        here[tally] += 1
        central = here.copy() if heard else central
        told = Posting("p", Board.IDEA, {}, so_far=central.total(), so_far_by=dict(central))
        for kiosk in TALLIES:
            others = sum(many for name, many in central.items() if name != kiosk)
            assert so_far_with(told, kiosk, here[kiosk]) == others + here[kiosk]


def test_a_kiosk_that_has_lost_its_tally_shows_what_central_knows() -> None:
    told = Posting("p", Board.IDEA, {}, so_far=5, so_far_by={"a": 2})
    assert so_far_with(told, "a", 0) == 5
    assert so_far_with(told, "new", 1) == 6


def test_only_an_idea_that_is_not_turned_down_can_be_joined() -> None:
    assert SEEDS.can_be_joined
    assert not NIGHT.can_be_joined
    assert not Posting("p", Board.GOAL, {}, stage=Stage.HEARD).can_be_joined


def test_content_finds_what_stands_on_its_boards_and_older_content_has_none() -> None:
    assert CONTENT.posting("p-seeds") is SEEDS
    assert CONTENT.posting("p-gone") is None
    assert CONTENT.on_board(Board.IDEA) == (SEEDS, NIGHT)
    old = b'{"branch": {"key": "a", "name": "A"}, "published": "2026-11-25T12:00:00Z"}'
    assert wire.decode_content(old).postings == ()


def test_a_board_that_only_newer_kiosks_know_hinders_nobody() -> None:
    newer = b'{"id": "x", "board": "poll", "title": {}, "stage": "voted", "colour": "red"}'
    assert wire.decode(newer, Posting).board == "poll"
