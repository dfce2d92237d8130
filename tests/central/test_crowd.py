"""A crowd of kiosks: some are served, the others are told when to come again, people never wait."""

import logging
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from django.utils.log import CallbackFilter

from kiosk import wire
from kiosk.central.exchange.sticks import MOST_BYTES
from kiosk.central.platform.crowd import MOST_AT_ONCE, PUT_OFF_S, put_off
from kiosk.central.run.limits import AROUND
from kiosk.central.run.operations.serving import THREADS
from kiosk.central.run.worker import MOST_BODY

BATCH = f"{wire.ROOT}/inbox"


def test_a_batch_too_many_is_put_off_and_nobody_else_is() -> None:
    served, go_on = Event(), Event()

    def slowly(request: HttpRequest) -> HttpResponseBase:
        if request.headers.get("X-Wait"):
            served.set()
            assert go_on.wait(30)
        return HttpResponse("served")

    door, ask = put_off(slowly), RequestFactory()
    with ThreadPoolExecutor(MOST_AT_ONCE) as kiosks:
        waiting = [
            kiosks.submit(door, ask.post(BATCH, headers={"X-Wait": "yes"}))
            for _ in range(MOST_AT_ONCE)
        ]
        assert served.wait(30)
        told = [_eventually_put_off(door, ask)] + [door(ask.post(BATCH)) for _ in range(200)]
        for other in (ask.get(f"{wire.ROOT}/receipt/x"), ask.get("/login/"), ask.get(BATCH)):
            assert door(other).status_code == 200, "a visitor or a librarian waits for it"
        go_on.set()
        assert {each.result().status_code for each in waiting} == {200}
    assert {each.status_code for each in told} == {503}
    waits = {int(each.headers["Retry-After"]) for each in told}
    assert PUT_OFF_S[0] <= min(waits) < max(waits) <= PUT_OFF_S[1]
    assert len(waits) > 10, "kiosks that were put off together do not come back together"
    assert isinstance(told[0], HttpResponse)
    assert wire.decode(told[0].content, wire.Refusal).error == "busy"
    assert door(ask.post(BATCH)).status_code == 200


def _eventually_put_off(door: object, ask: RequestFactory) -> HttpResponseBase:
    """Knock until all the others have come in."""
    while True:
        answer: HttpResponseBase = door(ask.post(BATCH))  # type: ignore[operator] # a middleware
        if answer.status_code == 503:
            return answer


def test_a_batch_that_breaks_leaves_its_place() -> None:
    def breaking(_request: HttpRequest) -> HttpResponseBase:
        raise RuntimeError

    door, ask = put_off(breaking), RequestFactory()
    for _ in range(MOST_AT_ONCE + 1):
        with pytest.raises(RuntimeError):
            door(ask.post(BATCH))


def test_a_log_is_not_filled_by_kiosks_that_are_put_off() -> None:
    told = logging.getLogger("django.request")
    [callback] = [each for each in told.filters if isinstance(each, CallbackFilter)]
    record = logging.makeLogRecord({"status_code": 503})
    assert not callback.filter(record)
    record.exc_info = (OSError, OSError(), None)
    assert callback.filter(record)
    assert callback.filter(logging.makeLogRecord({"status_code": 500}))


def test_threads_are_left_for_people_and_room_for_a_stick() -> None:
    assert MOST_AT_ONCE < THREADS
    assert MOST_BODY >= MOST_BYTES + AROUND
