"""A party that becomes smaller: what it lets go is given to the first in line, and only once."""

from datetime import timedelta

import pytest

from kiosk.central.programme.models import Workshop
from kiosk.central.seats.models import Lease, Registration
from kiosk.central.submissions.models import Submission
from tests.central.knocking import Knocking, id_of
from tests.central.seats.conftest import NOW, Signing, complete, lease_of


def fewer(kiosk: Knocking, event: bytes, adults: int, **fields: object) -> bytes:
    """Freeze a correction of how many come."""
    answers = {"seats": {"adults": adults, "children": 0}}
    told = {"captured_at": NOW.isoformat(timespec="minutes")} | fields
    return kiosk.corrected(event, ["seats", "guardian"], answers, **told)


def test_the_first_in_line_gets_the_places_that_a_party_lets_go(
    kiosk: Knocking, signing: Signing, workshop: Workshop
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(capacity=4)
    big = signing.up(kiosk, "Ida", 4, minute=1)
    complete(kiosk, big, signing.up(kiosk, "Bo", 2, minute=2))
    assert signing.tells() == {"Ida": "confirmed, in_order", "Bo": "waiting 1, full"}
    complete(kiosk, fewer(kiosk, big, 2))
    assert signing.tells() == {"Ida": "confirmed, in_order", "Bo": "confirmed, moved_up"}
    (told,) = [e for e in kiosk.bring(states_after=0).states if e.id == id_of(big) and e.seat]
    assert told.seat
    assert told.seat.seats == 2


def test_places_that_were_let_go_do_not_come_back_with_a_later_correction(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    event = signing.up(kiosk, "Ida", 4)
    later = (NOW + timedelta(minutes=5)).isoformat(timespec="minutes")
    complete(kiosk, event, fewer(kiosk, event, 2))
    complete(other, fewer(other, event, 3, captured_at=later))
    submission = Submission.objects.get(pk=id_of(event))
    assert (submission.seats, submission.answers["seats"]["adults"]) == (2, 2)
    assert submission.corrections.count() == 2


@pytest.mark.parametrize("first", [True, False])
def test_under_a_lease_they_go_to_the_line_and_not_back_to_the_kiosk(
    kiosk: Knocking, signing: Signing, first: bool
) -> None:
    lease = lease_of(kiosk)
    assert lease
    event = signing.up(kiosk, "Ida", 2, lease=lease.id)
    arriving = [event, fewer(kiosk, event, 1)]
    for each in arriving if first else reversed(arriving):
        complete(kiosk, each)
    assert Lease.objects.get(pk=lease.id).erased == 1
    told = lease_of(kiosk)
    assert told is None or told.spent == 2


def test_a_party_that_was_smaller_before_it_arrived_is_counted_so(
    kiosk: Knocking, signing: Signing
) -> None:
    event = signing.up(kiosk, "Ida", 3)
    kiosk.bring(fewer(kiosk, event, 1))
    complete(kiosk, event)
    assert Registration.objects.get(submission_id=id_of(event)).submission.seats == 1


def test_a_correction_made_when_it_was_over_is_held(
    kiosk: Knocking, signing: Signing, workshop: Workshop
) -> None:
    event = signing.up(kiosk, "Ida", 2)
    complete(kiosk, event)
    Workshop.objects.filter(pk=workshop.pk).update(
        starts=NOW - timedelta(minutes=20), ends=NOW - timedelta(minutes=10)
    )
    late = fewer(kiosk, event, 1)
    assert kiosk.settled(late) == ("held", "too_late")
    early = fewer(kiosk, event, 1, captured_at=(NOW - timedelta(minutes=30)).isoformat())
    assert kiosk.settled(early) == ("duplicate", "")
