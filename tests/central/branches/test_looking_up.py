"""A receipt from another branch is found; guessing is not heard for long."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.accounts.models import Staff
from kiosk.central.branches import keys
from kiosk.central.branches.actions import found
from kiosk.central.branches.looking_up import MOST_OF_ALL
from kiosk.central.branches.models import Branch, Device, Tenant, WrongReceipt
from kiosk.central.inbox import actions
from kiosk.central.inbox.models import Submission
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S
from kiosk.domain.submission import Answer
from tests.central.knocking import LOCATOR, PRAISE, Knocking

ELSEWHERE = "f" * 32


def ask(kiosk: Knocking, locator: str) -> HttpResponse:
    return kiosk.ask("GET", f"{wire.ROOT}/receipt/{locator}")


def refused(kiosk: Knocking, locator: str) -> tuple[int, str]:
    answer = ask(kiosk, locator)
    return answer.status_code, wire.decode(answer.content, wire.Refusal).error


@pytest.fixture
def elsewhere(tenant: Tenant) -> Knocking:
    """Give a kiosk at another branch of the same library."""
    return Knocking().join(tenant.branches.exclude(key="hamnen")[0])


def test_a_receipt_of_another_branch_is_found_with_its_sealed_answers(
    kiosk: Knocking, elsewhere: Knocking, librarian: Staff
) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    actions.answer(Submission.objects.get(), librarian, "Tack!", "Lisa")
    answer = ask(elsewhere, LOCATOR)
    state = wire.decode(
        elsewhere.genuine(answer, f"{wire.ROOT}/receipt/{LOCATOR}"), wire.ReceiptState
    )
    assert (state.locator, state.state, state.errand) == (LOCATOR, "answered", "feedback")
    opened = wire.decode(seal.unlock(b"k" * 32, state.answers[0]), Answer)
    assert (opened.text, opened.signed) == ("Tack!", "Lisa")
    assert b"Tack!" not in answer.content


def test_an_unknown_receipt_is_told_apart_from_an_unknown_endpoint(kiosk: Knocking) -> None:
    assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert refused(kiosk, "a/b") == (404, "unknown_endpoint")
    assert refused(kiosk, "F" * 32) == (400, "bad_locator")


def test_a_receipt_of_another_library_is_as_unknown_as_any(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    other = found("annanby", "Annanby")
    try:
        stranger = Knocking().join(Branch.objects.create(tenant=other, key="torget", name="Torget"))
        assert refused(stranger, LOCATOR) == (404, wire.UNKNOWN_RECEIPT)
    finally:
        keys.keys_file("annanby").unlink()


def test_a_kiosk_that_guesses_must_wait_and_others_need_not(
    kiosk: Knocking, elsewhere: Knocking
) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    for _ in range(MOST_WRONG):
        assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert refused(kiosk, ELSEWHERE) == (429, "too_many")
    assert int(ask(kiosk, LOCATOR).headers["Retry-After"]) > 0
    assert ask(elsewhere, LOCATOR).status_code == 200
    long_ago = timezone.now() - timedelta(seconds=WINDOW_S + 1)
    WrongReceipt.objects.update(at=long_ago)
    assert ask(kiosk, LOCATOR).status_code == 200
    assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert WrongReceipt.objects.count() == 1


def test_many_kiosks_guessing_together_must_wait_too(kiosk: Knocking, elsewhere: Knocking) -> None:
    device = Device.objects.get(pk=elsewhere.device)
    WrongReceipt.objects.bulk_create(
        WrongReceipt(tenant=device.tenant, device=device, at=timezone.now())
        for _ in range(MOST_OF_ALL)
    )
    assert refused(kiosk, ELSEWHERE) == (429, "too_many")


def test_right_receipts_are_never_counted(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    for _ in range(MOST_WRONG * 2):
        assert ask(kiosk, LOCATOR).status_code == 200
