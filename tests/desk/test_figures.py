"""Figures at the branch: counted once whatever happens, brought once an hour, telling of nobody."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import seal, wire
from kiosk.domain.figures import Tally, What
from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.ledger import AMPLE_ROOM, Ledger
from kiosk.sync import figures
from tests.desk.conftest import settle
from tests.drivers.branch import Branch

TEN = "2026-11-26T09:00Z"
"""Ten o'clock in Stockholm: the hour in which a test begins."""


def brings(branch: Branch) -> None:
    """Do what every exchange does first."""
    figures.bring(branch.desk.ledger, branch.device, branch.world)


def told(branch: Branch, event: wire.Event) -> list[Tally]:
    """Open the figures of an event with central's key."""
    counted = wire.decode(bytes(event.payload), wire.FiguresCounted)
    assert counted.branch == "ekenas"
    return wire.decode(seal.unseal(branch.sealing.secret, counted.sealed), wire.Tallies).tallies


def brought(branch: Branch) -> list[Tally]:
    """Read all figures that wait in the outbox."""
    return [
        each
        for event in branch.events()
        if event.type == wire.COUNTED
        for each in told(branch, event)
    ]


def a_visit(branch: Branch) -> None:
    """Let somebody begin feedback in Finnish and leave it."""
    branch.desk.count(What.BEGUN, "feedback", "fi")
    branch.desk.count(What.ABANDONED, "feedback/words", "fi")
    branch.desk.count(What.VISIT, "", "fi")
    branch.desk.visit_over()


def test_an_hour_that_is_over_is_brought_as_one_event(branch: Branch) -> None:
    a_visit(branch)
    branch.close()
    a_visit(branch)
    branch.close()
    brings(branch)
    assert branch.events() == []
    branch.world.later(minutes=31)
    brings(branch)
    brings(branch)
    (event,) = branch.events()
    assert told(branch, event) == [
        Tally(TEN, "abandoned", "feedback/words", "fi", 2),
        Tally(TEN, "begun", "feedback", "fi", 2),
        Tally(TEN, "visit", "", "fi", 2),
    ]


def test_an_event_of_figures_knows_no_time_finer_than_the_hour(branch: Branch) -> None:
    a_visit(branch)
    branch.close()
    branch.world.later(minutes=47, seconds=12)
    brings(branch)
    (event,) = branch.events()
    assert event.captured_at == "2026-11-26T10:00+00:00"
    hour_ms = int(event.id.replace("-", "")[:12], 16)
    assert hour_ms % 3_600_000 == 0
    assert event.mono_ms == 30 * 60_000


def test_no_visitor_is_told_that_figures_wait_to_be_sent(branch: Branch) -> None:
    branch.hand_in()
    a_visit(branch)
    branch.close()
    branch.world.later(hours=1)
    brings(branch)
    assert branch.desk.ledger.pending == 2
    assert branch.desk.connection().pending == 1
    verdicts = [wire.EventVerdict(each.id, wire.Verdict.STORED) for each in branch.events()]
    settle(branch, verdicts=verdicts)
    assert branch.desk.connection().pending == 0


def test_the_box_does_not_tell_who_was_there_once_the_hour_is_brought(branch: Branch) -> None:
    a_visit(branch)
    branch.close()
    branch.world.later(hours=1)
    brings(branch)
    branch.desk.ledger.tidy()
    assert b"abandoned" not in branch.bytes_on_disk()


def test_only_names_are_counted_whatever_is_asked_for(branch: Branch) -> None:
    branch.desk.count(What.BEGUN, "Anna Svensson 070-123", "svenska språket")
    branch.close()
    branch.world.later(hours=1)
    brings(branch)
    assert brought(branch) == [Tally(TEN, "begun", "", "", 1)]


def test_a_disk_that_is_full_keeps_the_figures_for_the_next_visit(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise Trouble(CANNOT_WRITE, path="", why="full")

    with monkeypatch.context() as patch:
        patch.setattr(branch.desk.ledger.figures, "add", fails)
        branch.desk.count(What.VISIT)
        branch.desk._tallied.keep()
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "room", lambda _: AMPLE_ROOM)
        branch.desk.count(What.VISIT)
        branch.desk._tallied.keep()
        branch.world.later(hours=1)
        brings(branch)
    assert brought(branch) == []
    branch.close()
    brings(branch)
    assert brought(branch) == [Tally(TEN, "visit", "", "", 2)]


def test_figures_wait_where_the_disk_has_no_room_to_spare(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_visit(branch)
    branch.close()
    branch.world.later(hours=1)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "room", lambda _: AMPLE_ROOM)
        brings(branch)
    assert brought(branch) == []
    brings(branch)
    assert len(brought(branch)) == 3


def test_a_power_cut_while_they_are_put_in_the_outbox_loses_and_doubles_none(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise Trouble(CANNOT_WRITE, path="", why="power cut")

    a_visit(branch)
    branch.close()
    branch.world.later(hours=1)
    with monkeypatch.context() as patch:
        patch.setattr(branch.desk.ledger, "append", breaks)
        brings(branch)
    branch.close()
    brings(branch)
    brings(branch)
    assert len(brought(branch)) == 3


STEPS = st.lists(
    st.one_of(
        st.sampled_from([What.VISIT, What.BEGUN, What.HELP]),
        st.sampled_from(["keep", "bring", "restart", "hour", "full"]),
    ),
    max_size=40,
)


@settings(max_examples=25)
@given(STEPS)
def test_everything_counted_is_brought_once_whatever_happens_in_between(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    branch = Branch(Path(tmp_path_factory.mktemp("kiosk")))
    counted: Counter[str] = Counter()
    for step in steps:
        match step:
            case What():
                branch.desk.count(step, "feedback", "sv")
                counted[step.value] += 1
            case "keep":
                branch.desk._tallied.keep()
            case "bring":
                brings(branch)
            case "restart":
                branch.close()
            case "hour":
                branch.world.later(minutes=25)
            case _:
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(Ledger, "room", lambda _: AMPLE_ROOM)
                    branch.desk._tallied.keep()
                    brings(branch)
    branch.close()
    branch.world.later(hours=1)
    brings(branch)
    found: Counter[str] = Counter()
    for each in brought(branch):
        found[each.what] += each.many
    made = [each.captured_at for each in branch.events()]
    branch.close()
    assert found == counted
    assert len(set(made)) == len(made)
