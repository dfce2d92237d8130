"""Copies of both ends: made and put back in an instant, and told apart by what matters."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from django.db import connection
from isal import isal_zlib

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Erasure, Event
from kiosk.central.generations.models import Life
from kiosk.central.safekeeping import archive, lives, loading, restoration
from kiosk.central.safekeeping.archive import FORMAT, ArchiveHeader
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Tenant
from kiosk.store.ledger import Ledger

Files = dict[str, bytes]


_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


@dataclass(frozen=True)
class Copy:
    """A copy of central's database, with the mark that lay beside it."""

    packed: bytes
    """The database, compressed: thousands of copies are kept, and most of each is empty."""
    mark: bytes
    shape: Any
    """What it holds, as `Ends.shape` tells it."""

    @property
    def digest(self) -> str:
        """What it is known by."""
        return hashlib.sha256(self.packed).hexdigest()

    @property
    def database(self) -> bytes:
        """All of it, as SQLite lays it out."""
        return isal_zlib.decompress(self.packed)


@dataclass(frozen=True)
class Moment:
    """Everything that there is, at both ends and beside them."""

    central: Copy
    erasures: bytes
    """The log outside the database."""
    kiosks: tuple[Files, ...]
    shapes: tuple[Any, ...]
    """Of the kiosks' ledgers."""
    promised: tuple[str, ...] = ()
    """Ids of all for which a receipt was shown, by kiosk, in their order."""
    erased: tuple[str, ...] = ()
    """Those whose visitors had them erased again."""
    backups: tuple[Copy, ...] = ()
    """Verified ones, the newest last."""
    remembered: Copy | None = None
    """A state of central's database that nobody verified."""
    marked: bool = True
    """Whether its mark is older than no backup, so that it may come back with it."""


def put_back(database: bytes) -> None:
    """Copy a whole database into the one that central speaks to, statements and all."""
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(database)
        copy.backup(connection.connection)


def shape_of_kiosk(ledger: Ledger) -> dict[str, Any]:
    """Return what matters of a kiosk's ledger."""
    tables = ledger.contents()
    rows = tables.get("outbox", {}).values()
    facts = ("epoch", "receipt", "safe", "unopened")
    return {
        "outbox": sorted((row["id"], row["receipt"], row["epoch"]) for row in rows),
        "changes": [int(ledger.fact("states_after", 0))],
        "facts": [ledger.fact(each) for each in facts],
        "receipts": sorted(
            (row["event"], row["history"][-1][0]) for row in tables.get("receipts", {}).values()
        ),
        "dead": sorted((row["id"],) for row in tables.get("dead", {}).values()),
    }


def shape_of_central() -> dict[str, Any]:
    """Return what matters of central's database."""
    told = ("last_receipt", "safe_receipt", "forgotten")
    events = Event.objects.order_by("id")
    return {
        "devices": list(Device.objects.order_by("name").values_list(*told)),
        "events": [(each.id, each.held_reason, each.body is None) for each in events],
        "submissions": list(Submission.objects.order_by("id").values_list("id", "state")),
        "erased": list(Erasure.objects.order_by("id").values_list("id", flat=True)),
        "changes": [
            *Submission.objects.order_by("id").values_list("change", flat=True),
            *Erasure.objects.order_by("id").values_list("change", flat=True),
            *Tenant.objects.values_list("last_change", flat=True),
        ],
        "epoch": list(Tenant.objects.values_list("epoch", flat=True)),
        "lives": {str(each.pk): each.ended_at is not None for each in Life.objects.all()},
        "lacks": [
            (each.why in lives.UNASKED, bool(each.lacks))
            for each in Life.objects.filter(ended_at=None)
        ],
    }


def held_against(copy: Copy, now: Moment) -> Any:
    """Return the shape of a copy, and what the mark that lies there now makes of it."""
    mark, its = json.loads(now.central.mark), json.loads(copy.mark)
    ended = copy.shape["lives"].get(mark["life"])
    behind = ended is None or (not ended and its["marks"] < mark["marks"])
    newest = mark["backup"] and mark["backup"]["digest"]
    shape = {name: told for name, told in copy.shape.items() if name != "lives"}
    return shape, behind, its["life"] == mark["life"], newest == copy.digest


def closer(shapes: Any) -> Any:
    """Return *shapes* with the place of each change in their order for its number.

    A change to come follows all of them, whatever their numbers are.
    """
    found = sorted({0} | {number for each in shapes for number in each["changes"]})
    place = {number: at for at, number in enumerate(found)}
    return [each | {"changes": [place[number] for number in each["changes"]]} for each in shapes]


def renamed(told: str) -> str:
    """Call every name by its place: two states that differ in names only are one."""
    names: dict[str, str] = {}

    def placed(found: Any) -> str:
        name = found[0]
        return name if name.startswith("0198c0de") else names.setdefault(name, f"#{len(names)}")

    return _UUID.sub(placed, told)


@contextmanager
def bytes_for_files(copy: Copy, path: Path) -> Iterator[None]:
    """Let a restore read *copy* where it would read a file; its rules stay as they are."""
    header = ArchiveHeader(FORMAT, "1", "2026-11-09T10:00:00+00:00", (), (), ())

    def load(*_words: Any) -> None:
        put_back(copy.database)

    def in_place(chosen: Any, progress: Any) -> Any:
        return restoration.Restored(*restoration._filled(chosen, progress), None)

    with (
        mock.patch.object(archive, "look", return_value=header),
        mock.patch.object(archive, "verify", return_value=(header, copy.digest)),
        mock.patch.object(loading, "load", load),
        mock.patch.object(restoration, "_in_sqlite", in_place),
        mock.patch.object(restoration, "_is_empty", return_value=False),
    ):
        yield
