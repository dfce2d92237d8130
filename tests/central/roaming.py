"""A real kiosk that exchanges over the network or on a stick, inside the test's own process."""

import base64
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from django.test import Client

from kiosk import places, seal, wire
from kiosk.central.devices import actions, queries
from kiosk.central.devices.models import Device as Row
from kiosk.central.exchange import bundles
from kiosk.central.tenants.models import Branch
from kiosk.desk import Desk
from kiosk.domain.world import RealWorld, World
from kiosk.errands import ERRANDS
from kiosk.store.device import Device, save_device
from kiosk.sync.bundle import Stick
from kiosk.sync.carrier import Carrier, Request
from kiosk.sync.exchange import Exchange
from kiosk.sync.line import Connection, Patience
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace


class _DoorCarrier(Carrier):
    """Knocks at central's door without a socket in between."""

    def _ask(
        self, asked: Request, patience: Patience | None = None, line: Connection | None = None
    ) -> bytes:
        device = self.device
        text = wire.signed_text(asked.method, asked.path, device.device, asked.body)
        signature = base64.b64encode(seal.sign(device.secret_key, text)).decode()
        named = {wire.SIGNATURE_HEADER: signature, wire.DEVICE_HEADER: device.device}
        if asked.known:
            named["If-None-Match"] = f'"{asked.known}"'
        answer = Client().generic(
            asked.method, asked.path, asked.body, content_type="application/json", headers=named
        )
        if answer.status_code == 304:
            return b""
        assert answer.status_code == 200, answer.content
        signed = base64.b64decode(answer.headers[wire.SIGNATURE_HEADER])
        told = wire.answer_text(answer.content, asked.about or asked.path)
        seal.verify(device.verify_key, told, signed)
        return bytes(answer.content)


@dataclass
class Roaming:
    """A kiosk with its own state folder, enrolled at a branch of the tested central."""

    branch: Branch
    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="kiosk-roaming-")))
    world: World = field(default_factory=RealWorld)
    codes: dict[str, str] = field(default_factory=dict)
    """Receipts of everything handed in, by id."""

    def __post_init__(self) -> None:
        """Join the branch and open the desk."""
        places.private_folder(self.home)
        pair = seal.new_signing_pair()
        code, _expires = actions.new_code(self.branch)
        self.row: Row = actions.enrol(wire.Enrol(code, pair.public, "bänken"), "127.0.0.1")
        told = msgspec.to_builtins(queries.enrolled(self.row, b""), builtin_types=[bytes])
        del told["public_key"]
        save_device(self.home, Device(central="http://127.0.0.1:9", secret_key=pair.secret, **told))
        self.desk = Desk(self.home, self.world)

    def close(self) -> None:
        """Let go of the ledger, and of the machine with all that is on it."""
        self.desk.close()
        shutil.rmtree(self.home)

    def hand_in(self, errand: str = "feedback", **answers: Any) -> str:
        """Hand in, and return the id."""
        given = answers or {"about": "staff", "words": "Tack!"}
        receipt = self.desk.hand_in(self.desk.begin(ERRANDS[errand]), given, "sv")
        self.codes[receipt.id] = receipt.code
        return receipt.id

    def stick(self) -> Stick:
        """Make what the commands use."""
        desk = self.desk
        return Stick(desk.device, desk.ledger, desk.published, self.world)

    def write(self) -> bytes:
        """Write a bundle."""
        return self.stick().write().file

    def read(self, file: bytes) -> ExchangeOutcome:
        """Read an answer."""
        return self.stick().read(file)[1]

    def there_and_back(self) -> ExchangeOutcome:
        """Exchange on a stick."""
        return self.read(bundles.answer(self.write()).file)

    def online(self) -> ExchangeOutcome:
        """Exchange over the network."""
        desk = self.desk
        carrier = _DoorCarrier(desk.device)
        exchange = Exchange(desk.device, desk.ledger, desk.published, carrier, self.world, Pace())
        return exchange.run()
