"""The database central stands on, from one URL: SQLite by default, or PostgreSQL."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk.problems import BAD_SETTING, Trouble

SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql://", "postgres://")
OLDEST_POSTGRESQL = 15
"""Debian 12 has it; nothing is tried with older ones."""
_MOST_PORT = 65_535

_CONNECT_S = 5
_UNANSWERED_MS = 20_000
"""A server that has gone without a word is given up after so long."""
_REMEDY = (
    "postgresql://USER:PASSWORD@HOST:PORT/NAME; what is no letter or digit in the password is "
    "written as in any address, @ as %40"
)
_OURS = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
"""What libpq calls the parts of a URL, and what Django does."""


def check(url: str, source: str) -> None:
    """Check that *url* names a database. Raises Trouble (BAD_SETTING), never with its password."""
    if url and not url.startswith(SQLITE):
        of_postgresql(url, source, "use sqlite:///PATH, or ")


def of_sqlite(url: str) -> bool:
    """Tell whether *url* is a file: then one process serves it."""
    return not url.startswith(POSTGRESQL)


def sqlite_file(url: str, home: Path) -> Path | None:
    """Return the file that *url* names, or the default one in *home*; None for PostgreSQL."""
    if not of_sqlite(url):
        return None
    named = url.removeprefix(SQLITE)
    return Path(named) if named else home / "central.sqlite3"


def shown(url: str, home: Path) -> str:
    """Return *url* as it may be shown and logged: without its password."""
    file = sqlite_file(url, home)
    if file is not None:
        return str(file)
    parts = of_postgresql(url)
    host = f"{parts['HOST']}:{parts['PORT']}".rstrip(":") or "this machine"
    return f"PostgreSQL {parts['NAME']} at {host}"


def as_django(url: str, home: Path) -> dict[str, Any]:
    """Return *url* as Django's settings. Raises Trouble (BAD_SETTING)."""
    file = sqlite_file(url, home)
    return of_postgresql(url) if file is None else _of_sqlite(file)


def _of_sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON"
            ),
        },
    }


def of_postgresql(url: str, source: str = "the command line", use: str = "use ") -> dict[str, Any]:
    """Return a PostgreSQL URL as Django's settings. Raises Trouble (BAD_SETTING).

    What libpq says of a wrong one is not repeated, for it may quote the password.
    """
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        told: Mapping[str, Any] = conninfo_to_dict(url) if url.startswith(POSTGRESQL) else {}
    except ProgrammingError:
        told = {}
    if not _sensible(told):
        raise Trouble(
            BAD_SETTING,
            name="database",
            source=source,
            value=f"{urlsplit(url).scheme}:…" if "://" in url else "…",
            remedy=use + _REMEDY,
        )
    named: dict[str, Any] = {django: str(told.get(libpq) or "") for libpq, django in _OURS.items()}
    besides = {libpq: value for libpq, value in told.items() if libpq not in _OURS}
    return {
        "ENGINE": "kiosk.central.platform.postgresql",
        **named,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": _CONNECT_S,
            "tcp_user_timeout": _UNANSWERED_MS,
            "application_name": "kiosk-central",
            **besides,
        },
    }


def _sensible(told: Mapping[str, Any]) -> bool:
    """Tell whether a URL was taken apart where it was meant to be.

    A password with @ or / in it ends up in host, port or name, and would be told from there.
    """
    port, named = str(told.get("port") or "0"), (told.get("host"), told.get("dbname"))
    torn = any("@" in str(each or "") for each in named)
    return bool(told.get("dbname")) and not torn and port.isdigit() and int(port) <= _MOST_PORT
