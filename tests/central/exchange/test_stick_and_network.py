"""Sticks and a network in any order: lost, doubled, mixed up, with restores of central between.

Each schedule is drawn from a seed. In the end one stick goes there and back until nothing waits;
then nothing may be lost, doubled, resurrected or untold.
"""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import models, transaction
from django.utils import timezone

from kiosk import seal
from kiosk.central.devices.models import Device
from kiosk.central.events.erasure_log import ErasureEntry
from kiosk.central.events.models import Conflict, Erasure, Event
from kiosk.central.exchange import bundles, erasure
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.actions import TakenBack
from kiosk.central.submissions.models import Answer, Step, Submission
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.receipt import State
from kiosk.problems import BUNDLE_FOREIGN, BUNDLE_OLDER, Trouble
from tests.central.roaming import Roaming

_TABLES: tuple[type[models.Model], ...] = (Event, Conflict, Erasure, Submission, Step, Answer)
_HARMLESS = {BUNDLE_OLDER, BUNDLE_FOREIGN}


@dataclass
class Schedule:
    """One kiosk, its library, and a drawer full of sticks."""

    kiosk: Roaming
    tenant: Tenant
    staff: Staff
    chance: random.Random
    bundles: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    handed: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    lines: list[ErasureEntry] = field(default_factory=list)
    backup: dict[type[models.Model], list[Any]] = field(default_factory=dict)
    backed_up: tuple[int, int] = (0, 0)
    refusals: int = 0

    def run(self, steps: int) -> None:
        """Take so many steps."""
        self.back_up()
        ways: dict[Callable[[], None], int] = {
            self.hand_in: 3,
            self.take_back: 1,
            self.write: 3,
            self.import_one: 6,
            self.read_one: 6,
            self.online: 1,
            self.read_by_staff: 6,
            self.erase_by_staff: 1,
            self.back_up: 1,
            self.restore: 1,
        }
        for way in self.chance.choices(list(ways), list(ways.values()), k=steps):
            way()

    def hand_in(self) -> None:
        """Hand in a few: the fewer there are, the more happens to each."""
        if len(self.handed) < 5:
            self.handed.add(self.kiosk.hand_in())

    def take_back(self) -> None:
        """Let a visitor take something back, or erase it."""
        standing = sorted(self.handed - self.withdrawn - self.erased)
        if standing:
            identity, erase = self.chance.choice(standing), self.chance.random() < 0.5
            try:
                self.kiosk.desk.withdraw(self.kiosk.codes[identity], erase=erase)
            except Trouble:  # erased by staff, and known here
                return
            (self.erased if erase else self.withdrawn).add(identity)

    def write(self) -> None:
        self.bundles.append(self.kiosk.write())

    def import_one(self) -> None:
        """Take any stick to central, perhaps an old one, perhaps for the second time."""
        if self.bundles:
            self.answers.append(bundles.answer(self.chance.choice(self.bundles[-6:])).file)

    def read_one(self) -> None:
        """Read any answer, perhaps an old one, perhaps for the second time."""
        if self.answers:
            answer = self.chance.choice(self.answers[-6:])
            if self.chance.random() < 0.8:
                self.answers.remove(answer)
            try:
                self.kiosk.read(answer)
            except Trouble as trouble:
                if trouble.problem not in _HARMLESS:
                    raise
                self.refusals += 1

    def online(self) -> None:
        assert self.kiosk.online().error == ""

    def read_by_staff(self) -> None:
        """Let staff answer something, or only open it."""
        for submission in self._some_submission():
            opened = inbox.open_for_reading(submission, self.staff)
            if self.chance.random() < 0.5:
                with transaction.atomic():
                    try:
                        inbox.answer(opened, self.staff, f"Svar {self.chance.random()}")
                    except TakenBack:
                        return

    def erase_by_staff(self) -> None:
        for submission in self._some_submission():
            if self.chance.random() < 0.3:
                now = timezone.now()
                self.lines.append(ErasureEntry(self.tenant.pk, submission.pk, now))
                erasure.erase(self.tenant, submission.pk, now)
                self.erased.add(str(submission.pk))

    def back_up(self) -> None:
        """Keep a copy of the tables, and let kiosks count on it."""
        self.backup = {table: list(table._default_manager.all()) for table in _TABLES}
        device = Device.objects.get(pk=self.kiosk.row.pk)
        last_change = Tenant.objects.get(pk=self.tenant.pk).last_change
        self.backed_up = device.last_receipt, last_change
        Device.objects.filter(pk=device.pk).update(safe_receipt=device.last_receipt)

    def restore(self) -> None:
        """Put the copy back, as after a fire; only the erasure log is newer."""
        if self.chance.random() < 0.8:
            return
        for table in reversed(_TABLES):
            table._default_manager.all().delete()
        for table, rows in self.backup.items():
            table._default_manager.bulk_create(rows)
        receipt, last_change = self.backed_up
        Device.objects.filter(pk=self.kiosk.row.pk).update(
            last_receipt=receipt, safe_receipt=receipt
        )
        epoch = f"e{self.chance.random()}"
        Tenant.objects.filter(pk=self.tenant.pk).update(epoch=epoch, last_change=last_change)
        erasure.replay(self.lines)

    def settle(self) -> None:
        """Let one stick go there and back until nothing waits, and once more."""
        for _ in range(20):
            self.kiosk.there_and_back()
            if self.kiosk.desk.ledger.pending == 0:
                break
        self.kiosk.there_and_back()

    def wrong(self) -> list[str]:
        """List everything that went wrong."""
        arrived = {str(each.pk): each for each in Submission.objects.all()}
        told = {"": State.ERASED}
        notes = self.kiosk.desk.ledger.books.receipts.all()
        for row in notes:
            told[row["event"]] = row["history"][-1][0]
        wrong = [f"lost {each}" for each in self.handed - self.erased if each not in arrived]
        wrong += [f"resurrected {each}" for each in self.erased if each in arrived]
        wrong += [
            f"not withdrawn {each}"
            for each in self.withdrawn - self.erased
            if each in arrived and arrived[each].state != State.WITHDRAWN
        ]
        wrong += [
            f"untold {each}: {told.get(each)} for {submission.state}"
            for each, submission in arrived.items()
            if told.get(each) != submission.state
        ]
        events = list(Event.objects.values_list("id", flat=True))
        wrong += ["doubled"] * (len(events) - len(set(events)))
        wrong += ["conflict"] * Conflict.objects.count()
        wrong += [f"waits {self.kiosk.desk.ledger.pending}"] * (self.kiosk.desk.ledger.pending > 0)
        return wrong

    def _some_submission(self) -> list[Submission]:
        found = list(Submission.objects.order_by("id"))
        return [self.chance.choice(found)] if found else []


def _quick_keys(code: str, salt: bytes) -> seal.ReceiptKeys:
    """Derive a receipt's keys without the tenth of a second that hinders guessing."""
    derived = hashlib.sha512(code.encode() + salt).digest()
    return seal.ReceiptKeys(derived[:16].hex(), derived[16:48])


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "receipt_keys", _quick_keys)


@pytest.fixture
def played(
    hamnen: Branch, tenant: Tenant, librarian: Staff, quick: None
) -> Iterator[Callable[[int, int], Schedule]]:
    """Give what plays a schedule to its end, each on a kiosk of its own."""
    made: list[Roaming] = []

    def play(seed: int, steps: int) -> Schedule:
        made.append(kiosk := Roaming(hamnen))
        schedule = Schedule(kiosk, tenant, librarian, random.Random(seed))
        schedule.run(steps)
        schedule.settle()
        return schedule

    yield play
    for kiosk in made:
        kiosk.close()


Play = Callable[[int, int], Schedule]


def test_nothing_is_lost_doubled_resurrected_or_untold(played: Play, stands_on: str) -> None:
    for seed in range(3 if stands_on == "sqlite" else 1):  # five times the work on the other
        assert played(seed, 60).wrong() == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 400))
def test_nothing_is_lost_doubled_resurrected_or_untold_in_many_more(
    played: Play, seed: int
) -> None:
    assert played(seed, 80).wrong() == []
