"""Whoever sends or takes slowly, or nothing at all, holds up nobody else."""

import contextlib
import http.client
import signal
import socket
import time
from collections.abc import Iterator

import pytest

from kiosk.central.platform.crowd import MOST_AT_ONCE
from tests.drivers.library import Library

HEAD = b"POST /sync/1/inbox HTTP/1.1\r\nHost: localhost\r\n"
MANY = 64
"""Eight times as many as there are threads."""
SAID = {
    "nothing": b"",
    "one byte": b"P",
    "half a head": HEAD,
    "half a head, and long": HEAD + b"X-Long: " + b"x" * 60_000,
    "a head that is too long": HEAD + b"X-Long: " + b"x" * 70_000,
    "all but one byte": HEAD + b"Content-Length: 1000\r\n\r\n" + b"x" * 999,
    "the beginning of much": HEAD + b"Content-Length: 2900000\r\n\r\n" + b"x" * 9_999,
    "a claim of far too much": HEAD + b"Content-Length: 9000000000000\r\n\r\nx",
    "a length that is none": HEAD + b"Content-Length: x\r\n\r\nx",
    "one chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nfffff\r\nhello",
    "a wish to be asked on": HEAD + b"Expect: 100-continue\r\nContent-Length: 9\r\n\r\n",
    "that wish, and chunks": HEAD + b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n",
    "many questions": 99 * b"GET /static/staff/base.css HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Serve an empty library."""
    made = Library(tmp_path_factory.mktemp("library")).set_up().start()
    try:
        yield made
    finally:
        made.stop(signal.SIGTERM)


def honest(library: Library) -> float:
    """Ask for a page, and knock as a kiosk; return how long both took, seconds."""
    began = time.monotonic()
    for method, path, status in (("GET", "/login/", 200), ("POST", "/sync/1/inbox", 401)):
        asked = http.client.HTTPConnection("127.0.0.1", library.port, timeout=30)
        asked.request(method, path)
        assert asked.getresponse().status == status
        asked.close()
    return time.monotonic() - began


def connected(library: Library) -> socket.socket:
    return socket.create_connection(("127.0.0.1", library.port), timeout=30)


@pytest.mark.parametrize("said", SAID.values(), ids=SAID.keys())
def test_sixty_four_slow_callers_hold_up_nobody(library: Library, said: bytes) -> None:
    honest(library)
    with contextlib.ExitStack() as slow:
        for _ in range(MANY):
            caller = slow.enter_context(connected(library))
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
            with contextlib.suppress(ConnectionError):  # it may be refused before it is through
                caller.sendall(said)
        assert honest(library) < 8.0  # each would keep one of eight threads for 30 s


def test_a_request_in_many_pieces_is_answered_whole(library: Library) -> None:
    told = HEAD + b"Content-Length: 2\r\nConnection: close\r\n\r\n{}"
    with connected(library) as sender:
        for number in range(len(told)):
            sender.sendall(told[number : number + 1])
        answer = b"".join(iter(lambda: sender.recv(4096), b""))
    assert answer.startswith(b"HTTP/1.1 401 ")
    assert b"unknown_device" in answer


@pytest.mark.parametrize(
    "body",
    [
        b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n",
        b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
    ],
    ids=["in chunks", "after asking"],
)
def test_a_request_however_it_is_sent_is_answered(library: Library, body: bytes) -> None:
    with connected(library) as sender:
        sender.sendall(HEAD + b"Connection: close\r\n" + body)
        answer = b"".join(iter(lambda: sender.recv(4096), b""))
    assert b"unknown_device" in answer


def test_two_requests_on_one_connection_are_both_answered(library: Library) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", library.port, timeout=30)
    for _ in range(2):
        asked.request("GET", "/sync/1/openapi.json")
        assert asked.getresponse().read().startswith(b"{")
    asked.close()


def test_what_is_far_too_large_is_refused_before_it_has_arrived(library: Library) -> None:
    with connected(library) as sender:
        sender.sendall(HEAD + b"Content-Length: 99999999\r\n\r\n")
        assert sender.recv(4096).startswith(b"HTTP/1.1 413 ")


def test_whoever_comes_in_a_crowd_is_answered_or_told_when_to_come_again(library: Library) -> None:
    batch = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with contextlib.ExitStack() as crowd:
        callers = [crowd.enter_context(connected(library)) for _ in range(32 * MOST_AT_ONCE)]
        for each in callers:
            each.sendall(batch)
        statuses = [each.recv(65_536).split(b" ", 2)[1] for each in callers]
    assert set(statuses) <= {b"401", b"503"}
    assert b"401" in statuses
    honest(library)


def test_what_had_arrived_is_answered_before_central_stops(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    library = Library(tmp_path_factory.mktemp("library")).set_up().start()
    asking = [http.client.HTTPConnection("127.0.0.1", library.port, timeout=30) for _ in range(24)]
    with contextlib.ExitStack() as idle:
        for _ in range(MANY):
            idle.enter_context(connected(library))
        for again in (False, True):
            for each in asking:
                each.request("GET", "/login/")
            if again:
                time.sleep(0.2)  # until the kernel has handed over what was sent
                began = time.monotonic()
                library.stop(signal.SIGTERM)
                assert time.monotonic() - began < 15.0, "idle connections do not keep it"
            answers = [each.getresponse() for each in asking]
            assert {answer.status for answer in answers} == {200}
            assert all(answer.read().endswith(b"</html>\n") for answer in answers)
    for each in asking:
        each.close()
