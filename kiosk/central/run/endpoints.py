"""The endpoints of the exchange: one table for the addresses and for their description."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.urls import URLPattern, path

from kiosk import wire
from kiosk.central.exchange import api as intake
from kiosk.central.exchange import content_api as programme
from kiosk.central.exchange import device_api as branches
from kiosk.central.exchange import receipt_api as inbox
from kiosk.central.exchange import seats_api as seats
from kiosk.domain.content import Content

ROOT = wire.ROOT.removeprefix("/")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One thing that a kiosk may ask."""

    name: str
    """Its address below `wire.ROOT`."""
    method: str
    """HTTP method."""
    view: Callable[..., HttpResponse]
    """Answers it; its first line says what it does."""
    answers: type
    """Shape of the answer."""
    asks: type | None = None
    """Shape of the body, where there is one."""
    refusals: tuple[int, ...] = ()
    """With which statuses it may be turned back, beside those that every endpoint has."""
    queries: Mapping[str, str] = field(default_factory=dict)
    """Parameters of the query, each with the pattern of its value."""
    may_ask: Mapping[str, str] = field(default_factory=dict)
    """Those that may be missing, likewise."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """Parts of the address, likewise."""
    joined: bool = True
    """Whether only a device that has joined may ask."""
    kept: bool = False
    """Whether the answer has an ETag, and may be "304 Not Modified"."""

    @property
    def address(self) -> str:
        """The whole path, with its parts in braces."""
        return f"{wire.ROOT}/{self.name}"

    @property
    def route(self) -> URLPattern:
        """The same for Django."""
        spelled = self.name
        for part in self.parts:
            spelled = spelled.replace(f"{{{part}}}", f"<str:{part}>")
        return path(f"{ROOT}/{spelled}", self.view)


ENDPOINTS = (
    Endpoint("enrol", "POST", branches.enrol, wire.Enrolled, wire.Enrol, (429,), joined=False),
    Endpoint("inbox", "POST", intake.inbox, wire.InboxAnswer, wire.Inbox),
    Endpoint("content", "GET", programme.content, Content, kept=True),
    Endpoint("seats", "GET", seats.seats, wire.Seats, kept=True),
    Endpoint(
        "time", "GET", branches.time, wire.TimeTold, queries={"nonce": branches.NONCE.pattern}
    ),
    Endpoint("rotate", "POST", branches.rotate, wire.Rotated, wire.Rotate),
    Endpoint(
        "receipt/{locator}",
        "GET",
        inbox.receipt,
        wire.ReceiptState,
        refusals=(404, 429),
        parts={"locator": inbox.LOCATOR.pattern},
        may_ask={"mark": inbox.MARK.pattern},
    ),
)
