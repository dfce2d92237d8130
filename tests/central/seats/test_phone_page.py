"""The phone page of a sign-up: the place in line, and when it is decided at the latest."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from kiosk import seal
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Registration
from kiosk.central.tenants.models import Tenant
from kiosk.domain.receipt import new_code
from kiosk.domain.seats import Standing
from kiosk.i18n import phrases
from tests.central.knocking import Knocking

CODE = new_code(987654321)


def page(language: str = "en") -> str:
    answer = Client().get(f"/r/{CODE}", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_provisional_place_says_when_it_is_decided_at_the_latest(
    kiosk: Knocking, other: Knocking, workshop: Workshop, tenant: Tenant
) -> None:
    answers = {
        "workshop": str(workshop.pk),
        "seats": {"adults": 1, "children": 0},
        "name": "Ali",
        "consent": True,
    }
    keys = seal.receipt_keys(CODE, bytes(tenant.salt))
    event = kiosk.handed(
        answers,
        "sign-up",
        key=keys.key,
        workshop=str(workshop.pk),
        seats=1,
        locator=keys.locator,
    )
    kiosk.bring(event)
    assert Registration.objects.get().standing == Standing.PROVISIONAL
    moment = phrases("en").moment(timezone.localtime(workshop.starts - timedelta(days=1)))
    assert "Provisional. You are number 1 in line." in page()
    assert f"We decide when we have heard from all branches. At the latest on {moment}." in page()
    assert "Senast" in page("sv")
    Registration.objects.update(standing=Standing.CONFIRMED, why="in_order", place=0)
    assert "At the latest" not in page()
