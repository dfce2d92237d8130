"""Joining a branch: the kiosk makes its key, central gives it an identity."""

import platform
from pathlib import Path

from kiosk import seal, wire
from kiosk.problems import Trouble
from kiosk.store.device import Device, load_device, offered_key, save_device
from kiosk.sync.carrier import enrol


def join(home: Path, central: str, code: str, ca_file: str = "") -> Device:
    """Enrol the kiosk whose state is in *home* with a one-time code, and keep its identity.

    Can be repeated with the same code when the answer was lost on the way: the same key is
    offered again. What waits in the outbox stays, and goes out under the new identity.
    Raises Trouble: PLAIN_HTTP, UNREACHABLE, NOT_CENTRAL, ENROLMENT_REFUSED, CANNOT_WRITE.
    """
    central = central.rstrip("/")
    secret_key = offered_key(home)
    public_key = seal.public_of(secret_key)
    asked = wire.Enrol(code.strip().upper(), public_key, platform.node(), _before(home))
    enrolled = enrol(central, asked, secret_key, ca_file)
    device = Device(
        device=enrolled.device,
        tenant=enrolled.tenant,
        branch=enrolled.branch,
        branch_name=enrolled.branch_name,
        central=central,
        secret_key=secret_key,
        sealing_key=enrolled.sealing_key,
        verify_key=enrolled.verify_key,
        salt=enrolled.salt,
        public_url=enrolled.public_url,
    )
    save_device(home, device)
    return device


def _before(home: Path) -> str:
    """Return which device this machine is until now; "" when it is none."""
    try:
        return load_device(home).device
    except Trouble:
        return ""
