"""Who came on the day: told by kiosks, seen by staff."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kiosk import wire
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.attendance import came_to
from kiosk.central.seats.models import Attendance
from kiosk.central.tenants.models import Staff
from tests.central.knocking import Knocking
from tests.central.seats.conftest import NOW, Signing, complete

CAME: dict[str, Any] = {"captured_at": NOW.isoformat(timespec="minutes")}


def test_staff_see_who_came_on_the_page_and_on_the_list_to_print(
    kiosk: Knocking, signing: Signing, workshop: Workshop, librarian: Staff
) -> None:
    event = signing.up(kiosk, "Ida", 2)
    complete(kiosk, event, signing.up(kiosk, "Bo", 1, minute=2))
    assert kiosk.settled(kiosk.about(wire.CHECKED_IN, event, **CAME)) == ("duplicate", "")
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    page = browser.get(f"/programme/{workshop.pk}/").content.decode()
    assert page.count("✓ Came") == 1
    assert "<dt>Have come</dt><dd>2</dd>" in page
    printed = browser.post(f"/programme/{workshop.pk}/print/").content.decode()
    assert (printed.count("✓"), printed.count("☐")) == (1, 1)


@pytest.mark.parametrize("first", [True, False])
def test_checking_in_twice_a_day_counts_once_whichever_arrives_first(
    kiosk: Knocking, other: Knocking, signing: Signing, workshop: Workshop, first: bool
) -> None:
    event = signing.up(kiosk, "Ida", 2)
    said = [kiosk.about(wire.CHECKED_IN, event, **CAME) for _ in range(2)]
    complete(kiosk, *([event, *said] if first else said))
    complete(kiosk, event)
    assert Attendance.objects.count() == 1
    tomorrow = (NOW + timedelta(days=1)).isoformat(timespec="minutes")
    complete(other, other.about(wire.CHECKED_IN, event, captured_at=tomorrow))
    assert came_to(workshop) == 2, "a party counts once, on however many days it comes"


def test_what_was_taken_back_has_not_come(kiosk: Knocking, signing: Signing) -> None:
    event = signing.up(kiosk, "Ida")
    complete(kiosk, event, kiosk.about(wire.WITHDRAWN, event))
    assert kiosk.settled(kiosk.about(wire.CHECKED_IN, event))[0] == "duplicate"
    assert not Attendance.objects.exists()


def test_erasing_takes_along_that_she_came(kiosk: Knocking, signing: Signing) -> None:
    event = signing.up(kiosk, "Ida")
    complete(kiosk, event)
    complete(kiosk, kiosk.about(wire.CHECKED_IN, event, **CAME))
    complete(kiosk, kiosk.about(wire.ERASED, event))
    assert not Attendance.objects.exists()


def test_only_a_sign_up_checks_in_and_only_with_its_receipt(
    kiosk: Knocking, signing: Signing
) -> None:
    event, said = signing.up(kiosk, "Ida"), kiosk.handed({"about": "staff"})
    complete(kiosk, event, said)
    assert kiosk.settled(kiosk.about(wire.CHECKED_IN, said)) == ("held", "unreadable")
    forged = kiosk.about(wire.CHECKED_IN, event, key=b"x" * 32)
    assert kiosk.settled(forged) == ("held", "wrong_receipt")
