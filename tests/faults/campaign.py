"""The campaign: a scripted run, crashes at every point of it, and what recovery must give back."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tinydb import where

from kiosk.problems import Trouble
from kiosk.store.disk import Disk
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from tests.faults.crash import MODES, Files, crashed
from tests.faults.memory_disk import MemoryDisk
from tests.faults.recorded_disk import Operation, RecordedDisk

JOURNAL_BYTES = 64 * 1024
"""Small, so that a short run fills several."""

PATH = Path("kiosk.json")

Tables = dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the run."""

    began: int
    """How many operations there were before it."""
    ended: int
    """How many when it returned, and what it saved was confirmed."""
    before: Tables
    after: Tables


@dataclass(frozen=True, slots=True)
class Run:
    """What was done, and what it did to the disk."""

    operations: list[Operation]
    steps: list[Step]

    def confirmed(self, operations: int) -> list[Tables]:
        """Return what may be there after a crash: all confirmed, perhaps what was begun."""
        done = [step for step in self.steps if step.ended <= operations]
        begun = [step for step in self.steps if step.began < operations < step.ended]
        return [done[-1].after if done else None] + [step.after for step in begun]


def run(disk: Disk, path: Path, without: str = "", seed: int = 1, calls: int = 60) -> Run:
    """Do a run of seeded calls on *disk*, opening and closing now and then."""
    recorded = RecordedDisk(disk, without)
    chance = random.Random(seed)
    steps: list[Step] = []
    db = DurableTinyDB(path, disk=recorded, journal_bytes=JOURNAL_BYTES)
    steps.append(Step(0, len(recorded.operations), None, None))
    for number in range(calls):
        began, before = len(recorded.operations), db.storage.read()
        call = chance.choice(CALLS)
        reopened = call(db, number, chance)
        db = db if reopened is None else reopened
        steps.append(Step(began, len(recorded.operations), before, db.storage.read()))
    db.close()
    return Run(recorded.operations, steps)


Call = Callable[[DurableTinyDB, int, random.Random], DurableTinyDB | None]


def _insert(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.table("outbox").insert({"id": number, "body": "x" * chance.choice((10, 700, 9_000))})


def _insert_many(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.table("outbox").insert_multiple({"id": number, "n": n, "body": "y" * 900} for n in range(9))


def _update(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.table("outbox").update({"receipt": number}, where("id") < chance.randrange(number + 1))


def _remove(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.table("outbox").remove(where("id") == chance.randrange(number + 1))


def _together(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    with db.storage.atomic():  # type: ignore[attr-defined]
        _insert(db, number, chance)
        db.table("facts").upsert({"name": "seq", "value": number}, where("name") == "seq")


def _empty(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    if chance.random() < 0.3:
        db.table("outbox").truncate()
    elif chance.random() < 0.3:
        db.drop_table("facts")


def _checkpoint(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.storage.checkpoint()  # type: ignore[attr-defined]


def _prepare(db: DurableTinyDB, number: int, chance: random.Random) -> None:
    db.storage.prepare()  # type: ignore[attr-defined]


def _reopen(db: DurableTinyDB, number: int, chance: random.Random) -> DurableTinyDB:
    storage: Any = db.storage
    db.close()
    return DurableTinyDB(storage.path, disk=storage._disk, journal_bytes=JOURNAL_BYTES)


CALLS: list[Call] = [
    *(_insert, _insert, _insert, _insert_many, _update, _remove, _together, _together),
    *(_empty, _checkpoint, _prepare, _reopen),
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one crash."""

    state: str
    """Which one, so that it can be made again."""
    why: str
    """What is wrong; empty when nothing is."""


def campaign(done: Run, seed: int, states: int, without: str = "") -> Iterator[Verdict]:
    """Rebuild *states* crashes of a run, recover each, and judge what came back.

    In every third, the recovery crashes too.
    """
    chance = random.Random(seed)
    for number in range(states):
        mode = MODES[number % len(MODES)]
        cut = chance.randrange(1, len(done.operations) + 1)
        files = crashed({}, done.operations[:cut], mode, chance)
        told = f"seed {seed} state {number}: {mode} cut at {cut}"
        allowed = done.confirmed(cut)
        if chance.random() < 0.34:
            files, allowed, again = _crashed_again(files, allowed, without, chance)
            told += again
        yield Verdict(told, _judged(files, allowed))


def _crashed_again(
    files: Files, allowed: list[Tables], without: str, chance: random.Random
) -> tuple[Files, list[Tables], str]:
    """Let the recovery itself crash; what it showed when it was complete must stay."""
    numbers = {name: number for number, name in enumerate(files, 1)}
    recorded = RecordedDisk(MemoryDisk(files), without, numbers)
    try:
        storage = DurableStorage(PATH, recorded, JOURNAL_BYTES)
    except (OSError, Trouble, ValueError):
        return files, allowed, ", recovery refused"
    cut = chance.randrange(len(recorded.operations) + 1)
    if cut == len(recorded.operations):
        allowed = [storage.read()] if storage.read() in allowed else []
    mode = chance.choice(MODES)
    if not cut:
        return files, allowed, ", again at 0"
    again = crashed(files, recorded.operations[:cut], mode, chance)
    return again, allowed, f", again {mode} at {cut}"


def _judged(files: Files, allowed: list[Tables]) -> str:
    """Recover, go on saving, open again; say what is wrong."""
    disk = MemoryDisk(files)
    try:
        storage = DurableStorage(PATH, disk, JOURNAL_BYTES)
        if storage.read() not in allowed:
            return "a confirmed save is lost or wrong"
        if not storage.findings.harmless:
            return f"a mere crash was taken for damage: {storage.findings}"
        db = DurableTinyDB(storage=lambda: storage)
        db.table("after").insert({"saved": "later"})
        expected = storage.read()
        killed = DurableStorage(PATH, MemoryDisk(disk.contents()), JOURNAL_BYTES)
        db.close()
        closed = DurableStorage(PATH, disk, JOURNAL_BYTES)
    except (OSError, Trouble, ValueError, KeyError, TypeError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"
    if killed.read() != expected or closed.read() != expected:
        return "a save after the recovery is lost"
    return "" if closed.findings.harmless else f"found after all: {closed.findings}"
