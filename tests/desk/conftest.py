"""What central says to a desk."""

from typing import Any

from kiosk import wire
from tests.drivers.branch import Branch


def settle(branch: Branch, **told: Any) -> None:
    """Let central answer."""
    plain: dict[str, Any] = {
        "batch": "b",
        "epoch": "e1",
        "receipt": 1,
        "safe": 0,
        "server_time": "2026-11-26T10:31:00+00:00",
    }
    branch.desk.ledger.settle(wire.InboxAnswer(**(plain | told)))
