"""Rules of the kiosk's exchange that the campaign removes, one at a time."""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

from kiosk import wire
from kiosk.domain.world import RealWorld, new_id
from kiosk.problems import UNREACHABLE, Trouble
from kiosk.store import device as identities
from kiosk.store import recovery, settling
from kiosk.store.apart import Apart
from kiosk.store.books import Books
from kiosk.store.device import Device, save_device
from kiosk.store.dropping import Drops
from kiosk.store.journal import Journal
from kiosk.store.ledger import Ledger, Waiting
from kiosk.store.mark import NO_MARK
from kiosk.sync import enrolment
from kiosk.sync import exchange as exchanging
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.exchange import Exchange
from kiosk.sync.line import Connection
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace

_ITS_OWN = "each library gets its own"


def carrier(device: Device, ledger: Ledger, without: str) -> Carrier:
    """Return the carrier, perhaps without one rule."""
    made = _CARRIERS.get(without)
    return made(device, ledger) if made else Carrier(device)


def opening(without: str) -> contextlib.AbstractContextManager[object]:
    """Open the ledger, perhaps without one rule."""
    if without == "the last save is marked nowhere else":
        return mock.patch.object(recovery, "read_mark", return_value=NO_MARK)
    if without == "a spare file may be unreadable":
        return mock.patch.object(recovery, "_body", lambda disk, path, _found: disk.read(path))
    if without == "an identity proves itself":
        return mock.patch.object(identities, "_read", _at_its_word)
    return joining(without if without == _ITS_OWN else "")


def joining(without: str) -> contextlib.AbstractContextManager[object]:
    """Enrol, perhaps without one rule."""
    if without == "who joins holds the ledger":
        return mock.patch.object(enrolment, "_becoming", _beside)
    if without == _ITS_OWN:
        return mock.patch.multiple(Apart, belong_to=_keep, is_elsewhere=_keep)
    return contextlib.nullcontext()


def saving(without: str) -> contextlib.AbstractContextManager[object]:
    """Save, perhaps without one rule."""
    if without == "thanks come after the disk":
        return mock.patch.object(Journal, "write", _unheeding)
    return contextlib.nullcontext()


def exchange(honest: Exchange, without: str) -> Exchange:
    """Return the exchange, perhaps without one rule."""
    if without == "no idle heartbeat":
        return _OnlyWhenThereIsNews(**_fields(honest))
    if without == "a lost tail is not noticed":
        return _Unasking(**_fields(honest))
    if without == "only what is offered now is news":
        return _Believing(**_fields(honest))
    if without == _ITS_OWN:
        return _Mixing(**_fields(honest))
    if without == "head-of-line blocking":
        return replace(honest, pace=_OneAfterTheOther())
    return honest


class _Trusting(Carrier):
    """Takes any answer of some status for central's yes, and deletes what it has sent."""

    statuses = range(200, 201)

    def __init__(self, device: Device, ledger: Ledger) -> None:
        super().__init__(device)
        self._ledger = ledger

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch."""
        seen: list[int] = []
        honest: Any = Connection.ask

        def ask(*words: Any) -> Any:
            answer = honest(*words)
            seen.append(answer.status)
            return answer

        with mock.patch.object(Connection, "ask", ask):
            try:
                return super().inbox(message)
            except (Trouble, TurnedBack):
                if not seen or seen[-1] not in self.statuses:
                    raise
        return self._yes(message)

    def _yes(self, message: wire.Inbox) -> wire.InboxAnswer:
        ids = [wire.decode(bytes(raw), wire.Event).id for raw in message.items]
        return wire.InboxAnswer(
            batch=message.batch,
            epoch=str(self._ledger.fact("epoch")),
            receipt=1,
            safe=1,
            server_time=message.now,
            verdicts=[wire.EventVerdict(each, wire.Verdict.STORED) for each in ids],
        )


class _Despairing(_Trusting):
    """Deletes what is turned back, as a well-known ticket scanner does."""

    statuses = range(400, 500)


class _Forgetful(Carrier):
    """Has no word for a restored central."""

    def __init__(self, device: Device, ledger: Ledger) -> None:
        super().__init__(device)
        del ledger

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch."""
        return msgspec.structs.replace(super().inbox(message), epoch="")


class _Renaming(Carrier):
    """Lets every sending have a new id, as if central gave ids out; it knows no receipts then."""

    def __init__(self, device: Device, ledger: Ledger) -> None:
        super().__init__(device)
        del ledger

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a batch."""
        events = [wire.decode(bytes(raw), wire.Event) for raw in message.items]
        renamed = {new_id(RealWorld()): each for each in events}
        items = [
            msgspec.Raw(wire.encode(msgspec.structs.replace(each, id=name)))
            for name, each in renamed.items()
        ]
        answer = super().inbox(msgspec.structs.replace(message, items=items))
        verdicts = [
            msgspec.structs.replace(each, id=renamed[each.id].id) for each in answer.verdicts
        ]
        return msgspec.structs.replace(answer, verdicts=verdicts)


class _OneAfterTheOther(Pace):
    """Tries the oldest until they get through."""

    def turned_back(self, batch: Sequence[Waiting]) -> None:
        """Wait for another day."""
        raise Trouble(UNREACHABLE, url="central", why="it was turned back")


class _OnlyWhenThereIsNews(Exchange):
    """Knocks only when something waits."""

    def run(self) -> ExchangeOutcome:
        """Do one exchange, or none."""
        if self.ledger.pending or not self.ledger.last_exchange:
            return super().run()
        return ExchangeOutcome()


class _Unasking(Exchange):
    """Takes a number for a number, and deletes whatever a backup covers, as kiosks once did."""

    def run(self) -> ExchangeOutcome:
        """Do one exchange."""

        def another(books: Books, answer: wire.InboxAnswer) -> bool:
            return bool(books.fact(settling.EPOCH) != answer.epoch)

        def safe(drops: Drops, answer: wire.InboxAnswer, _held: object) -> list[int]:
            return drops._books.index.acknowledged_until(answer.safe)

        with (
            mock.patch.object(settling, "is_another_life", another),
            mock.patch.object(Drops, "due", return_value=()),
            mock.patch.object(Drops, "may_go", safe),
        ):
            return super().run()


class _Believing(Exchange):
    """Shows whatever central has ever signed."""

    def run(self) -> ExchangeOutcome:
        """Do one exchange."""
        long_ago = datetime.min.replace(tzinfo=UTC)
        with mock.patch.object(exchanging, "moment", return_value=long_ago):
            return super().run()


class _Mixing(Exchange):
    """Brings all that waits to whichever library it belongs to now."""

    def run(self) -> ExchangeOutcome:
        """Do one exchange."""
        with joining(_ITS_OWN):
            return super().run()


def _at_its_word(path: Path) -> identities._Read:
    """Read an identity that looks like one."""
    try:
        read = msgspec.json.decode(path.read_bytes(), type=Device)
    except (OSError, ValueError):
        return identities._Read(is_absent=not path.exists())
    return identities._Read(read, genuine=True)


@contextlib.contextmanager
def _beside(home: Path) -> Iterator[Callable[[Device], Device]]:
    """Become another device, whoever holds the ledger."""

    def become(other: Device) -> Device:
        save_device(home, other)
        return other

    yield become


def _keep(_apart: Apart, _device: Device) -> bool:
    """Keep everything where it is."""
    return False


def _unheeding(journal: Journal, body: bytes) -> None:
    """Write, whatever the disk says of it."""
    with contextlib.suppress(OSError):
        _write(journal, body)


_write = Journal.write
_CARRIERS: Mapping[str, Callable[[Device, Ledger], Carrier]] = {
    "purge on any 200": _Trusting,
    "delete on 4xx": _Despairing,
    "no epoch": _Forgetful,
    "no client id": _Renaming,
}


def _fields(honest: Exchange) -> dict[str, Any]:
    return {name: getattr(honest, name) for name in Exchange.__dataclass_fields__}
