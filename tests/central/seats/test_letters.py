"""Letters about places: told what is true when the letter leaves."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.letters.delivery import deliver
from kiosk.central.notifications.models import Parcel
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.actions import reconsider
from kiosk.central.seats.models import Registration
from kiosk.central.seats.notifications import remind
from tests.central.knocking import Knocking
from tests.central.seats.conftest import Signing, complete
from tests.drivers.mailbox import Mailbox

WRITE_TO_ME: dict[str, Any] = {"contact": "siri@example.org", "write_to_me": True}


def sent(post_box: Mailbox) -> list[str]:
    """Deliver everything due; return the subjects of the letters since last time, sorted."""
    post_box.letters.clear()
    while deliver():
        pass
    return sorted(str(letter["Subject"]) for letter in post_box.letters)


@pytest.fixture
def one_seat(workshop: Workshop) -> Workshop:
    Workshop.objects.filter(pk=workshop.pk).update(capacity=1)
    return workshop


def test_a_place_a_waiting_list_and_a_move_up_are_each_told_by_letter(
    kiosk: Knocking,
    signing: Signing,
    one_seat: Workshop,
    post_box: Mailbox,
) -> None:
    first = signing.up(kiosk, "Siri", minute=1, **WRITE_TO_ME)
    second = signing.up(kiosk, "Stig", minute=2, **WRITE_TO_ME)
    complete(kiosk, first, second)
    assert sent(post_box) == ["Du har en plats: Sy en väska", "Du står på väntelistan: Sy en väska"]
    (body,) = [
        letter.get_content() for letter in post_box.letters if "väntelistan" in letter["Subject"]
    ]
    assert "nummer 1 på väntelistan" in body
    assert "1 plats" in body
    complete(kiosk, kiosk.about(wire.WITHDRAWN, first, locator=f"{1:032x}"))
    assert sent(post_box) == ["Du har fått en plats: Sy en väska"]
    assert "Någon annan fick förhinder" in post_box.letters[0].get_content()


def test_who_said_no_to_letters_gets_none(
    kiosk: Knocking,
    signing: Signing,
    post_box: Mailbox,
) -> None:
    complete(kiosk, signing.up(kiosk, "Siri", contact="siri@example.org"))
    assert sent(post_box) == []


def test_a_place_lost_before_the_letter_left_is_not_told(
    kiosk: Knocking,
    signing: Signing,
    workshop: Workshop,
    post_box: Mailbox,
) -> None:
    complete(kiosk, signing.up(kiosk, "Siri", **WRITE_TO_ME))
    Workshop.objects.filter(pk=workshop.pk).update(cancelled=True)
    reconsider(workshop.pk)
    assert sent(post_box) == ["Det är inställt: Sy en väska"]


def test_a_reminder_comes_once_the_day_before_and_again_when_the_date_is_moved(
    kiosk: Knocking,
    signing: Signing,
    workshop: Workshop,
    post_box: Mailbox,
) -> None:
    complete(kiosk, signing.up(kiosk, "Siri", **WRITE_TO_ME), signing.up(kiosk, "Stig"))
    sent(post_box)
    now = timezone.now()
    assert remind(now) == 0
    Workshop.objects.filter(pk=workshop.pk).update(starts=now + timedelta(hours=23), ends=None)
    Registration.objects.update(at=now - timedelta(days=5))
    assert remind(now) == 2
    assert remind(now) == 0
    assert sent(post_box) == ["Påminnelse: Sy en väska"]
    assert Parcel.objects.filter(occasion="reminder", state="needless").count() == 1
    later = now + timedelta(days=14)
    Workshop.objects.filter(pk=workshop.pk).update(starts=later, ends=None)
    assert remind(later - timedelta(hours=23)) == 2
    assert sent(post_box) == ["Påminnelse: Sy en väska"]


def test_who_gets_her_place_on_the_last_day_is_not_reminded_of_it(
    kiosk: Knocking,
    signing: Signing,
    workshop: Workshop,
    post_box: Mailbox,
) -> None:
    complete(kiosk, signing.up(kiosk, "Siri", **WRITE_TO_ME))
    soon = timezone.now() + timedelta(hours=5)
    Workshop.objects.filter(pk=workshop.pk).update(starts=soon, ends=None)
    assert Registration.objects.filter(standing="confirmed").count() == 1
    assert remind() == 0
