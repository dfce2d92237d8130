"""The description of the exchange in OpenAPI 3.1, made from the messages and the endpoints."""

from functools import lru_cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from kiosk import wire
from kiosk.central.run.endpoints import ENDPOINTS, Endpoint

Schema = dict[str, Any]

_REFERENCE = "#/components/schemas/{name}"
_EVERYWHERE = {
    400: "It cannot be read, or asks for what cannot be",
    401: "Nobody of ours has signed this",
    403: "The device is shut out, or the code is not valid",
    405: "Another method is to be used; see Allow",
    411: "The length of the body is missing",
    413: "The body is too large",
    503: "Central is busy; see Retry-After",
}
_MORE = {404: "Nothing lies under it", 429: "Too many in vain; see Retry-After"}
_ETAG = {"ETag": {"schema": {"type": "string"}}}
_SIGNED = {wire.SIGNATURE_HEADER: {"schema": {"type": "string", "contentEncoding": "base64"}}}


@require_GET
def description(_request: HttpRequest) -> HttpResponse:
    """Give the description of the exchange; no secret, so nobody need sign for it."""
    answer = HttpResponse(msgspec.json.encode(described()), content_type="application/json")
    answer["Cache-Control"] = "max-age=3600"
    return answer


@lru_cache(maxsize=1)
def described() -> Schema:
    """Describe the exchange."""
    shapes = {each for one in ENDPOINTS for each in (one.asks, one.answers) if each}
    shapes |= {wire.Refusal, wire.Event, wire.Handed, wire.Changed}
    _, components = msgspec.json.schema_components(
        sorted(shapes, key=lambda shape: shape.__name__), ref_template=_REFERENCE
    )
    components["Inbox"]["properties"]["items"]["items"] = _reference(wire.Event)
    components["Event"]["properties"]["payload"] = {"type": "object"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Exchange between a branch and central",
            "version": str(wire.PROTOCOL),
            "description": _SIGNING,
        },
        "paths": {each.address: {each.method.lower(): _operation(each)} for each in ENDPOINTS},
        "components": {"schemas": components},
    }


_SIGNING = (
    f"Every request carries `{wire.SIGNATURE_HEADER}`, base64 of an Ed25519 signature over the "
    f"lines `kiosk-{wire.PROTOCOL}`, the method, the path with its query, the device and the "
    "SHA-256 of the body as sent. Every answer with status 200 carries the same header, central's "
    f"signature over the lines `central-{wire.PROTOCOL}`, what is answered (an inbox's `batch`, "
    "the path with its query for the time, else the path) and the SHA-256 of the answer, unpacked. "
    "Bodies may be gzip."
)


def _operation(endpoint: Endpoint) -> Schema:
    told = (endpoint.view.__doc__ or "").partition("\n")[0]
    operation: Schema = {
        "operationId": endpoint.name.partition("/")[0],
        "summary": told,
        "parameters": _parameters(endpoint),
        "responses": {
            "200": {
                "description": "Done",
                "headers": _SIGNED | (_ETAG if endpoint.kept else {}),
                "content": _json(_reference(endpoint.answers)),
            },
            **({"304": {"description": "Nothing has changed"}} if endpoint.kept else {}),
            **{str(status): _refusal(words) for status, words in _refusals(endpoint).items()},
        },
    }
    if endpoint.asks:
        body = {"required": True, "content": _json(_reference(endpoint.asks))}
        operation["requestBody"] = body
    return operation


def _parameters(endpoint: Endpoint) -> list[Schema]:
    header = {"in": "header", "required": True, "schema": {"type": "string"}}
    device = [{**header, "name": wire.DEVICE_HEADER}] if endpoint.joined else []
    known = {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}}
    return [
        *device,
        {**header, "name": wire.SIGNATURE_HEADER},
        *([known] if endpoint.kept else []),
        *_spelled("query", endpoint.queries),
        *_spelled("query", endpoint.may_ask, required=False),
        *_spelled("path", endpoint.parts),
    ]


def _spelled(place: str, patterns: Any, *, required: bool = True) -> list[Schema]:
    return [
        {
            "in": place,
            "name": name,
            "required": required,
            "schema": {"type": "string", "pattern": f"^{pattern}$"},
        }
        for name, pattern in patterns.items()
    ]


def _refusals(endpoint: Endpoint) -> dict[int, str]:
    return _EVERYWHERE | {status: _MORE[status] for status in endpoint.refusals}


def _refusal(words: str) -> Schema:
    return {"description": words, "content": _json(_reference(wire.Refusal))}


def _reference(shape: type) -> Schema:
    return {"$ref": _REFERENCE.format(name=shape.__name__)}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}
