"""Writing an answer."""

import pytest
from django.http import HttpResponse
from django.test import Client

from kiosk.central.submissions.actions import withdraw
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Membership, Record, Role, Staff, Tenant
from kiosk.domain.receipt import State
from tests.central.conftest import Arrive
from tests.central.knocking import PRAISE


@pytest.fixture
def praise(arrive: Arrive) -> Submission:
    return arrive(PRAISE)


def send(
    browser: Client,
    submission: Submission,
    text: str = "Hej och tack!",
    seen: int | str = 0,
    **more: str,
) -> HttpResponse:
    sent = {"text": text, "signed": "me", "seen": str(seen), **more}
    return browser.post(f"/inbox/{submission.pk}/answer/", sent)  # type: ignore[return-value]


def test_an_answer_is_saved_signed_and_recorded(browser: Client, praise: Submission) -> None:
    answered = send(browser, praise)
    assert answered.status_code == 302
    given = praise.answers_given.get()
    assert (given.text, given.signed) == ("Hej och tack!", "Lisa")
    praise.refresh_from_db()
    assert praise.state == State.ANSWERED
    assert Record.objects.filter(verb="answered", subject_id=str(praise.pk)).count() == 1
    assert "on its way" in browser.get(answered.headers["Location"]).content.decode()


def test_she_can_sign_with_the_librarys_name(
    browser: Client, praise: Submission, tenant: Tenant
) -> None:
    send(browser, praise, signed="library")
    assert praise.answers_given.get().signed == tenant.name


def test_the_same_answer_sent_twice_is_saved_once(browser: Client, praise: Submission) -> None:
    assert send(browser, praise).status_code == 302
    assert send(browser, praise).status_code == 302
    assert praise.answers_given.count() == 1


def test_the_same_words_may_be_sent_again_later_on_purpose(
    browser: Client, praise: Submission
) -> None:
    send(browser, praise)
    send(browser, praise, "Något mer", seen=1)
    send(browser, praise, seen=2)
    assert praise.answers_given.count() == 3


def test_a_colleagues_answer_meanwhile_is_told_and_nothing_typed_is_lost(
    browser: Client, praise: Submission
) -> None:
    send(browser, praise, "Först")
    second = send(browser, praise, "Sedan", seen=0)
    assert second.status_code == 422
    shown = second.content.decode()
    assert "A colleague has answered meanwhile" in shown
    assert ">Sedan</textarea>" in shown
    assert praise.answers_given.count() == 1


@pytest.mark.parametrize("text", ["", "   \n", "x" * 4001])
def test_an_empty_or_endless_answer_is_not_sent(
    browser: Client, praise: Submission, text: str
) -> None:
    refused = send(browser, praise, text)
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.content.decode()
    assert praise.answers_given.count() == 0


def test_an_answer_steers_no_terminal_and_odd_fields_break_nothing(
    browser: Client, praise: Submission
) -> None:
    assert send(browser, praise, "\x00\x1b\n").status_code == 422
    assert send(browser, praise, "Hej", seen="9" * 5000).status_code == 422
    assert send(browser, praise, "Hej\x1b[31m\r\ndu\x9b\x00").status_code == 302
    assert praise.answers_given.get().text == "Hej\ndu"


def test_what_was_taken_back_meanwhile_gets_no_answer(browser: Client, praise: Submission) -> None:
    withdraw(praise, praise.received_at)
    assert send(browser, praise).status_code == 422
    assert praise.answers_given.count() == 0


def test_a_reader_reads_and_does_not_answer(praise: Submission, tenant: Tenant) -> None:
    reader = Staff.objects.create(username="runa")
    Membership.objects.create(tenant=tenant, staff=reader, role=Role.READER)
    client = Client()
    client.force_login(reader)
    assert "<textarea" not in client.get(f"/inbox/{praise.pk}/").content.decode()
    assert send(client, praise).status_code == 403
    assert client.post("/inbox/download/", {"form": "csv"}).status_code == 403


def test_the_page_tells_which_language_the_visitor_used(
    browser: Client, praise: Submission
) -> None:
    assert "<strong>Swedish</strong>" in browser.get(f"/inbox/{praise.pk}/").content.decode()
