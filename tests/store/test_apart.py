"""Apart: what was sealed for one library leaves for no other, and is never deleted for it."""

import errno
import os

import pytest
from msgspec.structs import replace

from kiosk import seal, wire
from kiosk.domain.receipt import State
from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.apart import Apart
from kiosk.store.device import Device, save_device
from kiosk.store.disk import Disk
from kiosk.store.ledger import Ledger
from kiosk.wire import Verdict
from tests.drivers.branch import Branch
from tests.store.test_ledger import answer


def elsewhere(branch: Branch) -> Device:
    """Return the identity of the same machine at another library."""
    key = seal.new_sealing_pair().public
    return replace(branch.device, device="at Ekero", tenant="ekero", sealing_key=key)


def become(branch: Branch, device: Device) -> Ledger:
    """Let the kiosk be *device* from the next start."""
    branch.close()
    save_device(branch.home, device)
    branch.device = device
    return branch.desk.ledger


def judged(identity: str, verdict: Verdict) -> wire.InboxAnswer:
    """Answer for one event."""
    return replace(answer(dropping=[]), verdicts=[wire.EventVerdict(identity, verdict, "why")])


def codes(ledger: Ledger) -> list[str]:
    return [each.problem.code for each in ledger.troubles()]


def test_at_another_library_nothing_sealed_before_waits_or_is_deleted(branch: Branch) -> None:
    first = branch.device
    sent, waits = branch.hand_in(), branch.hand_in()
    ledger = branch.desk.ledger
    ledger.settle(judged(sent.id, Verdict.STORED))
    bodies = sorted(row["body"] for row in ledger.books.outbox.all())
    ledger = become(branch, elsewhere(branch))
    assert (ledger.pending, ledger.acknowledged(), len(ledger.apart)) == (0, 0, 2)
    assert codes(ledger) == ["K11"]
    assert "raseborg" in ledger.troubles()[0].remedy
    here = branch.hand_in()
    assert [each.id for each in ledger.unsent()] == [here.id]
    ledger.settle(answer(epoch="e9", receipt=9, safe=99, erase=[], dropping=[]))
    ledger.tidy()
    assert sorted(row["body"] for row in ledger.books.apart.all()) == bodies
    assert branch.desk.condition().unsafe == 3
    ledger = become(branch, first)
    assert [each.id for each in ledger.unsent()] == [sent.id, waits.id], (
        "brought again from the start"
    )
    assert [row["id"] for row in ledger.books.apart.all()] == [here.id]


def test_what_central_refused_goes_apart_and_comes_back_as_it_was(branch: Branch) -> None:
    first, refused = branch.device, branch.hand_in()
    branch.desk.ledger.settle(judged(refused.id, Verdict.REFUSED))
    assert become(branch, elsewhere(branch)).refused() == 0
    ledger = become(branch, first)
    assert (ledger.refused(), ledger.pending, len(ledger.apart)) == (1, 0, 0)


def test_what_a_visitor_says_of_it_stays_with_it(branch: Branch) -> None:
    first = branch.device
    kept, gone = branch.hand_in(), branch.hand_in()
    ledger = become(branch, elsewhere(branch))
    branch.desk.withdraw(kept.code)
    branch.desk.withdraw(gone.code, erase=True)
    assert ledger.pending == 0, "the other library never hears of it"
    assert gone.id not in {row["id"] for row in ledger.books.apart.all()}
    ledger = become(branch, first)
    types = [(each.type, each.about) for each in branch.events()]
    assert types == [
        ("feedback.submitted", ""),
        (wire.WITHDRAWN, kept.id),
        (wire.ERASED, gone.id),
    ]
    assert branch.desk.look_up(gone.code).state is State.ERASED


def test_another_device_of_the_same_library_brings_everything(branch: Branch) -> None:
    branch.hand_in()
    ledger = become(branch, replace(branch.device, device="another", branch="karis"))
    assert (ledger.pending, len(ledger.apart), codes(ledger)) == (1, 0, [])


def test_a_ledger_from_before_belongs_to_whoever_opens_it_first(branch: Branch) -> None:
    branch.hand_in()
    branch.desk.ledger.set_fact("sealed_for", [])
    assert become(branch, elsewhere(branch)).pending == 1


def test_a_disk_too_full_to_set_anything_apart_lets_nothing_leave(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in, first = branch.hand_in(), branch.device
    branch.close()
    save_device(branch.home, elsewhere(branch))

    def full(*_words: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Disk, "write", full)
    for _ in range(2):
        with pytest.raises(Trouble) as caught:
            assert branch.desk
        assert caught.value.problem is CANNOT_WRITE
    monkeypatch.undo()
    assert branch.desk.ledger.pending == 0
    assert [each.id for each in become(branch, first).unsent()] == [handed_in.id]


def test_without_setting_apart_another_library_would_be_brought_all(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Apart, "belong_to", lambda *_: None)
    handed_in = branch.hand_in()
    assert [each.id for each in become(branch, elsewhere(branch)).unsent()] == [handed_in.id]
