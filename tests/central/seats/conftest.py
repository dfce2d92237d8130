"""A workshop with few seats, and kiosks that sign visitors up for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Registration
from kiosk.central.tenants.models import Branch, Tenant
from tests.central.knocking import Knocking, id_of

NOW = timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def workshop(tenant: Tenant, hamnen: Branch) -> Workshop:
    """Give a workshop in a week, with room for six."""
    Workshop.objects.filter(tenant=tenant).update(sign_up=False)
    return Workshop.objects.create(
        tenant=tenant,
        branch=hamnen,
        title={"sv": "Sy en väska"},
        starts=NOW + timedelta(days=7),
        ends=NOW + timedelta(days=7, hours=2),
        capacity=6,
    )


@pytest.fixture
def kiosk(hamnen: Branch) -> Knocking:
    """Give a kiosk that has stood at the first branch for long."""
    return _long_there(Knocking().join(hamnen))


@pytest.fixture
def other(tenant: Tenant) -> Knocking:
    """Give a kiosk that has stood at another branch for long."""
    return _long_there(Knocking().join(tenant.branches.exclude(key="hamnen").earliest("position")))


def _long_there(kiosk: Knocking) -> Knocking:
    Device.objects.filter(pk=kiosk.device).update(enrolled_at=NOW - timedelta(days=30))
    return kiosk


class Signing:
    """Signs visitors up and reads what has become of it."""

    def __init__(self, workshop: Workshop) -> None:
        """Take the workshop they all want to come to."""
        self.workshop = workshop
        self.events: dict[str, bytes] = {}

    def up(
        self,
        kiosk: Knocking,
        name: str,
        seats: int = 1,
        minute: int = 0,
        lease: str = "",
        **more: object,
    ) -> bytes:
        """Freeze a sign-up, captured so many minutes after some fixed moment an hour ago.

        *more* is answered besides.
        """
        captured = NOW - timedelta(minutes=60 - minute)
        answers = {
            "workshop": str(self.workshop.pk),
            "seats": {"adults": seats, "children": 0},
            "name": name,
            "consent": True,
            **more,
        }
        locator = more.pop("locator", f"{len(self.events) + 1:032x}")
        self.events[name] = kiosk.handed(
            answers,
            "sign-up",
            workshop=str(self.workshop.pk),
            seats=seats,
            lease=lease,
            locator=locator,
            event={"captured_at": captured.isoformat(timespec="minutes")},
        )
        return self.events[name]

    def tells(self) -> dict[str, str]:
        """Say what everybody's sign-up has come to."""
        rows = {str(row.pk): row for row in Registration.objects.filter(workshop=self.workshop)}
        found = {}
        for name, event in self.events.items():
            row = rows.get(id_of(event))
            if row:
                place = f" {row.place}" if row.place else ""
                found[name] = f"{row.standing}{place}, {row.why}"
        return found


@pytest.fixture
def signing(workshop: Workshop) -> Signing:
    """Sign visitors up."""
    return Signing(workshop)


def complete(kiosk: Knocking, *events: bytes, **fields: object) -> wire.InboxAnswer:
    """Bring *events*, and say that this is everything."""
    until = (timezone.now() + timedelta(seconds=1)).isoformat()
    return kiosk.bring(*events, **({"complete_until": until} | fields))


def seats_told(kiosk: Knocking) -> wire.Seats:
    """Fetch the seats as a kiosk does."""
    path = f"{wire.ROOT}/seats"
    answer = kiosk.ask("GET", path)
    assert answer.status_code == 200, answer.content
    return wire.decode(kiosk.genuine(answer, path), wire.Seats)


def lease_of(kiosk: Knocking) -> wire.Lease | None:
    """Fetch the seats and return the lease among them, of the one workshop there is."""
    (only,) = seats_told(kiosk).workshops
    return only.lease
