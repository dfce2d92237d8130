"""Which library may be seen just now; on PostgreSQL the database itself holds us to it.

Every table that belongs to a library has a policy (see `protect` in `policies`) that compares its
rows with the setting `kiosk.tenant` of the connection. Nothing set, nothing seen: a forgotten
filter shows an empty page and never another library's visitors. A connection is told before its
next statement, see `postgresql.base`. On SQLite this is only remembered, for the record.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Protocol


class Keyed(Protocol):
    """A library, known by its key."""

    pk: str


NOWHERE = ""
"""Sees no row of any library."""
EVERYWHERE = "*"
"""Sees every library; no key of a library looks like this."""

_SCOPE: ContextVar[str] = ContextVar("scope", default=NOWHERE)
"""Key of the one library, or one of the two above. A new thread begins nowhere."""


@contextlib.contextmanager
def inside(tenant: Keyed | str) -> Iterator[None]:
    """See and write one library only."""
    with _scope(_key(tenant)):
        yield


@contextlib.contextmanager
def everywhere() -> Iterator[None]:
    """See every library: for commands, and to find out whose a kiosk or a receipt is."""
    with _scope(EVERYWHERE):
        yield


@contextlib.contextmanager
def nowhere() -> Iterator[None]:
    """See no library until `stay` or one of the others says which; so begins every request."""
    with _scope(NOWHERE):
        yield


def stay(tenant: Keyed | str) -> None:
    """See *tenant* only, until the scope around ends."""
    _SCOPE.set(_key(tenant))


def present() -> str | None:
    """Return the key of the one library that may be seen, or None."""
    scope = _SCOPE.get()
    return None if scope in {NOWHERE, EVERYWHERE} else scope


def scope() -> str:
    """Return what a connection to PostgreSQL has to know before it is asked for anything."""
    return _SCOPE.get()


def _key(tenant: Keyed | str) -> str:
    return tenant if isinstance(tenant, str) else tenant.pk


@contextlib.contextmanager
def _scope(scope: str) -> Iterator[None]:
    before = _SCOPE.get()
    _SCOPE.set(scope)
    try:
        yield
    finally:
        _SCOPE.set(before)
