"""Calls of webhooks, signed as Standard Webhooks says (https://www.standardwebhooks.com)."""

import base64
import hmac
import http.client
import json
import secrets
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from kiosk.central.letters.outcome import DeliveryOutcome, NotDelivered
from kiosk.central.notifications.models import Parcel, Webhook
from kiosk.central.submissions.models import Submission

_PATIENCE_S = 15
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SECRET_PREFIX = "whsec_"  # noqa: S105 - the prefix of secrets, not one
_GONE = 410
_LONGEST_WAIT = timedelta(days=1)


def call(parcel: Parcel) -> DeliveryOutcome:
    """Tell one webhook what has happened. Raises NotDelivered."""
    webhook = parcel.webhook
    if webhook is None or not webhook.active:
        return DeliveryOutcome.NEEDLESS
    body = told(parcel)
    status, headers = _post(webhook.address, body, signed(parcel, webhook, body))
    if status == _GONE:  # it asks to be called no more
        Webhook.objects.filter(pk=webhook.pk).update(active=False)
        raise NotDelivered("it is gone (410) and is called no more", for_good=True)
    if not 200 <= status < 300:
        raise NotDelivered(f"it answered {status}", wait=_asked(headers))
    return DeliveryOutcome.SENT


def told(parcel: Parcel) -> bytes:
    """Return the body of a call: what happened to which errand; never what a visitor wrote."""
    submission = (
        Submission.objects.select_related("branch")
        .filter(tenant=parcel.tenant_id, pk=parcel.about)
        .first()
    )
    about = {"id": str(parcel.about)}
    if submission:
        about |= {
            "errand": submission.errand,
            "branch": submission.branch.key,
            "state": submission.state,
            "workshop": submission.workshop_id,
        }
    message = {
        "type": parcel.occasion,
        "timestamp": parcel.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "data": about,
    }
    return json.dumps(message).encode("ascii")


def signed(parcel: Parcel, webhook: Webhook, body: bytes) -> dict[str, str]:
    """Return the headers by which a receiver knows that *body* is ours, and from now."""
    at = str(int(datetime.now(UTC).timestamp()))
    text = b".".join((str(parcel.id).encode(), at.encode(), body))
    key = base64.b64decode(webhook.secret.removeprefix(_SECRET_PREFIX))
    signature = base64.b64encode(hmac.digest(key, text, "sha256")).decode("ascii")
    return {
        "Content-Type": "application/json",
        "User-Agent": "meroppet-kiosk",
        "Webhook-Id": str(parcel.id),
        "Webhook-Timestamp": at,
        "Webhook-Signature": f"v1,{signature}",
    }


def new_secret() -> str:
    """Make the key of a webhook's signatures: 32 random bytes."""
    return _SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def allowed(address: str) -> bool:
    """Tell whether *address* may be called: over TLS, or on this machine itself."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return False
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    return bool(parts.hostname) and (parts.scheme == "https" or plain) and parts.username is None


def _post(address: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str]]:
    """Send *body*; return status and headers of the answer. Redirects are not followed."""
    if not allowed(address):
        raise NotDelivered("its address is neither https nor on this machine", for_good=True)
    parts = urlsplit(address)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", path, body=body, headers=dict(headers))
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise NotDelivered(f"it cannot be reached ({why})") from None
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(host, port, timeout=_PATIENCE_S, context=context)
    return http.client.HTTPConnection(host, port, timeout=_PATIENCE_S)


def _asked(headers: Mapping[str, str]) -> timedelta | None:
    """Return how long the receiver asks us to wait, within reason."""
    told_s = headers.get("retry-after", "")
    return min(timedelta(seconds=int(told_s)), _LONGEST_WAIT) if told_s.isdecimal() else None
