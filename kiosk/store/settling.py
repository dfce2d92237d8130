"""Settling: what central's answer does to the ledger; nothing leaves before it allows it."""

import contextlib
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from kiosk import wire
from kiosk.domain.receipt import State
from kiosk.domain.world import RealWorld, new_id
from kiosk.problems import Trouble
from kiosk.store.books import Books
from kiosk.store.dropping import FORGOT, SAFE, Drops
from kiosk.store.note import hear, heard_first, is_about, reach
from kiosk.store.view import Row

_WORLD = RealWorld()
ANEW_AFTER = timedelta(days=1)
"""How long a kiosk goes on hearing only what is new; see `hear_anew`."""
ANEW = "heard_anew"
"""The fact since when, by central's time, ISO 8601."""
_TOLD = "receipt"
"""The fact under which number central judged something last."""
EPOCH = "epoch"
"""The fact in which life of central's database that was."""


@dataclass(slots=True)
class Settled:
    """What applying central's answer did to the ledger."""

    verdicts: dict[wire.Verdict, int] = field(default_factory=dict)
    """How many events got each verdict."""
    purged: int = 0
    """Sealed copies deleted because central has them for good."""
    progress: bool = False
    """Whether fewer events wait, or are kept, than before, so that another batch makes sense."""
    heard: bool = False
    """Whether it told news that had not been told before."""
    changed: bool = False
    """Whether there was anything to save."""


def settle(books: Books, drops: Drops, answer: wire.InboxAnswer) -> Settled:
    """Apply central's answer in one durable step. Raises Trouble (CANNOT_WRITE)."""
    settled = Settled()
    with books.atomic():
        renewed = _notice_another_life(books, answer)
        waiting = len(books.index.pending)
        _judge(books, answer, settled)
        held = drops.hear(answer)
        _bring_again(books, answer, held.get(wire.Verdict.MISSING, ()))
        settled.progress = len(books.index.pending) < waiting
        _apply_states(books, answer.states)
        settled.heard = _move_on(books, answer)
        if renewed:  # its news began where the lost database had got to
            books.set_fact("states_after", 0)
        _note_told(books, answer)
        settled.purged = _purge(books, drops.may_go(answer, held.get(wire.Verdict.STORED, ())))
        settled.progress |= settled.purged > 0
        if not books.index.pending and books.fact(FORGOT):
            books.set_fact(FORGOT, "")
    settled.changed = renewed or bool(
        answer.verdicts or answer.erase or answer.states or answer.dropping or settled.purged
    )
    return settled


def _heard_until(answer: wire.InboxAnswer) -> int:
    """Return the number of the last change that an answer tells; 0 where it tells none."""
    return answer.told_until or max((each.change for each in answer.states), default=0)


def keep_to_the_cap(books: Books, drops: Drops) -> None:
    """Delete the oldest sealed copies of what an older central has, past so many. Raises OSError.

    For a quiet moment: in a long drain it would be a quarter of the work between two batches.
    """
    if not drops.asks:
        with books.storage.atomic():
            _purge(books, drops.beyond_the_cap())


def begin_again(books: Books) -> None:
    """Let everything that is still here be pending again, and hear all news of receipts anew."""
    books.outbox.update({"receipt": 0, "epoch": ""}, doc_ids=list(books.index.acknowledged))
    for fact in ("states_after", _TOLD, SAFE):
        books.set_fact(fact, 0)


def hear_anew(books: Books, heard: str) -> None:
    """Ask for all news from the start once a day, where nothing else shows that some is missing.

    A database that lost its last seconds and went on may tell other news under numbers that this
    kiosk has heard. *heard* is when central was heard last, ISO 8601 or "".
    """
    since = str(books.fact(ANEW))
    if not heard or (since and abs(_apart(heard, since)) < ANEW_AFTER):
        return
    with contextlib.suppress(Trouble), books.atomic():  # a full disk hears it another day
        books.set_fact("states_after", 0)
        books.set_fact(ANEW, heard)


def _apart(later: str, earlier: str) -> timedelta:
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier)


def told_receipt(books: Books) -> int:
    """Return the highest number under which central has judged anything in this epoch."""
    return int(books.fact(_TOLD, 0)) or books.index.last_receipt


def is_another_life(books: Books, answer: wire.InboxAnswer) -> bool:
    """Tell whether central's database is another than the one that was heard last.

    Its epoch says so after a restore. One that lost its last seconds otherwise does not know
    better: it counts on from a number that this kiosk was told before.
    """
    told = told_receipt(books)
    repeats = answer.receipt == told > 0 and bool(answer.verdicts)
    return books.fact(EPOCH) != answer.epoch or answer.receipt < told or repeats


def _notice_another_life(books: Books, answer: wire.InboxAnswer) -> bool:
    """Begin again with a central whose database has been put back; tell whether it has."""
    if not is_another_life(books, answer):
        return False
    before = str(books.fact(EPOCH))
    if before:
        of_one_library_life = before.partition(".")[0] == answer.epoch.partition(".")[0]
        if of_one_library_life and books.index.acknowledged:
            books.set_fact(FORGOT, answer.server_time)
        begin_again(books)
    books.set_fact(EPOCH, answer.epoch)
    books.set_fact(ANEW, answer.server_time)
    return bool(before)


def _bring_again(books: Books, answer: wire.InboxAnswer, missing: Sequence[str]) -> None:
    """Let what central turned out not to hold be pending again."""
    numbers = books.numbers("outbox", "id", missing)
    if numbers:
        books.outbox.update({"receipt": 0, "epoch": ""}, doc_ids=numbers)
        books.set_fact(FORGOT, answer.server_time)


def _note_told(books: Books, answer: wire.InboxAnswer) -> None:
    """Remember the number told, and up to which one a backup covers something that is here."""
    if answer.verdicts and answer.receipt > int(books.fact(_TOLD, 0)):
        books.set_fact(_TOLD, answer.receipt)
    covers = books.index.acknowledged_until(answer.safe)
    if covers and answer.dropping is not None and books.fact(SAFE, 0) != answer.safe:
        books.set_fact(SAFE, answer.safe)


def _judge(books: Books, answer: wire.InboxAnswer, settled: Settled) -> None:
    """Do what each verdict allows, touching only the documents it is about, oldest first."""
    by_verdict: dict[wire.Verdict, dict[str, None]] = {}
    for judged in answer.verdicts:
        by_verdict.setdefault(judged.verdict, {})[judged.id] = None
    settled.verdicts = {verdict: len(ids) for verdict, ids in by_verdict.items()}
    saved = [each.id for each in answer.verdicts if each.verdict in wire.SAVED_AT_CENTRAL]
    _rename(books, [each.id for each in answer.verdicts if each.reason == wire.ID_TAKEN])
    _keep_refused(books, answer.verdicts)
    _acknowledge(books, answer, list(dict.fromkeys(saved)))
    gone = [each.id for each in answer.dropping or () if each.verdict is wire.Verdict.ERASED]
    known = [each for each in answer.erase if not _waits(books, each)]  # the others it judges
    _erase(books, answer, {*known, *by_verdict.get(wire.Verdict.ERASED, ()), *gone})


def _rename(books: Books, taken: Sequence[str]) -> None:
    """Give events new ids under whose id central holds another one, to be brought again.

    What is about such an errand comes after it once more: it was said of the other one.
    """
    if not taken:
        return
    rows = books.storage.rows("outbox").items()
    about = [number for number, row in rows if _is_about(row["body"], taken)]
    now = _WORLD.now()
    for later_ms, number in enumerate(dict.fromkeys(books.numbers("outbox", "id", taken) + about)):
        event = wire.decode(books.row("outbox", number)["body"].encode(), wire.Event)
        made = now + timedelta(milliseconds=later_ms)
        renamed = msgspec.structs.replace(event, id=new_id(_WORLD, made))
        body = wire.encode(renamed).decode()
        pending = {"id": renamed.id, "body": body, "receipt": 0, "epoch": ""}
        books.outbox.update(pending, doc_ids=[number])
        going_along = books.numbers("outbox", "about", [event.id])
        books.outbox.update({"about": renamed.id}, doc_ids=going_along)
        notes = books.numbers("receipts", "event", [event.id])
        books.receipts.update({"event": renamed.id}, doc_ids=notes)


def _is_about(body: str, errands: Container[str]) -> bool:
    return '"about":"' in body and wire.decode(body.encode(), wire.Event).about in errands


def _waits(books: Books, event_id: str) -> bool:
    """Tell whether central has not judged an event yet: it may know another one by this id."""
    numbers = books.numbers("outbox", "id", [event_id])
    return any(not books.row("outbox", number)["receipt"] for number in numbers)


def _acknowledge(books: Books, answer: wire.InboxAnswer, saved: Sequence[str]) -> None:
    """Note what central has saved, and let its receipts reach central."""
    if not saved:
        return
    mark = {"receipt": answer.receipt, "epoch": answer.epoch}
    books.outbox.update(mark, doc_ids=books.numbers("outbox", "id", saved))
    books.receipts.update_each(_arrived(books, saved, answer.server_time))


def _arrived(books: Books, saved: Sequence[str], at: str) -> dict[int, Row]:
    """Return what changes of the receipts of these events; one object for what changes alike."""
    changes: dict[int, Row] = {}
    alike: dict[str, Row] = {}
    for number in books.numbers("receipts", "event", saved):
        history = books.row("receipts", number)["history"]
        if history[-1][0] == State.SAVED:
            key = str(history)
            if key not in alike:
                alike[key] = {"history": [*history, [State.SENT.value, at]]}
            changes[number] = alike[key]
    return changes


def _erase(books: Books, answer: wire.InboxAnswer, erased: set[str]) -> None:
    """Take out what central has erased; of its receipts only the word stays."""
    if not erased:
        return
    numbers = books.numbers("receipts", "event", erased)
    books.receipts.update(lambda row: reach(row, State.ERASED, answer.server_time), doc_ids=numbers)
    books.take_out(erased)
    books.mark_traces("erased")


def _keep_refused(books: Books, verdicts: Sequence[wire.EventVerdict]) -> None:
    """Move what central refused for good to the dead letters: nobody else has what they hold."""
    reasons = {each.id: each.reason for each in verdicts if each.verdict is wire.Verdict.REFUSED}
    if not reasons:
        return
    numbers = books.numbers("outbox", "id", reasons)
    rows = [books.row("outbox", number) for number in numbers]
    books.dead.insert_multiple(
        {"id": row["id"], "reason": reasons[row["id"]], "body": row["body"], **_about(row)}
        for row in rows
    )
    books.outbox.remove(doc_ids=numbers)


def _about(row: Any) -> dict[str, str]:
    return {"about": row["about"]} if "about" in row else {}


def _apply_states(books: Books, states: Sequence[wire.ReceiptState]) -> None:
    """Take over central's news, touching only the receipts it is about."""
    if not states:
        return
    news: dict[str, list[wire.ReceiptState]] = {}
    for each in states:
        news.setdefault(each.locator, []).append(each)

    def hear_all(row: Any) -> None:
        for each in news.pop(row["locator"]):
            if is_about(each, row):
                hear(row, each)

    numbers = books.numbers("receipts", "locator", list(news))
    books.receipts.update(hear_all, doc_ids=numbers)
    elsewhere = [heard_first(told[0]) for told in news.values()]
    for row in elsewhere:
        hear_all(row)
    books.receipts.insert_multiple(elsewhere)


def _move_on(books: Books, answer: wire.InboxAnswer) -> bool:
    """Remember up to which change central has told everything; tell whether it is a later one."""
    last = _heard_until(answer)
    later = last > int(books.fact("states_after", 0))
    if later:
        books.set_fact("states_after", last)
    return later


def _purge(books: Books, numbers: list[int]) -> int:
    """Delete sealed copies; tell how many."""
    if not numbers:
        return 0
    books.outbox.remove(doc_ids=numbers)
    books.mark_traces("purged")
    return len(numbers)
