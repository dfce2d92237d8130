"""Two kiosks and their central: the rules of both ends, on disks that are copied in an instant."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from isal import isal_zlib

from kiosk import seal, wire
from kiosk.central.devices import actions as branches
from kiosk.central.devices import queries as libraries
from kiosk.central.devices.models import Device
from kiosk.central.events import erasure_log
from kiosk.central.events.envelope import unpack
from kiosk.central.events.models import Event
from kiosk.central.exchange import erasure, taking_in
from kiosk.central.exchange.processing import understand_library
from kiosk.central.platform import tenancy
from kiosk.central.safekeeping import backup, lives, loading, restoration
from kiosk.central.safekeeping import mark as marks
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.receipt import State
from kiosk.domain.world import RealWorld
from kiosk.problems import UNREACHABLE, Trouble
from kiosk.store.device import Device as Identity
from kiosk.store.ledger import Ledger
from kiosk.store.published import PublishedContent
from kiosk.sync.line import BrokenOff
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace
from kiosk.sync.upload import Upload
from tests.central.both_ends.copies import (
    Copy,
    Files,
    Moment,
    bytes_for_files,
    closer,
    held_against,
    put_back,
    renamed,
    shape_of_central,
    shape_of_kiosk,
)
from tests.drivers.once import once
from tests.faults.memory_disk import MemoryDisk

JOURNAL_BYTES = 16 * 4096
LIBRARY = "ends"
_WORLD = RealWorld()
_KEY = b"k" * 32
"""Of every receipt: nobody here guesses."""


@dataclass
class Carrier:
    """Carries a message to central, and perhaps loses the answer."""

    identity: Identity
    loses: bool = False
    ratio: float = 1.0

    def inbox(self, message: wire.Inbox) -> wire.InboxAnswer:
        """Bring a message as it would have come over a network, and let central understand it."""
        row = Device.objects.select_related("tenant").get(pk=self.identity.device)
        answer = taking_in.take_in(row, unpack(wire.encode(message), row))
        understand_library(LIBRARY)
        if self.loses:
            raise BrokenOff(UNREACHABLE, url="central", why="nobody heard the answer")
        return wire.decode(wire.encode(answer), wire.InboxAnswer)

    def prepare(self, message: wire.Inbox) -> None:
        """Write nothing ahead."""


@dataclass
class Ends:
    """What happens to two kiosks and their central, a step at a time."""

    folder: Path
    identities: list[Identity] = field(default_factory=list)
    now: Moment = field(init=False)

    def found(self) -> "Ends":
        """Found the library, and let both kiosks join it."""
        tenant = found(LIBRARY, "Biblioteket")
        for name in "ab":
            branch = Branch.objects.create(tenant=tenant, key=name, name=name)
            pair = seal.new_signing_pair()
            code, _ends = branches.new_code(branch)
            row = branches.enrol(wire.Enrol(code, pair.public, name), "127.0.0.1")
            told = {each: getattr(libraries.enrolled(row, pair.public), each) for each in _TOLD}
            self.identities.append(Identity(central="", secret_key=pair.secret, **told))
        lives.look()
        opened = [self._opened({}) for _ in self.identities]
        files = tuple(disk.contents() for disk, _ in opened)
        shapes = tuple(shape_of_kiosk(ledger) for _, ledger in opened)
        self.now = Moment(self._central(), b"", files, shapes)
        return self

    def put(self, moment: Moment) -> None:
        """Let everything be as it was at *moment*."""
        self.now = moment
        put_back(moment.central.database)
        lives.mark_file().write_bytes(moment.central.mark)
        erasure_log.log_file().write_bytes(moment.erasures)

    def hand_in(self, kiosk: int) -> None:
        """Let a visitor hand something in, and be shown a receipt."""
        number = sum(each.startswith(_PREFIX[kiosk]) for each in self.now.promised) + 1
        identity = f"{_PREFIX[kiosk]}{number:012d}"
        clear = wire.encode(wire.Contents({"about": "staff"}, _KEY, "sv"))
        sealed = seal.seal(self.identities[kiosk].sealing_key, clear)
        handed = wire.Handed("feedback", "ab"[kiosk], _locator(identity), sealed)
        with self._kiosk(kiosk) as ledger, ledger.atomic():
            event = self._event(ledger, "feedback.submitted", handed, identity)
            ledger.append(event)
            ledger.begin_note(_locator(identity), event, "feedback")
        self.now = replace(self.now, promised=(*self.now.promised, identity))

    def erase(self, kiosk: int) -> None:
        """Let a visitor erase the first that was handed in here, as the desk does."""
        identity = f"{_PREFIX[kiosk]}{1:012d}"
        proof = seal.prove(_KEY, wire.changed_text(wire.ERASED, identity))
        changed = wire.Changed(_locator(identity), proof)
        with self._kiosk(kiosk) as ledger, ledger.atomic():
            own = f"{_PREFIX[kiosk]}{99:012d}"
            event = self._event(ledger, wire.ERASED, changed, own, about=identity)
            ledger.forget(identity)
            ledger.append(event)
            ledger.advance(_locator(identity), State.ERASED, event.captured_at)
        self.now = replace(self.now, erased=(*self.now.erased, identity))

    def exchange(self, kiosk: int, *, loses: bool = False) -> None:
        """Exchange, perhaps with the first answer lost."""
        identity = self.identities[kiosk]
        with self._kiosk(kiosk) as ledger:
            carrier: Any = Carrier(identity, loses)
            shown = PublishedContent(self.folder, identity.branch, identity.branch_name)
            who = (shown, identity, ledger, carrier, _WORLD, Pace(), ExchangeOutcome())
            try:
                Upload(*who).run()
            except BrokenOff:
                assert loses
        self._keep()

    def look(self) -> None:
        """Let central look at its mark, as it does every ten seconds."""
        lives.look()
        self._keep()

    def back_up(self) -> bool:
        """Make a verified backup of all there is, and call it safe; tell whether central let it."""
        try:
            life = backup.look_before(self.folder / "any", older=False)
        except Trouble:
            self._keep()
            return False
        made = self._central()
        receipts = dict(Device.objects.values_list("pk", "last_receipt"))
        covered = backup.Covered(timezone.now(), life, receipts, 1, 1, made.digest)
        with marks.held(lives.mark_file()):
            backup._call_safe(self._path(made), covered)
        self.now = replace(self.now, backups=(*self.now.backups, made), marked=False)
        self._keep()
        return True

    def restore(self, number: int) -> bool:
        """Try to put that backup in the place of the database; tell whether central let it."""
        chosen = self.now.backups[number]
        try:
            with bytes_for_files(chosen, self._path(chosen)):
                restoration.restore(self._path(chosen), lambda _many: None, replace=True)
        except Trouble:
            self.put(self.now)
            return False
        self._keep()
        return True

    def remember(self) -> None:
        """Let somebody, or something, keep a copy of the database that nobody verifies."""
        self.now = replace(self.now, remembered=self.now.central, marked=True)

    def forget(self, *, mark_too: bool) -> None:
        """Let that copy come back with the same epoch, perhaps with the mark beside it."""
        copy = self.now.remembered
        assert copy
        mark = copy.mark if mark_too else self.now.central.mark
        self.put(replace(self.now, central=replace(copy, mark=mark), remembered=None))

    def shape(self) -> str:
        """Return everything that matters for what may come, whatever it is called."""
        now = self.now
        copies = [now.central, *now.backups, *filter(None, [now.remembered])]
        held = [held_against(each, now) for each in copies]
        told = closer([*now.shapes, *(shape for shape, *_ in held)])
        known = [rest for _, *rest in held]
        whole = (told, known, now.erased, now.marked, len(now.backups), now.erasures.count(b"\n"))
        return renamed(json.dumps(whole, default=str))

    def lost(self) -> list[str]:
        """List for what a receipt was shown, and which neither end can read any more.

        What only the newest backup holds is not lost if central says that it must be put back.
        """
        wanted = [each for each in self.now.promised if each not in self.now.erased]
        here = {row[0] for shape in self.now.shapes for row in shape["outbox"] + shape["dead"]}
        there = {*map(str, Submission.objects.values_list("pk", flat=True))}
        kept = Event.objects.filter(body__isnull=False)
        there |= {*map(str, kept.values_list("id", flat=True))}
        gone = [each for each in wanted if each not in here | there]
        return [each for each in gone if not self._is_told(each)]

    def staff_erase(self, kiosk: int) -> None:
        """Let staff erase the first that was handed in at a kiosk, if it has come."""
        identity = f"{_PREFIX[kiosk]}{1:012d}"
        tenant = Tenant.objects.get()
        if Event.objects.filter(tenant=tenant, id=identity, body__isnull=False).exists():
            with transaction.atomic():
                erasure.erase(tenant, UUID(identity), timezone.now())
            self.now = replace(self.now, erased=(*self.now.erased, identity))
            self._keep()

    def _is_told(self, identity: str) -> bool:
        if not self.now.backups or identity not in json.dumps(
            self.now.backups[-1].shape, default=str
        ):
            return False
        before = self.now
        lives.look()
        life = lives.present()
        self.put(before)
        return bool(life and life.lacks)

    def wrong_in_the_end(self) -> list[str]:
        """Let both ends come to rest, and list what is then lost, doubled, stuck or resurrected."""
        before, wrong = self.now, []
        self.look()
        life = lives.present()
        if life and life.lacks and not self.restore(len(self.now.backups) - 1):
            wrong.append("stuck: the newest backup is refused")
        for _ in range(3):
            for kiosk in range(len(self.identities)):
                self.exchange(kiosk)
        rows = {str(row.pk): row for row in Submission.objects.all()}
        sealed = {row[0]: row[1] for shape in self.now.shapes for row in shape["outbox"]}
        for each in self.now.promised:
            if each in self.now.erased:
                wrong += [f"resurrected: {each}"] * (each in rows or each in sealed)
            elif each not in rows:
                wrong.append(f"lost: {each}")
        wrong += [f"stuck: {key}" for key, receipt in sealed.items() if not receipt]
        wrong += [f"untold: {each}" for each in self._untold(rows)]
        self.put(before)
        return wrong

    def _untold(self, rows: dict[str, Submission]) -> Iterator[str]:
        for shape in self.now.shapes:
            for identity, state in shape["receipts"]:
                told = rows[identity].state if identity in rows else State.ERASED
                if state != told:
                    yield f"{identity} is {told}, its kiosk shows {state}"

    @contextmanager
    def _kiosk(self, number: int) -> Iterator[Ledger]:
        """Switch a kiosk on; what it has then is what a plug pulled would leave."""
        disk, ledger = self._opened(self.now.kiosks[number])
        yield ledger
        kiosks, shapes = list(self.now.kiosks), list(self.now.shapes)
        kiosks[number], shapes[number] = disk.contents(), shape_of_kiosk(ledger)
        self.now = replace(self.now, kiosks=tuple(kiosks), shapes=tuple(shapes))

    def _opened(self, files: Files) -> tuple[MemoryDisk, Ledger]:
        disk = MemoryDisk(files)
        return disk, Ledger(self.folder / "kiosk.json", disk, JOURNAL_BYTES)

    def _event(
        self, ledger: Ledger, kind: str, payload: object, identity: str, about: str = ""
    ) -> wire.Event:
        at = _WORLD.now().isoformat(timespec="minutes")
        when = (at, _WORLD.boot, _WORLD.monotonic_ms())
        raw = wire.encode(payload)
        return wire.Event(identity, ledger.next_seq(), kind, 1, *when, msgspec.Raw(raw), about)

    def _keep(self) -> None:
        erasures = erasure_log.log_file()
        told = erasures.read_bytes() if erasures.exists() else b""
        self.now = replace(self.now, central=self._central(), erasures=told)

    def _central(self) -> Copy:
        mark = lives.mark_file().read_bytes()
        packed = isal_zlib.compress(connection.connection.serialize(), 1)
        return Copy(packed, mark, shape_of_central())

    def _path(self, copy: Copy) -> Path:
        return self.folder / copy.digest[:12]


_PREFIX = ("0198c0de-0000-7000-8000-", "0198c0de-0000-7000-8001-")
_TOLD = ("device", "tenant", "branch", "branch_name", "sealing_key", "verify_key", "salt")


def _locator(identity: str) -> str:
    return hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest()


@contextmanager
def ends(folder: Path) -> Iterator[Ends]:
    """Give both ends, with central's database in memory and its files in *folder*."""
    tables = once("tables", _migrated)
    in_memory = loading.scratch(folder / "unused") | {"NAME": ":memory:", "OPTIONS": {}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HOME", folder)
        with loading.standing_on(in_memory), tenancy.everywhere():
            connection.ensure_connection()
            put_back((tables / "tables").read_bytes())
            yield Ends(folder).found()


def _migrated(folder: Path) -> None:
    with loading.standing_on(loading.scratch(folder / "tables")):
        call_command("migrate", interactive=False, verbosity=0)
