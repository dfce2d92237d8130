"""The ledger: nothing leaves it before central's answer allows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.store.durable import write_durably
from kiosk.store.ledger import MOST_ACKNOWLEDGED, Ledger, Settled
from kiosk.store.storage import SafeStorage
from kiosk.wire import DeadLetter, Judged, ReceiptState, Verdict
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
    judged = [Judged(event(n).id, verdict, "why") for n, verdict in (verdicts or {}).items()]
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


def test_only_so_many_acknowledged_copies_are_kept_the_newest(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ACKNOWLEDGED == 5_000
    monkeypatch.setattr("kiosk.store.ledger.MOST_ACKNOWLEDGED", 3)
    save(ledger, *range(1, 8))
    settled = ledger.settle(answer(dict.fromkeys(range(1, 6), Verdict.STORED)))
    assert settled.purged == 2
    assert ledger.acknowledged() == 3
    assert waiting(ledger) == [6, 7]
    ledger.settle(answer(epoch="e2"))
    assert waiting(ledger) == [3, 4, 5, 6, 7]


def test_what_central_erased_is_deleted_here_too(ledger: Ledger) -> None:
    save(ledger, 1, 2, 3)
    ledger.settle(answer({1: Verdict.STORED}))
    ledger.settle(answer({2: Verdict.REFUSED}))
    ledger.settle(answer(erase=[event(n).id for n in (1, 2, 3)]))
    assert ledger.acknowledged() == 0
    assert waiting(ledger) == []
    assert ledger.refused() == 0
    assert {state(ledger, n) for n in (1, 2, 3)} == {State.ERASED}


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
    assert event(1).id in (tmp_path / "kiosk.json").read_text("ascii")


def test_an_erased_event_is_gone_from_the_dead_letters_too(ledger: Ledger) -> None:
    save(ledger, 1, 2)
    ledger.settle(answer({1: Verdict.REFUSED}))
    ledger.forget(event(1).id)
    ledger.forget(event(2).id)
    assert ledger.refused() == 0
    assert ledger.dead_letters() == []
    assert waiting(ledger) == []


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count how often the file is written and the tables are gone through."""
    counts = {"writes": 0, "reads": 0}
    real_read = SafeStorage.read

    def write(at: Path, body: bytes) -> None:
        counts["writes"] += 1
        write_durably(at, body)

    def read(self: SafeStorage) -> Any:
        counts["reads"] += 1
        return real_read(self)

    monkeypatch.setattr("kiosk.store.storage.write_durably", write)
    monkeypatch.setattr(SafeStorage, "read", read)
    return counts


def test_settling_a_full_batch_of_a_big_outbox_costs_one_write_and_few_passes(
    ledger: Ledger, counting: dict[str, int]
) -> None:
    with ledger.atomic():
        ledger._outbox.insert_multiple(
            {"id": event(n).id, "seq": n, "at": NOW, "body": "{}", "receipt": 0, "epoch": ""}
            for n in range(1, 5_001)
        )
    counting.update(writes=0, reads=0)
    batch: dict[int, Verdict] = dict.fromkeys(range(1, 501), Verdict.STORED)
    batch |= dict.fromkeys(range(490, 501), Verdict.REFUSED)
    told = [news(n, "read", n) for n in range(1, 201)]
    ledger.settle(answer(batch, states=told, erase=[event(n).id for n in range(1, 20)]))
    assert ledger.pending == 4_500
    assert counting["writes"] == 1
    assert counting["reads"] < 40


def test_a_hand_in_costs_one_write(ledger: Ledger, counting: dict[str, int]) -> None:
    counting.update(writes=0, reads=0)
    save(ledger, 1)
    assert counting["writes"] == 1
    assert counting["reads"] < 20


def test_nothing_settled_is_no_progress() -> None:
    assert not Settled().progress
