"""The ledger: nothing leaves it before central's answer allows it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.store import books, view
from kiosk.store.disk import Disk
from kiosk.store.dropping import MOST_ACKNOWLEDGED
from kiosk.store.ledger import Ledger
from kiosk.store.settling import Settled
from kiosk.store.view import Row, Rows, View
from kiosk.wire import DeadLetter, EventVerdict, ReceiptState, Verdict
from tests.drivers.branch import event

NOW = "2026-11-26T10:31:00.000+00:00"
LATER = "2026-11-27T10:31:00.000+00:00"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    ledger = Ledger(tmp_path / "kiosk.json")
    yield ledger
    ledger.close()


def locator(number: int) -> str:
    """Return the locator of event *number*."""
    return f"{number:032x}"


def save(ledger: Ledger, *numbers: int) -> None:
    """Hand in events with their receipts, all at once."""
    with ledger.atomic():
        for number in numbers:
            ledger.append(event(number))
            ledger.begin_note(locator(number), event(number), "feedback")


def answer(
    verdicts: dict[int, Verdict] | None = None, *, epoch: str = "e1", receipt: int = 1, **told: Any
) -> wire.InboxAnswer:
    """Make central's answer, with a verdict for each numbered event."""
    judged = [EventVerdict(event(n).id, verdict, "why") for n, verdict in (verdicts or {}).items()]
    plain: dict[str, Any] = {"safe": 0, "server_time": NOW}
    return wire.InboxAnswer(
        batch="b", epoch=epoch, receipt=receipt, verdicts=judged, **(plain | told)
    )


def waiting(ledger: Ledger) -> list[int]:
    """Return the numbers of what central has not acknowledged."""
    return [each.seq for each in ledger.unsent()]


def state(ledger: Ledger, number: int) -> State:
    """Return how far the receipt of event *number* has come."""
    note = ledger.note(locator(number))
    assert note
    return note.state


def test_the_outbox_gives_the_frozen_bytes_oldest_first(ledger: Ledger) -> None:
    save(ledger, 3, 1, 2)
    assert waiting(ledger) == [1, 2, 3]
    assert [each.body for each in ledger.unsent()] == [wire.encode(event(n)) for n in (1, 2, 3)]
    assert ledger.oldest_unsent() == event(1).captured_at
    assert ledger.pending == 3


def test_an_empty_outbox_has_no_oldest(ledger: Ledger) -> None:
    assert ledger.oldest_unsent() == ""
    assert ledger.unsent() == []
    assert ledger.note(locator(1)) is None


def test_numbers_go_on_after_a_restart_and_back_after_a_failure(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "kiosk.json")
    with ledger.atomic():
        assert ledger.next_seq() == 1

    def fail() -> None:
        with ledger.atomic():
            assert ledger.next_seq() == 2
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    ledger.close()
    again = Ledger(tmp_path / "kiosk.json")
    assert again.next_seq() == 2
    again.close()


@pytest.mark.parametrize(
    ("verdict", "pends", "kept", "shown"),
    [
        (Verdict.STORED, False, 1, State.SENT),
        (Verdict.DUPLICATE, False, 1, State.SENT),
        (Verdict.HELD, False, 1, State.SENT),
        (Verdict.CONFLICT, False, 1, State.SENT),
        (Verdict.ERASED, False, 0, State.ERASED),
        (Verdict.REFUSED, False, 0, State.SAVED),
        (Verdict.MISSING, True, 0, State.SAVED),
        (Verdict.RETRY, True, 0, State.SAVED),
    ],
)
def test_each_verdict_allows_what_it_says_and_no_more(
    ledger: Ledger, verdict: Verdict, pends: bool, kept: int, shown: State
) -> None:
    save(ledger, 1, 2)
    settled = ledger.settle(answer({1: verdict}))
    assert settled.verdicts == {verdict: 1}
    assert settled.progress is not pends
    assert waiting(ledger) == ([1, 2] if pends else [2])
    assert ledger.pending == (2 if pends else 1)
    assert ledger.acknowledged() == kept
    assert state(ledger, 1) is shown
    assert state(ledger, 2) is State.SAVED


def test_without_a_verdict_everything_stays(ledger: Ledger) -> None:
    save(ledger, 1)
    settled = ledger.settle(answer(safe=99))
    assert waiting(ledger) == [1]
    assert not settled.progress


def test_an_answer_about_others_or_without_a_number_is_no_progress(ledger: Ledger) -> None:
    save(ledger, 1)
    assert not ledger.settle(answer({7: Verdict.STORED})).progress
    assert not ledger.settle(answer({1: Verdict.STORED}, receipt=0)).progress
    assert waiting(ledger) == [1]


def test_a_sealed_copy_is_kept_until_a_backup_covers_it(ledger: Ledger) -> None:
    save(ledger, 1, 2, 3)
    ledger.settle(answer({1: Verdict.STORED}, receipt=1))
    ledger.settle(answer({2: Verdict.STORED}, receipt=2))
    assert ledger.settle(answer(receipt=2, safe=0)).purged == 0
    assert ledger.settle(answer(receipt=2, safe=1)).purged == 1
    assert ledger.acknowledged() == 1
    assert ledger.settle(answer({3: Verdict.STORED}, receipt=3, safe=3)).purged == 2
    assert ledger.acknowledged() == 0
    assert state(ledger, 1) is State.SENT


def test_after_a_restore_everything_unpurged_is_pending_again(ledger: Ledger) -> None:
    save(ledger, 1, 2, 3)
    ledger.settle(answer({1: Verdict.STORED, 2: Verdict.STORED}, safe=0, states=[news(9, "read")]))
    settled = ledger.settle(answer({3: Verdict.STORED}, epoch="e2", receipt=1, safe=1))
    assert waiting(ledger) == [1, 2]
    assert settled.progress
    assert settled.purged == 1
    assert ledger.fact("states_after") == 0


def test_after_a_restore_the_news_is_heard_from_its_beginning(ledger: Ledger) -> None:
    ledger.settle(answer(states=[news(1, "read", change=33)]))
    ledger.settle(answer(epoch="e2", states=[news(2, "read", change=34)]))
    assert ledger.fact("states_after") == 0
    ledger.settle(answer(epoch="e2", states=[news(3, "read", change=7)]))
    assert ledger.fact("states_after") == 7


def test_only_so_many_acknowledged_copies_are_kept_the_newest(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ACKNOWLEDGED == 5_000
    monkeypatch.setattr("kiosk.store.dropping.MOST_ACKNOWLEDGED", 3)
    save(ledger, *range(1, 8))
    settled = ledger.settle(answer(dict.fromkeys(range(1, 6), Verdict.STORED)))
    assert (settled.purged, ledger.acknowledged()) == (0, 5), "not between two batches"
    ledger.tidy()
    assert ledger.acknowledged() == 3
    ledger.tidy()
    assert waiting(ledger) == [6, 7]
    ledger.settle(answer(epoch="e2"))
    assert waiting(ledger) == [3, 4, 5, 6, 7]


def test_what_central_erased_is_deleted_here_too(ledger: Ledger) -> None:
    save(ledger, 1, 2, 3)
    ledger.settle(answer({1: Verdict.STORED}))
    ledger.settle(answer({2: Verdict.REFUSED}, receipt=2))
    ledger.settle(answer(receipt=2, erase=[event(n).id for n in (1, 2, 3)]))
    assert ledger.acknowledged() == 0
    assert waiting(ledger) == [3], "central may have erased another one under this id"
    assert ledger.refused() == 0
    ledger.settle(answer({3: Verdict.ERASED}, receipt=3))
    assert waiting(ledger) == []
    assert {state(ledger, n) for n in (1, 2, 3)} == {State.ERASED}


def test_an_errand_whose_id_is_taken_is_brought_under_another_one(ledger: Ledger) -> None:
    save(ledger, 1, 2)
    taken = [EventVerdict(event(1).id, Verdict.RETRY, wire.ID_TAKEN)]
    ledger.settle(wire.InboxAnswer("b", "e1", 1, 0, NOW, taken, erase=[event(1).id]))
    first, second = ledger.unsent()
    assert second.id == event(2).id
    assert first.id != event(1).id
    brought = wire.decode(first.body, wire.Event)
    assert msgspec.structs.replace(brought, id=event(1).id) == event(1), "all else as it was"
    note = ledger.note(locator(1))
    assert note
    assert (note.event, note.state) == (first.id, State.SAVED)


def test_what_is_about_an_errand_is_renamed_too_and_stays_about_it(ledger: Ledger) -> None:
    save(ledger, 2)
    about = msgspec.structs.replace(event(1), type=wire.WITHDRAWN, about=event(2).id)
    ledger.append(about)
    taken = [EventVerdict(about.id, Verdict.RETRY, wire.ID_TAKEN)]
    ledger.settle(wire.InboxAnswer("b", "e", 1, 0, NOW, taken))
    renamed, errand = ledger.unsent()
    assert renamed.id != about.id
    assert wire.decode(renamed.body, wire.Event).about == errand.id == event(2).id


def test_what_is_about_an_errand_whose_id_is_taken_comes_after_it_once_more(
    ledger: Ledger,
) -> None:
    save(ledger, 1)
    about = msgspec.structs.replace(event(2), type=wire.WITHDRAWN, about=event(1).id)
    ledger.append(about)
    judged = [
        EventVerdict(event(1).id, Verdict.RETRY, wire.ID_TAKEN),
        EventVerdict(about.id, Verdict.STORED),
    ]
    ledger.settle(wire.InboxAnswer("b", "e1", 1, 0, NOW, judged))
    errand, again = sorted(ledger.unsent(), key=lambda each: each.id)
    assert ledger.acknowledged() == 0
    assert not {errand.id, again.id} & {event(1).id, about.id}
    told = wire.decode(again.body, wire.Event)
    assert (told.type, told.about) == (wire.WITHDRAWN, event(1).id), "as its receipt has proved it"


def test_news_of_anothers_errand_under_the_same_locator_is_not_heard(ledger: Ledger) -> None:
    ledger.begin_note(locator(1), event(1), "feedback", mark=b"hers")
    ledger.settle(answer(states=[news(1, "answered", 5, mark=b"his", id=event(2).id)]))
    assert state(ledger, 1) is State.SAVED
    ledger.settle(answer(states=[news(1, "read", 6, mark=b"hers", id=event(3).id)]))
    assert state(ledger, 1) is State.READ, "a copy of hers came first"
    assert ledger.note(locator(1), b"hers")
    assert ledger.note(locator(1), b"his") is None
    ledger.begin_note(locator(2), event(2), "feedback")
    ledger.settle(answer(states=[news(2, "answered", 7, mark=b"his", id=event(4).id)]))
    assert state(ledger, 2) is State.SAVED, "written by an older program"
    assert ledger.note(locator(2), b"hers")


def news(number: int, word: str, change: int = 5, **told: Any) -> ReceiptState:
    """Make news of a receipt."""
    plain = {"errand": "feedback", "id": event(number).id}
    return ReceiptState(locator(number), word, NOW, change, **(plain | told))


def test_states_and_answers_reach_the_receipt(ledger: Ledger) -> None:
    save(ledger, 1)
    ledger.settle(answer({1: Verdict.STORED}))
    ledger.settle(answer(states=[news(1, "read", 5)]))
    ledger.settle(answer(states=[news(1, "answered", 6, answers=(b"a", b"b"))]))
    note = ledger.note(locator(1))
    assert note
    assert [step.state for step in note.history] == [
        State.SAVED,
        State.SENT,
        State.READ,
        State.ANSWERED,
    ]
    assert note.locked == (b"a", b"b")
    assert ledger.fact("states_after") == 6
    assert ledger.fact("last_exchange") == NOW


def test_several_changes_of_one_receipt_come_in_their_order(ledger: Ledger) -> None:
    save(ledger, 1)
    told = [news(1, "read", 5), news(1, "answered", 6), news(2, "sent", 7), news(2, "read", 8)]
    ledger.settle(answer(states=told))
    assert state(ledger, 1) is State.ANSWERED
    assert state(ledger, 2) is State.READ
    note = ledger.note(locator(2))
    assert note
    assert [step.state for step in note.history] == [State.SENT, State.READ]


def test_the_same_news_twice_changes_nothing(ledger: Ledger) -> None:
    save(ledger, 1)
    for _ in range(3):
        ledger.settle(answer({1: Verdict.DUPLICATE}, states=[news(1, "read"), news(1, "read")]))
    note = ledger.note(locator(1))
    assert note
    assert [step.state for step in note.history] == [State.SAVED, State.SENT, State.READ]


def test_older_news_does_not_move_the_cursor_back(ledger: Ledger) -> None:
    ledger.settle(answer(states=[news(1, "read", 9)]))
    ledger.settle(answer(states=[news(2, "read", 4)]))
    assert ledger.fact("states_after") == 9


def test_a_receipt_of_another_kiosk_of_the_branch_becomes_known(ledger: Ledger) -> None:
    ledger.settle(answer(states=[news(8, "answered", answers=(b"a",))]))
    note = ledger.note(locator(8))
    assert note
    assert (note.errand, note.event, note.locked) == ("feedback", event(8).id, (b"a",))


def test_what_a_visitor_took_back_stays_taken_back(ledger: Ledger) -> None:
    save(ledger, 1)
    ledger.advance(locator(1), State.WITHDRAWN, NOW)
    ledger.settle(answer({1: Verdict.STORED}, states=[news(1, "read")]))
    assert state(ledger, 1) is State.WITHDRAWN


def test_of_what_was_erased_only_the_word_is_left(ledger: Ledger) -> None:
    save(ledger, 1)
    ledger.settle(answer(states=[news(1, "answered", 5, answers=(b"a",))]))
    ledger.settle(answer(states=[news(1, "erased", 6, answers=(b"a",))]))
    ledger.settle(answer(states=[news(1, "read", 7, answers=(b"b",))]))
    note = ledger.note(locator(1))
    assert note
    assert (note.event, note.locked) == ("", ())
    assert [step.state for step in note.history] == [State.ERASED]


def test_erased_news_of_an_unknown_receipt_carries_nothing(ledger: Ledger) -> None:
    ledger.settle(answer(states=[news(8, "erased", answers=(b"a",))]))
    note = ledger.note(locator(8))
    assert note
    assert (note.state, note.locked) == (State.ERASED, ())


def test_a_state_that_a_later_central_invents_stops_nothing(ledger: Ledger) -> None:
    save(ledger, 1)
    told = [news(1, "pondered", 5, answers=(b"a",)), news(2, "pondered", 6)]
    ledger.settle(answer({1: Verdict.STORED}, states=told))
    assert waiting(ledger) == []
    note = ledger.note(locator(1))
    assert note
    assert (note.state, note.locked) == (State.SENT, (b"a",))
    assert state(ledger, 2) is State.SENT
    assert ledger.fact("states_after") == 6


def test_news_of_a_receipt_that_is_not_here_advances_nothing(ledger: Ledger) -> None:
    ledger.advance(locator(1), State.READ, NOW)
    assert ledger.note(locator(1)) is None


def test_what_central_refuses_is_reported_once_and_kept_for_good(
    ledger: Ledger, tmp_path: Path
) -> None:
    save(ledger, 1)
    ledger.settle(answer({1: Verdict.REFUSED}))
    assert ledger.dead_letters() == [DeadLetter(event(1).id, "why")]
    ledger.bury(ledger.dead_letters())
    assert ledger.dead_letters() == []
    assert ledger.refused() == 1
    assert event(1).id in on_disk(tmp_path)


def test_an_erased_event_is_gone_from_the_dead_letters_too(ledger: Ledger) -> None:
    save(ledger, 1, 2)
    ledger.settle(answer({1: Verdict.REFUSED}))
    ledger.forget(event(1).id)
    ledger.forget(event(2).id)
    assert ledger.refused() == 0
    assert ledger.dead_letters() == []
    assert waiting(ledger) == []


class CountingDisk(Disk):
    """The real disk, and how often it was written to and flushed."""

    def __init__(self) -> None:
        self.writes: list[int] = []
        self.flushes = 0

    def write(self, opened: int, body: bytes, at: int) -> None:
        self.writes.append(len(body))
        super().write(opened, body, at)

    def flush(self, opened: int) -> None:
        self.flushes += 1
        super().flush(opened)

    def flush_new(self, opened: int) -> None:
        self.flushes += 1
        super().flush_new(opened)

    def flush_folder(self, folder: Path) -> None:
        self.flushes += 1
        super().flush_folder(folder)


@pytest.fixture
def disk() -> CountingDisk:
    return CountingDisk()


@pytest.fixture
def counted(tmp_path: Path, disk: CountingDisk) -> Iterator[Ledger]:
    """Give a ledger whose disk counts, from here on."""
    ledger = Ledger(tmp_path / "counted.json", disk)
    disk.writes.clear()
    disk.flushes = 0
    yield ledger
    ledger.close()


def test_settling_a_full_batch_of_a_big_outbox_is_one_save(
    counted: Ledger, disk: CountingDisk
) -> None:
    save(counted, *range(1, 5_001))
    counted.tidy()
    disk.writes.clear()
    disk.flushes = 0
    batch: dict[int, Verdict] = dict.fromkeys(range(1, 501), Verdict.STORED)
    batch |= dict.fromkeys(range(490, 501), Verdict.REFUSED)
    told = [news(n, "read", n) for n in range(1, 201)]
    counted.settle(answer(batch, states=told, erase=[event(n).id for n in range(1, 20)]))
    assert counted.pending == 4_500
    assert (len(disk.writes), disk.flushes) == (1, 1)


def test_a_hand_in_costs_one_write_and_one_flush_however_much_is_stored(
    counted: Ledger, disk: CountingDisk
) -> None:
    save(counted, *range(1, 2_000))
    counted.tidy()
    for number in (2_000, 2_001):
        disk.writes.clear()
        disk.flushes = 0
        save(counted, number)
        assert (len(disk.writes), disk.flushes) == (1, 1)
    assert disk.writes == [8192]


def test_a_hand_in_looks_at_no_other_document(
    counted: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(counted, *range(1, 1_000))
    looked_at: list[int] = []
    real = view.peeked

    def peeked(below: Rows | View, number: int) -> Row:
        looked_at.append(number)
        return real(below, number)

    for module in (view, books):
        monkeypatch.setattr(module, "peeked", peeked)
    with counted.atomic():
        assert counted.note(locator(1_000)) is None
        assert counted.next_seq() == 1
        save(counted, 1_000)
    assert counted.note(locator(1_000))
    assert len(looked_at) < 10


def test_what_was_removed_is_in_no_file_once_the_ledger_is_tidied(
    ledger: Ledger, tmp_path: Path
) -> None:
    save(ledger, 1, 2, 3)
    ledger.settle(answer({3: Verdict.STORED}))
    quarantine = tmp_path / "kiosk.json.quarantine"
    quarantine.mkdir()
    for name in ("20260101-kiosk.json", "lost-20260101-kiosk.json"):
        (quarantine / name).write_text(event(1).id)
    ledger.settle(answer(receipt=2, safe=1))
    ledger.tidy()
    assert event(3).id not in on_disk(tmp_path, but="receipts")
    assert [each.name for each in quarantine.iterdir()] == ["lost-20260101-kiosk.json"]
    ledger.advance(locator(1), State.ERASED, NOW)
    ledger.forget(event(1).id)
    save(ledger, 4)
    assert event(1).id in on_disk(tmp_path)
    ledger.tidy()
    assert event(1).id not in on_disk(tmp_path)
    assert event(2).id in on_disk(tmp_path)
    assert list(quarantine.iterdir()) == []


def test_traces_are_removed_at_the_end_and_after_a_power_cut_too(tmp_path: Path) -> None:
    running, cut = tmp_path / "running", tmp_path / "cut"
    running.mkdir()
    ledger = Ledger(running / "kiosk.json")
    save(ledger, 1, 2)
    ledger.advance(locator(1), State.ERASED, NOW)
    ledger.forget(event(1).id)
    shutil.copytree(running, cut)
    for _ in range(2):
        ledger.close()
    assert event(1).id not in on_disk(running)
    ledger = Ledger(cut / "kiosk.json")
    assert event(1).id in on_disk(cut)
    ledger.books.leave_no_trace_of("of what was removed before something else was")
    ledger.tidy()
    assert event(1).id not in on_disk(cut)
    ledger.close()


def on_disk(folder: Path, but: str = "") -> str:
    """Return every byte of every file in *folder*, without the documents of table *but*."""
    told = []
    for each in sorted(folder.rglob("*")):
        text = each.read_bytes().decode("latin-1") if each.is_file() else ""
        if but and each.name.startswith("kiosk.json") and ".wal." not in each.name:
            text = text.split(f'"{but}": {{')[0]
        told.append(text)
    return "\n".join(told)


def test_nothing_settled_is_no_progress() -> None:
    assert not Settled().progress
