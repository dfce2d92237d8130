"""Whatever arrives at the exchange, central answers plainly and never with an error of its own."""

import gzip
import json
from typing import Any

import msgspec
import pytest
from django.http import HttpResponse
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.devices.models import WrongCode
from kiosk.central.run.endpoints import ENDPOINTS, Endpoint
from tests.central.knocking import LOCATOR, Knocking

NUL = "\0"
DEEP = b"[" * 100_000 + b"]" * 100_000
HUGE = b"9" * 10_000
ODD_TEXTS = st.text(st.characters() | st.just(NUL), max_size=90)
ODD_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | ODD_TEXTS
    | st.sampled_from([2**63, -(2**63) - 1, 1e308, "\ud800", NUL, "9" * 500]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD_TEXTS, inner, max_size=3),
    max_leaves=6,
)
RAW = st.sampled_from(
    [
        *(b"", b"\0", b"null", b"{", b"\xff\xfe{}", b'"\\ud800"', b'{"id": "\\u0000"}', DEEP, HUGE),
        *(b"\x1f\x8b", b"\x1f\x8b" + b"\0" * 30, gzip.compress(b"{}")[:-4]),
        gzip.compress(b"0" * (wire.MAX_INFLATED_BYTES + 1)),
        gzip.compress(gzip.compress(b"{}")),
    ]
)


def knock(kiosk: Knocking, endpoint: Endpoint, body: bytes, **more: Any) -> HttpResponse:
    """Send *body*, signed; forget guesses, so that nobody has to wait."""
    WrongCode.objects.all().delete()
    device = kiosk.device if endpoint.joined else ""
    path = endpoint.address.format(locator=LOCATOR)
    return kiosk.ask(endpoint.method, path, body, device=device, **more)


def plain(answer: HttpResponse) -> None:
    assert answer.status_code < 500
    if answer.status_code not in {200, 304}:
        refusal = wire.decode(answer.content, wire.Refusal)
        assert refusal.error
        assert answer.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
@given(body=RAW | st.binary(max_size=60) | ODD_JSON.map(lambda told: json.dumps(told).encode()))
@settings(max_examples=25)
@example(body=DEEP)
@example(body=HUGE)
def test_any_body_is_answered_plainly(kiosk: Knocking, endpoint: Endpoint, body: bytes) -> None:
    plain(knock(kiosk, endpoint, body))


@pytest.mark.parametrize(
    "endpoint", [each for each in ENDPOINTS if each.asks], ids=lambda each: each.name
)
@given(data=st.data())
@settings(max_examples=40)
def test_a_message_with_any_of_its_fields_wrong_is_answered_plainly(
    kiosk: Knocking, endpoint: Endpoint, data: st.DataObject
) -> None:
    names = [each.name for each in msgspec.structs.fields(endpoint.asks or wire.Inbox)]
    told: dict[str, Any] = json.loads(wire.encode(kiosk.inbox(dead=[wire.DeadLetter("a", "b")])))
    if endpoint.name != "inbox":
        told = {"code": "ABCDEFGHJK", "public_key": "AAAA", "proof": "AAAA"}
    for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
        told[name] = data.draw(ODD_JSON)
    if "health" in told and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(wire.Health.__struct_fields__))
        told["health"] = {"version": "1", "pending": 1, name: data.draw(ODD_JSON)}
    plain(knock(kiosk, endpoint, json.dumps(told).encode()))


def test_nul_in_every_text_of_an_inbox_is_taken_in(kiosk: Knocking) -> None:
    health = wire.Health(NUL, 1, faults=(NUL, "K09"))
    kiosk.bring(
        kiosk.handed({"about": NUL, "words": NUL}),
        kiosk.event(f"a{NUL}.submitted", {NUL: NUL}, boot=NUL),
        boot=NUL,
        now=NUL,
        health=health,
        dead=[wire.DeadLetter(NUL, NUL)],
    )


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "BREW"])
def test_another_method_is_told_which_one_to_use(
    kiosk: Knocking, endpoint: Endpoint, method: str
) -> None:
    if method == endpoint.method:
        return
    answer = kiosk.ask(method, endpoint.address.format(locator=LOCATOR))
    assert (answer.status_code, answer.headers["Allow"]) == (405, endpoint.method)
    if method != "HEAD":
        plain(answer)


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: each.name)
@given(
    device=st.text(st.characters(max_codepoint=255, exclude_categories=["C"]), max_size=50),
    signature=st.text(st.characters(max_codepoint=255, exclude_categories=["C"]), max_size=100),
    odd=st.sampled_from(
        ["Content-Encoding", "Accept-Encoding", "If-None-Match", "X-Forwarded-For"]
    ),
    value=st.text(st.characters(max_codepoint=255, exclude_categories=["C"]), max_size=50),
)
@settings(max_examples=15)
def test_any_headers_are_answered_plainly(
    kiosk: Knocking, endpoint: Endpoint, device: str, signature: str, odd: str, value: str
) -> None:
    forged = {wire.DEVICE_HEADER: device, wire.SIGNATURE_HEADER: signature, odd: value}
    answer = knock(kiosk, endpoint, b"{}", headers=forged)
    assert answer.status_code in {400, 401, 403}
    plain(answer)
    plain(knock(kiosk, endpoint, b"{}", headers={odd: value}))


@pytest.mark.parametrize("length", ["", "-1", "x", "9" * 40, "1e3"])
def test_a_length_that_is_none_is_turned_back(kiosk: Knocking, length: str) -> None:
    answer = kiosk.client.post(
        f"{wire.ROOT}/inbox",
        b"{}",
        content_type="application/json",
        CONTENT_LENGTH=length,
        headers={"Transfer-Encoding": "chunked"},
    )
    assert answer.status_code == 411


@given(nonce=st.text(max_size=80))
@settings(max_examples=40)
def test_any_query_is_answered_plainly(kiosk: Knocking, nonce: str) -> None:
    from urllib.parse import quote

    path = f"{wire.ROOT}/time?nonce={quote(nonce, errors='surrogatepass')}"
    plain(kiosk.ask("GET", path))
    path = f"{wire.ROOT}/receipt/{quote(nonce, safe='', errors='surrogatepass') or 'x'}"
    WrongCode.objects.all().delete()
    plain(kiosk.ask("GET", path))
