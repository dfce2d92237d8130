"""A "me too" at the desk: durable at once, shown at once, and counted once in the end."""

from dataclasses import replace

import pytest
from msgspec import structs

from kiosk import wire
from kiosk.domain.posting import Board
from kiosk.problems import NO_ROOM, Trouble
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT, SEEDS


def shown(branch: Branch) -> int:
    """Return how many have said "me too" of the idea, as a visitor reads it."""
    posting = branch.desk.content.posting(SEEDS.id)
    assert posting
    return posting.so_far


def told(branch: Branch, so_far: int, **by: int) -> None:
    """Let central publish how often "me too" was said."""
    news = replace(SEEDS, so_far=so_far, so_far_by=by)
    others = [each for each in CONTENT.postings if each is not SEEDS]
    content = replace(CONTENT, postings=(news, *others))
    branch.desk.published.replace(wire.encode_content(content))


def test_me_too_is_an_event_about_the_idea_that_tells_of_nobody(branch: Branch) -> None:
    branch.desk.support(SEEDS.id)
    branch.desk.support(SEEDS.id)
    first, second = branch.events()
    assert first.type == wire.SUPPORTED
    assert first.about == second.about == SEEDS.id
    payload = wire.decode(bytes(first.payload), wire.IdeaSupported)
    assert payload == wire.IdeaSupported(branch="ekenas", tally=first.id)
    assert payload == wire.decode(bytes(second.payload), wire.IdeaSupported)


def test_it_is_shown_at_once_over_a_restart_and_not_twice_when_central_has_heard(
    branch: Branch,
) -> None:
    assert shown(branch) == 7
    branch.desk.support(SEEDS.id)
    assert shown(branch) == 8
    branch.close()
    assert shown(branch) == 8
    tally = branch.desk.ledger.support.name
    told(branch, 9, **{tally: 1})
    assert shown(branch) == 9, "one more from elsewhere; ours is among them"
    branch.desk.support(SEEDS.id)
    assert shown(branch) == 10


def test_a_kiosk_that_becomes_another_device_counts_anew(branch: Branch) -> None:
    branch.desk.ledger.belong_to(structs.replace(branch.device, device="first"))
    branch.desk.support(SEEDS.id)
    name = branch.desk.ledger.support.name
    branch.desk.ledger.belong_to(structs.replace(branch.device, device="second"))
    assert shown(branch) == 7
    branch.desk.support(SEEDS.id)
    assert shown(branch) == 8
    assert branch.desk.ledger.support.name != name


def test_on_a_full_disk_it_is_refused_and_nothing_is_counted(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(branch.desk.ledger, "room", lambda: 1)
    with pytest.raises(Trouble) as refused:
        branch.desk.support(SEEDS.id)
    assert refused.value.problem is NO_ROOM
    assert (branch.events(), shown(branch)) == ([], 7)


def test_the_other_boards_stay_as_they_were_published(branch: Branch) -> None:
    branch.desk.support(SEEDS.id)
    for board in set(Board) - {Board.IDEA}:
        assert branch.desk.content.on_board(board) == CONTENT.on_board(board)
