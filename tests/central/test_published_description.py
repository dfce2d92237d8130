"""The published description of the exchange, and central held to it by schemathesis."""

import base64
import gzip
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
import schemathesis
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kiosk import seal, wire
from kiosk.central.devices.models import WrongCode
from kiosk.central.run.endpoints import ENDPOINTS, Endpoint
from kiosk.central.run.openapi import described
from tests.central.knocking import LOCATOR, PRAISE, Knocking

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
NAMES = [each.name for each in ENDPOINTS]
_EXAMPLES, _MORE_EXAMPLES = 12, 1_000
_PHASES = (Phase.explicit, Phase.generate)


def test_the_description_is_published_for_everybody() -> None:
    answer = Client().get(f"{wire.ROOT}/openapi.json")
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    assert told["openapi"] == "3.1.0"
    assert set(told["paths"]) == {f"{wire.ROOT}/{name}" for name in NAMES}


def test_every_address_of_the_exchange_is_described() -> None:
    from kiosk.central.run.urls import urlpatterns

    routes = [str(each.pattern) for each in urlpatterns if str(each.pattern).startswith("sync/1/")]
    assert len(routes) == len(ENDPOINTS) + 1


def test_an_answer_that_is_not_as_described_would_be_found(kiosk: Knocking) -> None:
    case = _operation(_endpoint("time")).Case()
    sent = requests.Request("GET", f"http://testserver{wire.ROOT}/time").prepare()
    headers = {"content-type": ["application/json"], "kiosk-signature": ["x"]}
    wrong = Response(200, headers, b'{"nonce": 7}', sent, 0.0, verify=False)
    with pytest.raises(FailureGroup):
        case.validate_response(wrong, checks=CHECKS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", NAMES)
def test_central_answers_as_described(kiosk: Knocking, name: str, mode: GenerationMode) -> None:
    _hold_to_it(kiosk, name, mode, _EXAMPLES)


@pytest.mark.slow
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", NAMES)
def test_central_answers_as_described_for_long(
    kiosk: Knocking, name: str, mode: GenerationMode
) -> None:
    _hold_to_it(kiosk, name, mode, _MORE_EXAMPLES)


def test_each_endpoint_also_succeeds_as_described(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE, locator=LOCATOR))
    for name, path, body in _good(kiosk):
        case = _operation(_endpoint(name)).Case(path_parameters={"locator": LOCATOR})
        answer = kiosk.ask(case.method, path, body, device="" if name == "enrol" else None)
        assert answer.status_code == 200, answer.content
        sent = requests.Request(case.method, f"http://testserver{path}").prepare()
        case.validate_response(_as_schemathesis_has_it(answer, sent), checks=CHECKS)


def _good(kiosk: Knocking) -> Iterator[tuple[str, str, bytes]]:
    """Yield a request that must succeed for every endpoint."""
    from kiosk.central.devices.actions import new_code
    from kiosk.central.tenants.models import Branch

    new = seal.new_signing_pair()
    proof = seal.sign(new.secret, wire.rotation_text(kiosk.device, new.public))
    code, _until = new_code(Branch.objects.get(key="hamnen"))
    bodies = {
        "inbox": wire.encode(kiosk.inbox(kiosk.handed(PRAISE, locator="1" * 32))),
        "rotate": wire.encode(wire.Rotate(new.public, proof)),
        "enrol": wire.encode(wire.Enrol(code, kiosk.pair.public)),
    }
    paths = {
        "time": "time?nonce=abcdefghijklmnop",
        "receipt/{locator}": f"receipt/{LOCATOR}",
    }
    for name in NAMES:
        yield name, f"{wire.ROOT}/{paths.get(name, name)}", bodies.get(name, b"")


def _hold_to_it(kiosk: Knocking, name: str, mode: GenerationMode, examples: int) -> None:
    endpoint = _endpoint(name)
    operation = _operation(endpoint)
    quiet = list(HealthCheck)

    @settings(max_examples=examples, phases=_PHASES, suppress_health_check=quiet, database=None)
    @given(case=operation.as_strategy(generation_mode=mode), ours=st.booleans())
    def held(case: Case[Any], *, ours: bool) -> None:
        WrongCode.objects.all().delete()
        if ours and name == "inbox" and isinstance(case.body, dict):
            case.body |= {"device": kiosk.device, "protocol": wire.PROTOCOL, "batch": "b"}
        sent = requests.Request(**_request(case)).prepare()
        answer = _knock(kiosk, endpoint, sent)
        case.validate_response(_as_schemathesis_has_it(answer, sent), checks=CHECKS)

    held()


def _endpoint(name: str) -> Endpoint:
    return next(each for each in ENDPOINTS if each.name == name)


def _operation(endpoint: Endpoint) -> Any:
    return schemathesis.openapi.from_dict(described())[endpoint.address][endpoint.method]


def _request(case: Case[Any]) -> dict[str, Any]:
    wanted = {"method", "url", "headers", "params", "data", "json", "cookies"}
    told = case.as_transport_kwargs(base_url="http://testserver")
    return {name: value for name, value in told.items() if name in wanted}


def _knock(kiosk: Knocking, endpoint: Endpoint, sent: requests.PreparedRequest) -> HttpResponse:
    """Send what was made up, signed like a kiosk's own."""
    address = urlsplit(str(sent.url))
    path = f"{address.path}?{address.query}" if address.query else address.path
    body = sent.body or b""
    body = body.encode() if isinstance(body, str) else body
    assert isinstance(body, bytes)
    device = kiosk.device if endpoint.joined else ""
    text = wire.signed_text(str(sent.method), path, device, body)
    signature = base64.b64encode(seal.sign(kiosk.pair.secret, text)).decode()
    told = {str(name): _text(value) for name, value in sent.headers.items()}
    told |= {wire.SIGNATURE_HEADER: signature, wire.DEVICE_HEADER: device}
    told.pop("Content-Length", None)
    return kiosk.client.generic(  # type: ignore[return-value] # the client's own subclass
        str(sent.method), path, body, content_type="application/json", headers=told
    )


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _as_schemathesis_has_it(answer: HttpResponse, sent: requests.PreparedRequest) -> Response:
    headers = {name.lower(): [value] for name, value in answer.headers.items()}
    packed = headers.pop("content-encoding", None)
    body = gzip.decompress(answer.content) if packed else answer.content
    return Response(answer.status_code, headers, body, sent, 0.0, verify=False)
