"""What visitors write afterwards to what they handed in."""

import pytest
from django.test import Client

from kiosk import wire
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Addition, Submission
from kiosk.central.tenants.models import Staff
from kiosk.domain.receipt import State
from tests.central.knocking import Knocking, id_of

WORDS = "Får katten heta Majken?"


def test_a_question_back_is_read_by_staff_beside_what_it_is_about(
    kiosk: Knocking, librarian: Staff
) -> None:
    event = kiosk.handed({"about": "staff", "words": "Katten"})
    kiosk.bring(event)
    submission = Submission.objects.get(pk=id_of(event))
    actions.answer(submission, librarian, "Tack!")
    assert kiosk.settled(kiosk.added(event, WORDS)) == ("duplicate", "")
    submission.refresh_from_db()
    assert submission.state == State.SENT, "it waits to be read anew"
    (told,) = [each for each in kiosk.bring().states if each.locator == submission.locator]
    assert (told.state, len(told.answers)) == ("sent", 1)
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(librarian)
    page = browser.get(f"/inbox/{submission.pk}/").content.decode()
    assert "Added by the visitor" in page
    assert WORDS in page
    assert str(submission.pk) in browser.get("/inbox/", {"text": "majken"}).content.decode()


def test_it_counts_once_whenever_it_comes(kiosk: Knocking) -> None:
    event = kiosk.handed({"about": "staff"})
    added = kiosk.added(event, WORDS)
    kiosk.bring(added)
    kiosk.bring(event)
    kiosk.bring(added)
    assert [each.text for each in Addition.objects.all()] == [WORDS]


@pytest.mark.parametrize("words", ["", " ", 7, None])
def test_what_is_no_words_is_held(kiosk: Knocking, words: object) -> None:
    event = kiosk.handed({"about": "staff"})
    kiosk.bring(event)
    assert kiosk.settled(kiosk.added(event, words)) == ("held", "unreadable")


def test_without_the_receipt_nothing_is_added(kiosk: Knocking) -> None:
    event = kiosk.handed({"about": "staff"})
    kiosk.bring(event)
    assert kiosk.settled(kiosk.added(event, WORDS, key=b"x" * 32)) == ("held", "wrong_receipt")
    assert not Addition.objects.exists()


def test_nothing_is_added_to_what_was_taken_back_or_erased(kiosk: Knocking) -> None:
    for gone in (wire.WITHDRAWN, wire.ERASED):
        event = kiosk.handed({"about": "staff"})
        kiosk.bring(event)
        kiosk.bring(kiosk.about(gone, event))
        assert kiosk.settled(kiosk.added(event, WORDS))[0] in {"duplicate", "erased"}
    assert not Addition.objects.exists()
