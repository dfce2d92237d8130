"""Dropping: a sealed copy leaves once central has said that it is there and opens, not before."""

from pathlib import Path

import pytest

from kiosk.domain.receipt import State
from kiosk.store.ledger import Ledger
from kiosk.wire import EventVerdict, Verdict
from tests.drivers.branch import event
from tests.store.test_ledger import LATER, NOW, answer, ledger, save, state, waiting

__all__ = ["ledger"]


def codes(ledger: Ledger) -> list[str]:
    """List what a technician is told."""
    return [each.problem.code for each in ledger.troubles()]


def held(**verdicts: Verdict) -> list[EventVerdict]:
    """Say what central holds: `_1=Verdict.STORED`."""
    return [EventVerdict(event(int(name[1:])).id, verdict) for name, verdict in verdicts.items()]


def brought(ledger: Ledger, *numbers: int) -> None:
    """Let central have these, and a backup cover them."""
    save(ledger, *numbers)
    ledger.settle(answer(dict.fromkeys(numbers, Verdict.STORED), safe=1, dropping=[]))


@pytest.mark.parametrize(
    ("verdict", "pends", "kept", "told"),
    [
        (Verdict.STORED, False, 0, []),
        (Verdict.RETRY, False, 1, []),
        (Verdict.HELD, False, 1, ["S12"]),
        (Verdict.MISSING, True, 0, ["S11"]),
        (Verdict.ERASED, False, 0, []),
    ],
)
def test_what_central_says_of_a_copy_decides_what_becomes_of_it(
    ledger: Ledger, verdict: Verdict, pends: bool, kept: int, told: list[str]
) -> None:
    brought(ledger, 1)
    assert ledger.acknowledged() == 1, "safe alone lets nothing go"
    assert ledger.drops.due() == (event(1).id,)
    settled = ledger.settle(answer(safe=1, dropping=held(_1=verdict)))
    assert settled.purged == (verdict is Verdict.STORED)
    assert (waiting(ledger), ledger.acknowledged()) == ([1] if pends else [], kept)
    assert codes(ledger) == told
    assert ledger.drops.due() == ()
    assert (state(ledger, 1) is State.ERASED) is (verdict is Verdict.ERASED)


def test_a_copy_that_no_backup_covers_any_more_stays(ledger: Ledger) -> None:
    brought(ledger, 1)
    assert ledger.settle(answer(safe=0, dropping=held(_1=Verdict.STORED))).purged == 0
    assert ledger.settle(answer(safe=1, dropping=held(_7=Verdict.STORED))).purged == 0


def test_what_cannot_be_opened_is_kept_for_good_and_asked_about_once_an_hour(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kiosk.store.dropping.MOST_ACKNOWLEDGED", 0)
    brought(ledger, 1)
    ledger.drops.begin(NOW)
    ledger.settle(answer(safe=1, dropping=held(_1=Verdict.HELD)))
    ledger.tidy()
    ledger.drops.begin(NOW)
    assert ledger.drops.due() == ()
    ledger.close()
    again = Ledger(tmp_path / "kiosk.json")
    assert codes(again) == ["S12"]
    again.drops.begin(LATER)
    assert again.drops.due() == (event(1).id,)
    again.settle(answer(safe=1, dropping=held(_1=Verdict.STORED)))
    assert (again.acknowledged(), codes(again)) == (0, [])
    again.close()


def test_what_cannot_be_opened_is_no_trouble_once_its_visitor_erases_it(ledger: Ledger) -> None:
    brought(ledger, 1, 2)
    ledger.settle(answer(safe=1, dropping=held(_1=Verdict.HELD, _2=Verdict.HELD)))
    ledger.settle(answer(erase=[event(1).id], dropping=held(_2=Verdict.STORED)))
    assert codes(ledger) == []


def test_past_so_many_the_oldest_are_asked_about_though_no_backup_covers_them(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.store.dropping.MOST_ACKNOWLEDGED", 2)
    save(ledger, 1, 2, 3)
    ledger.settle(answer(dict.fromkeys((1, 2, 3), Verdict.STORED), dropping=[]))
    ledger.tidy()
    assert ledger.acknowledged() == 3
    assert ledger.drops.due() == (event(1).id,)
    assert ledger.drops.due(2, ahead=True) == (event(1).id, event(2).id)
    assert ledger.settle(answer(dropping=held(_1=Verdict.STORED, _2=Verdict.STORED))).purged == 1


def test_an_older_central_is_asked_nothing_and_trusted_as_before(ledger: Ledger) -> None:
    save(ledger, 1)
    ledger.settle(answer({1: Verdict.STORED}))
    assert ledger.drops.due(ahead=True) == ()
    assert ledger.settle(answer(safe=1)).purged == 1


@pytest.mark.parametrize(
    ("receipt", "more", "again"),
    [
        (2, {}, False),
        (2, {9: Verdict.STORED}, True),
        (1, {}, True),
        (3, {9: Verdict.STORED}, False),
    ],
)
def test_a_number_lower_than_one_told_or_told_twice_begins_again(
    ledger: Ledger, receipt: int, more: dict[int, Verdict], again: bool
) -> None:
    save(ledger, 1, 2)
    ledger.settle(answer({1: Verdict.STORED}, receipt=1, dropping=[]))
    ledger.settle(answer({2: Verdict.STORED}, receipt=2, dropping=[]))
    ledger.settle(answer(more, receipt=receipt, dropping=[], safe=9))
    assert waiting(ledger) == ([1, 2] if again else [])
    assert codes(ledger) == (["S11"] if again else [])
    assert (ledger.drops.due() == ()) is again
    ledger.settle(answer(dict.fromkeys((1, 2), Verdict.DUPLICATE), receipt=4, dropping=[]))
    assert (waiting(ledger), codes(ledger)) == ([], [])


@pytest.mark.parametrize(("epoch", "told"), [("e1.again", ["S11"]), ("e2", [])])
def test_another_epoch_begins_again_and_what_nobody_restored_is_told(
    ledger: Ledger, epoch: str, told: list[str]
) -> None:
    brought(ledger, 1)
    ledger.settle(answer(epoch=epoch, receipt=7, dropping=held(_1=Verdict.STORED), safe=9))
    assert waiting(ledger) == [1], "what was safe in another life is not"
    assert codes(ledger) == told


def test_a_ledger_from_before_knows_its_number_from_what_it_holds(ledger: Ledger) -> None:
    save(ledger, 1)
    ledger.settle(answer({1: Verdict.STORED}, receipt=5))
    ledger.set_fact("receipt", 0)
    ledger.settle(answer(receipt=4))
    assert waiting(ledger) == [1]
