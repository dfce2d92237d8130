"""The carrier of a kiosk that never has a network: it says so, and sticks do the rest."""

from kiosk.problems import NO_NETWORK, Trouble
from kiosk.store.device import Device
from kiosk.sync.carrier import Carrier, Request
from kiosk.sync.line import Connection, Patience


class NoNetwork(Carrier):
    """Reaches nobody; what waits goes out on a stick."""

    def __init__(self, device: Device) -> None:
        """Know no address."""
        self.device = device
        self.ratio = 1.0

    def _ask(
        self,
        asked: Request,  # noqa: ARG002 - nobody is asked
        patience: Patience | None = None,  # noqa: ARG002
        line: Connection | None = None,  # noqa: ARG002
    ) -> bytes:
        """Raise Trouble (NO_NETWORK)."""
        raise Trouble(NO_NETWORK)
