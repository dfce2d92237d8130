"""A kiosk promises what was set aside for it, and nothing that it only says was."""

import uuid

import pytest
from django.utils import timezone

from kiosk.central.generations.models import Life
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Registration
from tests.central.knocking import Knocking
from tests.central.seats.conftest import Signing, complete, lease_of


def forget_what_was() -> None:
    """Let the database have been put back a moment ago."""
    Life.objects.update(ended_at=timezone.now())
    Life.objects.create(began_at=timezone.now(), why="forgotten")


@pytest.mark.parametrize("word", ["", "mine", "0" * 60, "0198c0de-0000-7000-8000-00000000beef"])
def test_no_word_in_the_place_of_a_lease_is_a_promise(
    signing: Signing, kiosk: Knocking, workshop: Workshop, word: str
) -> None:
    people = [signing.up(kiosk, f"visitor {number}", 2, lease=word) for number in range(5)]
    complete(kiosk, *people)
    confirmed = Registration.objects.filter(workshop=workshop, standing="confirmed")
    assert sum(each.submission.seats for each in confirmed) <= workshop.capacity


def test_under_a_lease_no_more_is_promised_than_was_set_aside(
    signing: Signing, kiosk: Knocking, workshop: Workshop
) -> None:
    complete(kiosk)
    lease = lease_of(kiosk)
    assert lease
    people = [
        signing.up(kiosk, f"visitor {number}", 1, minute=number, lease=lease.id)
        for number in range(lease.seats + 2)
    ]
    complete(kiosk, *people[:1])
    complete(kiosk, *people[1:])
    promised = Registration.objects.filter(workshop=workshop, lease=lease.id)
    assert promised.count() == lease.seats
    told = list(signing.tells().values())
    assert told.count("confirmed, promised") == lease.seats


def test_what_was_promised_before_the_database_forgot_is_kept(
    signing: Signing, kiosk: Knocking, workshop: Workshop
) -> None:
    forgotten = str(uuid.uuid4())
    early = [
        signing.up(kiosk, f"visitor {each}", 3, minute=each, lease=forgotten) for each in (1, 2)
    ]
    forget_what_was()
    beyond = signing.up(kiosk, "one too many", 1, minute=3, lease=forgotten)
    complete(kiosk, *early, beyond)
    told = signing.tells()
    assert [told["visitor 1"], told["visitor 2"]] == ["confirmed, promised"] * 2
    assert told["one too many"] != "confirmed, promised"
    assert workshop.capacity == 6
