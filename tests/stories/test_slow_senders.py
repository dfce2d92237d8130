"""Whoever sends slowly, or nothing at all, holds up nobody else."""

import contextlib
import http.client
import signal
import socket
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.gathering import (
    MOST_GATHERED,
    MOST_WAITING,
    PUT_OFF_S,
    is_whole,
    put_off,
)
from tests.drivers.library import Library

HEAD = b"POST /sync/1/inbox HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Serve an empty library."""
    made = Library(tmp_path_factory.mktemp("library")).set_up().start()
    try:
        yield made
    finally:
        made.stop(signal.SIGTERM)


def honest(library: Library) -> float:
    """Ask for a page; return how long it took, seconds."""
    began = time.monotonic()
    asked = http.client.HTTPConnection("127.0.0.1", library.port, timeout=30)
    asked.request("GET", "/login/")
    assert asked.getresponse().status == 200
    asked.close()
    return time.monotonic() - began


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"P",
        HEAD,
        HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * 999,
    ],
    ids=["nothing", "one byte", "half a head", "all but one byte"],
)
def test_sixteen_slow_senders_hold_up_nobody(library: Library, said: bytes) -> None:
    honest(library)
    with contextlib.ExitStack() as slow:
        for _ in range(16):
            sender = socket.create_connection(("127.0.0.1", library.port), timeout=5)
            slow.enter_context(sender)
            sender.sendall(said)
        assert honest(library) < 4.0  # each would keep one of eight threads for 20 s


def test_a_request_in_many_pieces_is_answered_whole(library: Library) -> None:
    told = HEAD + b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
    with socket.create_connection(("127.0.0.1", library.port), timeout=30) as sender:
        for number in range(len(told)):
            sender.sendall(told[number : number + 1])
        answer = b"".join(iter(lambda: sender.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"unknown_device" in answer


def test_two_requests_on_one_connection_are_both_answered(library: Library) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", library.port, timeout=30)
    for _ in range(2):
        asked.request("GET", "/sync/1/openapi.json")
        assert asked.getresponse().read().startswith(b"{")
    asked.close()


def test_what_is_too_large_is_refused_before_it_has_arrived(library: Library) -> None:
    with socket.create_connection(("127.0.0.1", library.port), timeout=30) as sender:
        sender.sendall(HEAD + b"Content-Length: 9999999\r\n\r\n")
        assert sender.recv(4096).startswith(b"HTTP/1.1 413 ")


@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_request_is_whole_when_its_last_byte_is_there(body: bytes, cut: int) -> None:
    request = HEAD + b"content-LENGTH: %d \r\n\r\n" % len(body) + body
    assert is_whole(request)
    assert is_whole(request[: len(request) - cut]) == (cut == 0)


@pytest.mark.parametrize(
    ("arrived", "whole"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", True),
        (b"x" * 65_537, True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", True),
        (HEAD + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n", True),
        (HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_GATHERED + 1), True),
        (HEAD + b"Content-Length: x\r\n\r\n", True),
        (HEAD + b"Content-Length: %d\r\n\r\n" % MOST_GATHERED, False),
    ],
)
def test_a_thread_goes_on_where_only_reading_can_tell(arrived: bytes, *, whole: bool) -> None:
    assert is_whole(arrived) is whole


def test_a_batch_is_put_off_when_too_much_waits_and_told_when_to_come_again() -> None:
    batch = HEAD + b"Content-Length: 2\r\n\r\n{}"
    assert put_off(batch, MOST_WAITING - 1) == b""
    for other in (b"GET /sync/1/receipt/x HTTP/1.1\r\n\r\n", b"GET /login/ HTTP/1.1\r\n\r\n"):
        assert put_off(other, 10 * MOST_WAITING) == b"", "a visitor or a librarian waits for it"
    waits = set()
    for _ in range(200):
        head, _, body = put_off(batch, MOST_WAITING).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        fields = dict(line.split(b": ") for line in head.split(b"\r\n")[1:])
        assert int(fields[b"Content-Length"]) == len(body)
        assert wire.decode(body, wire.Refusal).error == "busy"
        waits.add(int(fields[b"Retry-After"]))
    assert len(waits) > 10, "kiosks that were put off together do not come back together"
    assert PUT_OFF_S[0] <= min(waits) <= max(waits) <= PUT_OFF_S[1]


def test_whoever_comes_in_a_crowd_is_answered_or_told_when_to_come_again(library: Library) -> None:
    batch = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with contextlib.ExitStack() as crowd:
        callers = [
            crowd.enter_context(socket.create_connection(("127.0.0.1", library.port), timeout=30))
            for _ in range(3 * MOST_WAITING)
        ]
        for each in callers:
            each.sendall(batch)
        statuses = [each.recv(65_536).split(b" ", 2)[1] for each in callers]
    assert set(statuses) <= {b"401", b"503"}
    assert b"401" in statuses
    honest(library)
