"""Checks of the database: that it keeps what it confirms, and libraries apart."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from kiosk.central.platform import policies

_MOST_OFF = timedelta(minutes=1)
_DURABLE = ("fsync", "full_page_writes", "synchronous_commit")
_TOLD = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def answers() -> str:
    """Ask it something; an older PostgreSQL than we know lets nobody in at all."""
    return "" if _asked("SELECT 1") == 1 else "It answers nonsense: look at its log."


def kept_apart() -> str:
    """Look whether PostgreSQL holds central itself to one library at a time."""
    if connection.vendor != "postgresql":
        return ""
    if _asked(_TOLD):
        role = connection.settings_dict["USER"]
        return f"Its role is above all policies. Run: ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS"
    missing = ", ".join(policies.unprotected())
    return f"Tables show every library to all ({missing}). Run: kiosk central init" * bool(missing)


def durable() -> str:
    """Look whether what is confirmed to kiosks is on disk."""
    if connection.vendor != "postgresql":
        return ""
    off = [name for name in _DURABLE if _asked(f"SHOW {name}") == "off"]
    named = " and ".join(off)
    return f"A power cut loses what kiosks were told is saved. Set {named} to on." * bool(off)


def spelled() -> str:
    """Look at the encoding and the clock: every letter, and one time for both."""
    if connection.vendor != "postgresql":
        return ""
    encoding = _asked("SHOW server_encoding")
    if encoding != "UTF8":
        again = "createdb --encoding=UTF8 --template=template0"
        return f"It is encoded as {encoding}. Make it anew with {again}"
    if _asked("SHOW timezone") != "UTC":
        return "Something between central and PostgreSQL changes the time zone of a connection."
    if abs(_asked("SELECT now()") - timezone.now()) > _MOST_OFF:
        return "Its clock and central's differ by more than a minute. Set both by NTP."
    return ""


def _asked(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]
