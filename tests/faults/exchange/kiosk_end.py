"""A kiosk as a program: each order in a child that dies in the middle of its work."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from kiosk.store.disk import Disk
from tests.faults.exchange.kiosk import Kiosk, quick_receipts
from tests.faults.exchange.orders import obey

_CHANGES = ("create", "write", "flush", "flush_new", "flush_folder", "rename", "remove")
"""Operations of the disk before which a plug can be pulled."""


def hand_in(home: str, seed: int, branch: str, url: str, words: str, dies_at: int) -> Any:
    """Hand an errand in and die before the disk's change number *dies_at*; tell what was said."""

    def work(kiosk: Kiosk, telling: int) -> None:
        desk = kiosk.desk
        begin: Any = desk.begin

        def begun(errand: Any) -> Any:
            made = begin(errand)
            _tell(telling, begun=made.id, code=made.code)
            _die_at(dies_at)
            return made

        desk.begin = begun  # type: ignore[method-assign]
        receipt = kiosk.hand_in(words)
        _tell(telling, confirmed=receipt.id)

    return _in_a_child(Kiosk(Path(home), branch, url, seed), work)


def exchange(home: str, seed: int, branch: str, url: str, dies_at: int) -> Any:
    """Exchange and die before the disk's change number *dies_at*."""

    def work(kiosk: Kiosk, telling: int) -> None:
        made = kiosk.bare_exchange()
        _die_at(dies_at)
        outcome = made.run()
        made.ledger.tidy()
        _tell(telling, lived=True, error=outcome.error)

    return _in_a_child(Kiosk(Path(home), branch, url, seed), work)


def _in_a_child(kiosk: Kiosk, work: Any) -> dict[str, Any]:
    hearing, telling = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(hearing)
        try:
            with quick_receipts():
                work(kiosk, telling)
        finally:
            os._exit(0)
    os.close(telling)
    with os.fdopen(hearing) as told:
        lines = [json.loads(line) for line in told if line.endswith("\n")]
    os.waitpid(child, 0)
    return {name: value for line in lines for name, value in line.items()}


def _tell(telling: int, **told: Any) -> None:
    os.write(telling, json.dumps(told).encode() + b"\n")


def _die_at(number: int) -> None:
    """Kill this process right before the disk's change number *number* from now."""
    left = [number]

    def dying(name: str) -> Any:
        honest = getattr(Disk, name)

        def change(*words: Any) -> Any:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return honest(*words)

        return change

    for name in _CHANGES:
        setattr(Disk, name, dying(name))


if __name__ == "__main__":
    obey({"hand_in": hand_in, "exchange": exchange}, sys.stdin)
