"""The door of the exchange: whoever is not a kiosk of ours is turned back, in JSON."""

import gzip

import pytest
from django.test import Client

from kiosk import seal, wire
from tests.central.knocking import Knocking

INBOX = f"{wire.ROOT}/inbox"
CONTENT = f"{wire.ROOT}/content"


@pytest.mark.parametrize("device", ["", "nobody", "0198c5e2-0000-7000-8000-00000000d011", "å"])
def test_an_unknown_device_is_turned_back(device: str) -> None:
    answer = Knocking().ask("GET", CONTENT, device=device)
    assert answer.status_code == 401
    assert wire.decode(answer.content, wire.Refusal).error == "unknown_device"


def test_a_foreign_signature_is_turned_back(kiosk: Knocking) -> None:
    answer = kiosk.ask("GET", CONTENT, secret=seal.new_signing_pair().secret)
    assert wire.decode(answer.content, wire.Refusal).error == "bad_signature"


def test_what_breaks_central_is_told_in_the_words_of_the_exchange(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.central.exchange.taking_in.take_in", lambda *_: 1 / 0)
    kiosk.client.raise_request_exception = False
    answer = kiosk.send(gzip.compress(wire.encode(kiosk.inbox())))
    assert answer.status_code == 500
    assert wire.decode(answer.content, wire.Refusal).error == "broken"


@pytest.mark.parametrize("signature", ["", "!", "AAAA", "å"])
def test_what_is_no_signature_is_turned_back(kiosk: Knocking, signature: str) -> None:
    answer = kiosk.ask("GET", CONTENT, headers={wire.SIGNATURE_HEADER: signature})
    assert answer.status_code == 401


def test_a_signature_holds_only_for_the_body_it_was_made_for(kiosk: Knocking) -> None:
    genuine = kiosk.ask("POST", INBOX, b"{}")
    assert genuine.status_code == 400
    signature = genuine.wsgi_request.headers[wire.SIGNATURE_HEADER]  # type: ignore[attr-defined]
    answer = kiosk.ask("POST", INBOX, b"{ }", headers={wire.SIGNATURE_HEADER: signature})
    assert answer.status_code == 401


def test_a_body_over_the_limit_is_turned_back_unread(kiosk: Knocking) -> None:
    answer = kiosk.send(b"x" * (wire.MAX_BATCH_BYTES + 1))
    assert (answer.status_code, b"too_large" in answer.content) == (413, True)


def test_another_protocol_is_told_which_one_is_spoken_here() -> None:
    answer = Client().post("/sync/2/inbox", b"x", content_type="application/json")
    assert answer.status_code == 400
    assert wire.decode(answer.content, wire.Refusal).error == "unknown_protocol"


def test_an_unknown_endpoint_and_a_wrong_method_are_told_in_json(kiosk: Knocking) -> None:
    assert kiosk.ask("GET", f"{wire.ROOT}/weather").status_code == 404
    answer = kiosk.ask("GET", INBOX)
    assert (answer.status_code, b"wrong_method" in answer.content) == (405, True)
