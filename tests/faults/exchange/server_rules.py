"""Rules of central that the campaign removes, one at a time, and events that it cannot take."""

import contextlib
import os
import signal
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from msgspec.structs import replace

from kiosk import wire
from kiosk.central.devices import clocks
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange import ahead, dispatch, taking_in, worker
from tests.faults.exchange.orders import POISON


def choking() -> Path:
    """Return the file that says so."""
    return Path(settings.HOME) / "choking"


def remove(rule: str) -> None:
    """Prepare this process for the campaign, without *rule*."""
    _choke_on_poison()
    _die_when_told()
    read_the_clock_ahead()
    if rule == "unique(device, seq)":
        _take_each_number_once()
    if rule == "a lost tail is not noticed":
        _notice_no_lost_tail()
    if rule == "news is what was sent last":
        _take_all_for_news()
    understanding(rule).__enter__()


def understanding(rule: str) -> contextlib.AbstractContextManager[object]:
    """Understand what was brought, perhaps without *rule*, until that ends."""
    if rule == "dates that were ahead are mended":
        return mock.patch.object(ahead, "mend", return_value=0)
    if rule == "no client id":  # the id alone would tell that an errand comes again
        return mock.patch.object(dispatch, "_first_of_their_receipts", return_value={})
    return contextlib.nullcontext()


def _take_all_for_news() -> None:
    changed: Any = clocks
    changed.note = lambda _device, _told, now, _changes: clocks.Going(now)


def _notice_no_lost_tail() -> None:
    changed: Any = taking_in
    changed._notice_forgotten = lambda *_: None


def read_the_clock_ahead() -> None:
    """Let this process's clock be as wrong as the file says."""
    changed: Any = timezone
    honest, file = changed.now, Path(settings.HOME) / "ahead"

    def now() -> datetime:
        days = int(file.read_text(encoding="ascii") or 0) if file.exists() else 0
        told: datetime = honest() + timedelta(days=days)
        return told

    changed.now = now


def _choke_on_poison() -> None:
    honest: Any = taking_in.take_in

    def take_in(caller: Device, inbox: wire.Inbox, *more: Any) -> wire.InboxAnswer:
        if choking().exists() and any(_id(each).endswith(POISON) for each in inbox.items):
            raise RuntimeError("choked")
        answer: wire.InboxAnswer = honest(caller, inbox, *more)
        return answer

    taking_in.take_in = take_in


def _die_when_told() -> None:
    """Die between taking in and understanding; whoever removes the file is the one."""
    changed: Any = worker
    honest = changed.understand
    dying = Path(settings.HOME) / "dying"

    def understand(tenant: str, *more: Any) -> Any:
        if dying.exists() and tenant in changed.waiting():
            with contextlib.suppress(FileNotFoundError):
                dying.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return honest(tenant, *more)

    changed.understand = understand


def _take_each_number_once() -> None:
    """Let (device, seq) be unique, as a table with the wrong key would have it."""
    honest: Any = taking_in.take_in

    def take_in(caller: Device, inbox: wire.Inbox, *more: Any) -> wire.InboxAnswer:
        kept: list[Any] = []
        ignored: list[Any] = []
        for raw in inbox.items:
            event = wire.decode(bytes(raw), wire.Event)
            known = Event.objects.filter(device=caller, seq=event.seq).exclude(id=UUID(event.id))
            (ignored if known.exists() else kept).append((raw, event.id))
        changed: Any = {"items": [raw for raw, _ in kept]}
        answer: wire.InboxAnswer = honest(caller, replace(inbox, **changed), *more)
        told = [wire.EventVerdict(each, wire.Verdict.DUPLICATE) for _, each in ignored]
        return replace(answer, verdicts=[*answer.verdicts, *told])

    taking_in.take_in = take_in


def _id(raw: Any) -> str:
    return wire.decode(bytes(raw), wire.Event).id
