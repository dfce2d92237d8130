"""A branch whose central's keys the test holds: it can read what the kiosk cannot."""

import contextlib
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from kiosk import places, seal, wire
from kiosk.desk import Desk
from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, Errand
from kiosk.domain.submission import Answer, Receipt
from kiosk.errands.feedback import FEEDBACK
from kiosk.store.device import Device, load_device, save_device
from kiosk.store.durable import write_durably
from kiosk.store.ledger import Ledger
from kiosk.store.published import PublishedContent
from kiosk.sync.carrier import Carrier
from kiosk.sync.exchange import Exchange
from kiosk.sync.pace import Pace
from tests.drivers.published import CONTENT
from tests.drivers.world import FakeWorld

NOWHERE = "http://127.0.0.1:9"
"""An address where nobody listens."""

PRAISE = {"about": "staff", "words": "Katten på disken är underbar", "mood": 5}


class Branch:
    """A state folder with an enrolled device."""

    def __init__(self, home: Path, central: str = NOWHERE, content: Content = CONTENT) -> None:
        """Enrol a device of *central* in *home*, with *content* published."""
        self.home = places.private_folder(home)
        self.world = FakeWorld()
        self.sealing = seal.new_sealing_pair()
        self.signing = seal.new_signing_pair()
        self.kiosk_keys = seal.new_signing_pair()
        self.device = Device(
            device="0198c0de-0000-7000-8000-000000000001",
            tenant="raseborg",
            branch="ekenas",
            branch_name="Ekenäs bibliotek",
            central=central,
            secret_key=self.kiosk_keys.secret,
            sealing_key=self.sealing.public,
            verify_key=self.signing.public,
            salt=seal.new_salt(),
            public_url="https://bibliotek.example/",
        )
        save_device(self.home, self.device)
        write_durably(places.content(self.home), wire.encode_content(content))
        self._leaving = contextlib.ExitStack()

    @cached_property
    def desk(self) -> Desk:
        """The open desk; closed by `close`."""
        desk = Desk(self.home, self.world)
        self._leaving.callback(desk.close)
        return desk

    def close(self) -> None:
        """Close the desk, if it was opened; the next use opens it again, as a restart would."""
        self._leaving.close()
        self.__dict__.pop("desk", None)

    @contextlib.contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Open the ledger alone."""
        ledger = Ledger(places.ledger(self.home))
        try:
            yield ledger
        finally:
            ledger.close()

    def exchange(self, pace: Pace | None = None, ca_file: str = "") -> Exchange:
        """Make what the courier runs."""
        desk = self.desk
        return Exchange(
            device=self.device,
            ledger=desk.ledger,
            published=PublishedContent(self.home, self.device.branch, self.device.branch_name),
            carrier=Carrier(load_device(self.home), ca_file, partial(save_device, self.home)),
            world=self.world,
            pace=pace or Pace(),
        )

    def move_to(self, central: str) -> None:
        """Tell the device another address of central."""
        self.device = msgspec.structs.replace(self.device, central=central)
        save_device(self.home, self.device)

    def hand_in(self, errand: Errand = FEEDBACK, answers: Answers = PRAISE) -> Receipt:
        """Hand in an errand the way a screen does."""
        return self.desk.hand_in(self.desk.begin(errand), answers, "sv")

    def events(self) -> list[wire.Event]:
        """Read what waits in the outbox, oldest first."""
        return [wire.decode(each.body, wire.Event) for each in self.desk.ledger.unsent()]

    def unsealed(self, event: wire.Event) -> wire.Contents:
        """Open a submission with central's key."""
        handed = wire.decode(bytes(event.payload), wire.Handed)
        return wire.decode(seal.unseal(self.sealing.secret, handed.sealed), wire.Contents)

    def unsealed_change(self, event: wire.Event) -> wire.Contents:
        """Open what was added or corrected with central's key."""
        changed = wire.decode(bytes(event.payload), wire.Changed)
        return wire.decode(seal.unseal(self.sealing.secret, changed.sealed), wire.Contents)

    def locked_answer(self, event: wire.Event, answer: Answer) -> bytes:
        """Write an answer the way central does: under the receipt's key, which it has unsealed."""
        return seal.lock(self.unsealed(event).key, wire.encode(answer))

    def bytes_on_disk(self) -> bytes:
        """Return every byte of every file in the state folder, names included."""
        files = sorted(each for each in self.home.rglob("*") if each.is_file())
        return b"\n".join(bytes(each) + b"\n" + each.read_bytes() for each in files)


def event(number: int, kind: str = "feedback.submitted", **payload: Any) -> wire.Event:
    """Make an event that looks like number *number* of a device, for tests of the ledger alone."""
    locator = f"{number:032x}"
    body = {"errand": "feedback", "branch": "ekenas", "language": "sv", "locator": locator}
    return wire.Event(
        id=f"0198c0de-0000-7000-8000-{number:012d}",
        seq=number,
        type=kind,
        v=1,
        captured_at="2026-11-26T10:30+01:00",
        boot="b00t0001",
        mono_ms=number,
        payload=msgspec.Raw(msgspec.json.encode(body | {"sealed": b"x" * 40} | payload)),
    )
