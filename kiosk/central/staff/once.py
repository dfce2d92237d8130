"""Once: what a form makes anew is made once, however often the form is sent."""

import hashlib
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.http import QueryDict

from kiosk.central.platform.ids import as_uuid, new_id
from kiosk.central.tenants.models import Tenant

Row = TypeVar("Row", bound=Model)

FIELD = "new"
"""The hidden field by which a form that is shown again is another form."""


@transaction.atomic
def once(model: type[Row], tenant: Tenant, sent: QueryDict, make: Callable[[UUID], Row]) -> Row:
    """Make a row of the form that was *sent*, or return the one that the same words have made."""
    identity = _identity(sent)
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)  # two presses, one by one
    return model._default_manager.filter(pk=identity).first() or make(identity)


def _identity(sent: QueryDict) -> UUID:
    """Return an identity of the time when the form was shown, and of what was written in it."""
    shown = as_uuid(sent.get(FIELD, ""))
    if shown is None:
        return new_id()
    told = bytearray(hashlib.sha256(sent.urlencode().encode()).digest()[:8])
    told[0] = told[0] & 0x3F | 0x80  # the variant of RFC 9562
    return UUID(bytes=shown.bytes[:8] + bytes(told))
