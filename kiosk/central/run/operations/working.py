"""Working: what central does beside serving, in a process of its own."""

import signal
import threading
from dataclasses import dataclass

from kiosk import places
from kiosk.central.run.operations.ready import database, ready

_LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class Worked:
    """What was done."""

    read: int
    """Events that were interpreted."""
    held: int
    """How many of them wait for somebody to look at them."""


def work(*, once: bool) -> Worked:
    """Work until nothing waits, or until SIGTERM or SIGINT.

    Raises Trouble: CENTRAL_NOT_READY, DATABASE_BROKEN.
    """
    ready()
    return _once() if once else _until_told()


def reprocess() -> Worked:
    """Read again everything that is held. Raises Trouble: CENTRAL_NOT_READY, DATABASE_BROKEN."""
    ready()
    from kiosk.central.exchange.replay import libraries, reread

    with database(places.central_home()):
        counted = [reread(tenant) for tenant in libraries()]
    return Worked(sum(each.read for each in counted), sum(each.held for each in counted))


def _once() -> Worked:
    from django.db import transaction

    from kiosk.central.exchange.processing import understand_all
    from kiosk.central.run import scheduler

    with database(places.central_home()):
        with transaction.atomic():
            pass  # a round that fails is tried again and told in the log only
        counted = understand_all()
        scheduler.go(scheduler.chores())
    return Worked(counted.read, counted.held)


def _until_told() -> Worked:
    from kiosk.central.run.background import Background

    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: told.set())
    background = Background(_LOOK_EVERY_S)
    background.start()
    told.wait()
    background.stop()
    return Worked(background.counted.read, background.counted.held)
