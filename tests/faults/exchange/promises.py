"""What visitors were promised, kept by the campaign itself, and what became of each promise.

It knows nothing of the protocol: only what people were told, and what both ends have in the end.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from kiosk import seal
from kiosk.domain.receipt import State
from tests.faults.exchange.kiosk import Kiosk


class Sure(IntEnum):
    """How sure it is that something has been done and has not been lost with a disk."""

    NO = 0
    PERHAPS = 1
    YES = 2


@dataclass
class Promise:
    """One submission, as its visitor and the staff know it."""

    id: str
    code: str
    branch: str
    words: str
    handed_in: Sure = Sure.YES
    """YES once its receipt was shown; PERHAPS when the only copy may have gone with a disk."""
    withdrawn: Sure = Sure.NO
    erased: Sure = Sure.NO


@dataclass
class Deed:
    """One event that a kiosk has saved: *what* of the promise it made true."""

    what: str
    promise: Promise


@dataclass
class Ledgers:
    """Every promise, and the events in which each kiosk keeps them."""

    promises: list[Promise] = field(default_factory=list)
    deeds: dict[int, list[Deed]] = field(default_factory=dict)
    """In the order they were saved, by the kiosk's `seed`."""

    def note(self, kiosk: Kiosk, what: str, promise: Promise, sure: Sure = Sure.YES) -> None:
        """Note that *kiosk* has saved an event."""
        if what == "handed_in":
            self.promises.append(promise)
        setattr(promise, what, max(sure, getattr(promise, what) if what != "handed_in" else sure))
        self.deeds.setdefault(kiosk.seed, []).append(Deed(what, promise))

    def so_far(self, kiosk: Kiosk) -> list[Deed]:
        """Return what is on the disk of *kiosk*."""
        return list(self.deeds.get(kiosk.seed, []))

    def disk_lost(self, kiosk: Kiosk, image: Sequence[Deed]) -> None:
        """Note that *kiosk* has only what it had when *image* was made."""
        there = {id(deed) for deed in image}
        for deed in self.deeds.get(kiosk.seed, []):
            if id(deed) not in there and getattr(deed.promise, deed.what) is Sure.YES:
                setattr(deed.promise, deed.what, Sure.PERHAPS)
        self.deeds[kiosk.seed] = list(image)


class Judgement:
    """Compares both ends with what was promised."""

    def __init__(self, told: dict[str, Any], kiosks: Iterable[Kiosk], ledgers: Ledgers) -> None:
        """Take in what central has *told* of itself."""
        self.rows: list[dict[str, Any]] = told["submissions"]
        self.by_id = {row["id"]: row for row in self.rows}
        self.erased = set(told["erased"])
        self.bodies = set(told["bodies"])
        self.held: dict[str, str] = told["held"]
        self.ahead: list[str] = told["ahead"]
        self.kiosks = list(kiosks)
        self.ledgers = ledgers

    def wrong(self) -> list[str]:
        """List everything that is lost, doubled, stuck, resurrected or untold."""
        found = [*self._doubled(), *(f"stuck: {each} waits for its date" for each in self.ahead)]
        for promise in self.ledgers.promises:
            found += self._at_central(promise)
        for kiosk in self.kiosks:
            found += self._at_kiosk(kiosk)
        return found

    def _doubled(self) -> Iterator[str]:
        many = Counter(row["locator"] for row in self.rows)
        yield from (f"doubled: {locator}" for locator, times in many.items() if times > 1)

    def _at_central(self, promise: Promise) -> Iterator[str]:
        row = self.by_id.get(promise.id)
        if promise.erased is Sure.YES:
            if row or promise.id in self.bodies:
                yield f"resurrected: {promise.words}"
            return
        if promise.erased is Sure.PERHAPS:
            return
        if promise.id in self.held:
            yield f"stuck: {promise.words} is held: {self.held[promise.id]}"
        if row is None:
            if promise.handed_in is Sure.YES:
                yield f"lost: {promise.words}"
            return
        if (row["words"], row["branch"]) != (promise.words, promise.branch):
            yield f"lost: {promise.words} became {row['words']} at {row['branch']}"
        withdrawn = Sure.YES if row["state"] == State.WITHDRAWN else Sure.NO
        if promise.withdrawn not in (Sure.PERHAPS, withdrawn):
            yield f"lost: that {promise.words} was {promise.withdrawn.name} taken back"

    def _at_kiosk(self, kiosk: Kiosk) -> Iterator[str]:
        pending = kiosk.pending()
        if pending or kiosk.desk.ledger.refused():
            yield f"stuck: {len(pending)} at {kiosk.branch}, refused {kiosk.desk.ledger.refused()}"
        held = kiosk.held()
        for promise in self.ledgers.promises:
            if promise.branch == kiosk.branch:
                yield from self._told(kiosk, promise, held)

    def _told(self, kiosk: Kiosk, promise: Promise, held: set[str]) -> Iterator[str]:
        keys = seal.receipt_keys(promise.code, kiosk.desk.device.salt)
        note, row = kiosk.desk.ledger.note(keys.locator), self.by_id.get(promise.id)
        state = note.state if note else None
        if promise.id in self.erased:
            if promise.id in held:
                yield f"resurrected: {promise.words} is still sealed at {kiosk.branch}"
            if state not in (None, State.ERASED):
                yield f"untold: {kiosk.branch} shows erased {promise.words} as {state}"
            return
        if row is None or self._parted(promise, state):
            return
        if note is None or state != row["state"]:
            yield f"untold: {promise.words} is {row['state']}, {kiosk.branch} shows {state}"
            return
        shown = [each.text for each in kiosk.desk.look_up(promise.code).answers]
        if shown != row["answers"]:
            yield f"untold: {promise.words} was answered {row['answers']}, {kiosk.branch}: {shown}"

    def _parted(self, promise: Promise, state: State | None) -> bool:
        """Whether central may have lost, with a disk and a restore, what a kiosk still shows."""
        return (state is State.WITHDRAWN and promise.withdrawn is Sure.PERHAPS) or (
            state is State.ERASED and promise.erased is Sure.PERHAPS
        )
