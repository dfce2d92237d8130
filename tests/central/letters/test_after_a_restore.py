"""After a restore no letter arrives twice, as far as the log outside the database tells."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from kiosk.central.events import erasure_log
from kiosk.central.exchange import erasure
from kiosk.central.letters.delivery import deliver
from kiosk.central.notifications import sent_log
from kiosk.central.notifications.actions import write
from kiosk.central.notifications.models import Parcel
from kiosk.central.submissions.models import Submission
from kiosk.errands.letters import LetterOccasion
from tests.central.conftest import Arrive
from tests.drivers.mailbox import Mailbox

REACHABLE = {
    "about": "staff",
    "words": "Hej",
    "wants_answer": "yes",
    "contact": "siri@example.org",
}


@pytest.fixture(autouse=True)
def _no_log() -> Iterator[None]:
    yield
    sent_log.log_file().unlink(missing_ok=True)


@pytest.fixture
def submission(arrive: Arrive, post_box: Mailbox) -> Submission:
    return arrive(REACHABLE)


def last_night() -> None:
    """Put the letters back to where they were before any was written."""
    Parcel.objects.all().delete()


def states() -> list[str]:
    return list(Parcel.objects.order_by("made_at").values_list("state", flat=True))


def test_the_same_letter_is_not_sent_again_but_a_later_one_is(
    submission: Submission, post_box: Mailbox
) -> None:
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    last_night()
    assert sent_log.remember() == 1
    assert sent_log.remember() == 0
    write(submission, LetterOccasion.ANSWERED, once="decided anew, at another moment")
    assert deliver() == 1
    assert len(post_box.letters) == 1
    assert sorted(states()) == ["needless", "sent"]
    write(submission, LetterOccasion.ANSWERED, once="truly another")
    deliver()
    assert len(post_box.letters) == 2


def test_a_letter_that_waited_in_the_backup_and_went_out_since_waits_no_longer(
    submission: Submission, post_box: Mailbox
) -> None:
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    Parcel.objects.update(state="waiting", due_at=timezone.now() - timedelta(minutes=1))
    sent_log.remember()
    assert deliver() == 0
    assert len(post_box.letters) == 1


def test_without_the_log_it_cannot_be_known_and_the_letter_goes_again(
    submission: Submission, post_box: Mailbox
) -> None:
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    last_night()
    sent_log.log_file().unlink()
    assert sent_log.remember() == 0
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    assert len(post_box.letters) == 2


def test_a_letter_goes_out_even_where_it_cannot_be_noted(
    submission: Submission, post_box: Mailbox
) -> None:
    sent_log.log_file().mkdir()
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    sent_log.log_file().rmdir()
    assert len(post_box.letters) == 1
    assert states() == ["sent"]


def test_the_log_holds_no_address_and_no_words_and_damaged_lines_are_left_out(
    submission: Submission, post_box: Mailbox
) -> None:
    write(submission, LetterOccasion.ANSWERED, once="one and more")
    deliver()
    log = sent_log.log_file()
    assert b"siri" not in log.read_bytes()
    (line,) = sent_log.read()
    assert (line.about, line.once) == (submission.pk, f"answered:{submission.pk}:one and more")
    log.write_bytes(log.read_bytes() + b"rubbish 0000\n")
    assert list(sent_log.read()) == [line]


def test_who_was_erased_is_not_remembered(submission: Submission, post_box: Mailbox) -> None:
    write(submission, LetterOccasion.ANSWERED, once="one")
    deliver()
    erasure.erase(submission.tenant, UUID(str(submission.pk)), timezone.now())
    last_night()
    assert sent_log.remember() == 0
    assert states() == []
    erasure_log.log_file().unlink()
