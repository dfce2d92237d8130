"""Writes about libraries: a new one, and the numbers of what changes in each."""

import uuid
from datetime import UTC, datetime, timedelta

from django.utils import timezone

from kiosk import seal
from kiosk.central.platform import raw_sql
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Tenant

_EPOCH = datetime.fromtimestamp(0, UTC)
_NEXT = """
UPDATE branches_tenant
SET last_change = CASE WHEN last_change < %s THEN %s ELSE last_change END + %s
WHERE key = %s RETURNING last_change
"""
_NEXT_CONTENT = """
UPDATE branches_tenant
SET last_change = CASE WHEN last_change < %s THEN %s ELSE last_change END + %s,
    content_change = CASE WHEN last_change < %s THEN %s ELSE last_change END + %s
WHERE key = %s RETURNING last_change
"""


def found(key: str, name: str) -> Tenant:
    """Make a new library with its own keys and salt."""
    public = keys.make(key)
    return Tenant.objects.create(
        key=key,
        name=name,
        salt=seal.new_salt(),
        sealing_public=public.sealing,
        verify_public=public.verify,
        epoch=str(uuid.uuid4()),
    )


def next_change(tenant: Tenant, many: int = 1, *, content: bool = True) -> int:
    """Take the tenant's next *many* numbers of change and return the last.

    Call inside the transaction of the change. *content* tells whether it may change what kiosks
    show, so that content is made anew.

    They are microseconds since 1970, or count on from the last where that is later: what a database
    does after it lost its last seconds follows whatever kiosks were told in these.
    """
    now_us = (timezone.now() - _EPOCH) // timedelta(microseconds=1)
    numbers = [now_us, now_us, many]
    statement = _NEXT_CONTENT if content else _NEXT
    ((last,),) = raw_sql.asked(statement, *numbers, *numbers * content, tenant.pk)
    return int(last)
