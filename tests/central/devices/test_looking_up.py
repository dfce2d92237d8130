"""A receipt from another branch is found; guessing is heard ever more slowly."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices import throttle
from kiosk.central.devices.models import WrongCode
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants import keys
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.guessing import LONGEST_S, MOST_WRONG, WINDOW_S, slowed_s
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


def test_a_kiosk_that_guesses_is_slowed_down_and_never_refused_a_right_one(
    kiosk: Knocking, elsewhere: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kiosk.central.devices.throttle._room.rest", slept.append)
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    for _ in range(MOST_WRONG):
        assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert slept == []
    for number in range(MOST_WRONG, MOST_WRONG + 3):
        assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
        assert slept.pop() == slowed_s(number)
    assert ask(kiosk, LOCATOR).status_code == 200
    assert refused(elsewhere, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert slept == [], "neither a right one nor another kiosk waits"
    WrongCode.objects.update(at=timezone.now() - timedelta(seconds=WINDOW_S + 1))
    assert refused(kiosk, ELSEWHERE) == (404, wire.UNKNOWN_RECEIPT)
    assert (slept, WrongCode.objects.count()) == ([], 1)


def test_right_receipts_are_never_counted(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    for _ in range(MOST_WRONG * 2):
        assert ask(kiosk, LOCATOR).status_code == 200


@pytest.mark.parametrize("guessers", [0, 1, 3])
def test_a_right_code_is_answered_at_once_beside_guessers_who_never_pause(guessers: int) -> None:
    over, crowded = threading.Event(), []

    def guess() -> None:
        while not over.is_set():
            try:
                throttle._slowly(lambda: time.sleep(0.02), LONGEST_S)
            except throttle.Crowded as told:
                crowded.append(told)

    with ThreadPoolExecutor(max(1, guessers)) as threads:
        at_it = [threads.submit(guess) for _ in range(guessers)]
        try:
            for _ in range(5):
                began = time.monotonic()
                assert throttle._slowly(lambda: "her errand", LONGEST_S) == "her errand"
                assert time.monotonic() - began < LONGEST_S / 2
        finally:
            over.set()
    assert [each.result() for each in at_it] == [None] * guessers
    assert not crowded


def test_a_guess_takes_its_time_where_nobody_waits() -> None:
    began = time.monotonic()
    assert throttle._slowly(lambda: None, 0.2) is None
    assert time.monotonic() - began >= 0.2
