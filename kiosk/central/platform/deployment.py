"""What a technician sets about central: `central.toml` in its state folder, and environment."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import msgspec

from kiosk.central.platform import databases, mail_server
from kiosk.problems import BAD_SETTING, CENTRAL_FOLDER, SETTINGS_UNREADABLE, Trouble, meaning

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class Deployment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How this central is reached; every field as TOML, or as `KIOSK_CENTRAL_<NAME>`."""

    hosts: tuple[str, ...] = LOOPBACK
    """Names under which browsers and kiosks call it; in the environment with commas between."""
    proxy: bool = False
    """Whether a web server that ends TLS stands in front and tells addresses in X-Forwarded-For."""
    database: str = ""
    """`postgresql://user:password@host/name` or `sqlite:///path`; empty takes `central.sqlite3` in
    the state folder."""
    erasures: str = ""
    """File of the erasure log, for several machines to share; empty is in the state folder."""
    mail: str = ""
    """`smtps://user:password@host:465` or `smtp+starttls://…:587`; without it no letter is sent."""
    mail_from: str = ""
    """The address letters come from, such as `Biblioteket <svara-inte@bibliotek.example>`."""

    @property
    def plain(self) -> bool:
        """Whether it only speaks to this machine itself, where no TLS is needed."""
        return set(self.hosts) <= set(LOOPBACK) and not self.proxy


def read(home: Path, environment: Mapping[str, str] | None = None) -> Deployment:
    """Read the settings of central in *home*.

    Raises Trouble: BAD_SETTING, SETTINGS_UNREADABLE, CENTRAL_FOLDER.
    """
    environment = os.environ if environment is None else environment
    file = home / "central.toml"
    found = _from_file(file)
    sources = dict.fromkeys([*_KINDS, *found], str(file))
    for name in _KINDS:
        variable = f"KIOSK_CENTRAL_{name.upper()}"
        given = environment.get(variable)
        if given is not None:
            found[name] = [host.strip() for host in given.split(",")] if name == "hosts" else given
            sources[name] = variable
    for name, value in found.items():
        _check(name, value, sources[name])
    deployment = msgspec.convert(found, Deployment, strict=False)
    databases.check(deployment.database, sources["database"])
    _check_mail(deployment, sources["mail"])
    return deployment


_KINDS: Mapping[str, Any] = {each.name: each.type for each in msgspec.structs.fields(Deployment)}
_WORDS: Mapping[Any, str] = {
    str: "use a text in quotes",
    bool: "use true or false, without quotes",
    tuple[str, ...]: 'use a list of texts, such as ["library.example"]',
}


def _check(name: str, value: object, source: str) -> None:
    """Raise Trouble (BAD_SETTING) for what is no setting, or no value of it; no value is told."""
    remedy = ""
    if name not in _KINDS:
        remedy = f"there is no such setting; known are {', '.join(_KINDS)}"
    else:
        try:
            msgspec.convert(value, _KINDS[name], strict=False)
        except msgspec.ValidationError:
            remedy = _WORDS[_KINDS[name]]
    if remedy:
        raise Trouble(BAD_SETTING, name=name, source=source, value="…", remedy=remedy)


def _check_mail(deployment: Deployment, source: str) -> None:
    """Raise Trouble (BAD_SETTING) when letters could not be sent this way."""
    remedy = ""
    try:
        if mail_server.read(deployment.mail) and not _can_be_sender(deployment.mail_from):
            remedy = "set mail_from too, the address that letters come from"
    except ValueError as error:
        remedy = str(error)
    if remedy:
        raise Trouble(BAD_SETTING, name="mail", source=source, value="…", remedy=remedy)


def _can_be_sender(told: str) -> bool:
    """Tell whether letters can come from there; perhaps an address of the library's own network."""
    try:
        return bool(Address(addr_spec=parseaddr(told)[1]).domain)
    except (ValueError, IndexError, HeaderParseError):
        return False


def _from_file(source: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Trouble(CENTRAL_FOLDER, path=source, why=meaning(error)) from error
    except ValueError as error:
        raise Trouble(SETTINGS_UNREADABLE, path=source, why=error) from error


def database_file(home: Path, deployment: Deployment) -> Path | None:
    """Return the SQLite file; None on PostgreSQL."""
    return databases.sqlite_file(deployment.database, home)


def moved(file: Path) -> Path:
    """Return the name under which a database that has moved is kept: none starts on it."""
    return file.with_name(file.name + ".moved")


def secret_key_file(home: Path) -> Path:
    """Return the file with Django's secret key."""
    return home / "secret.key"


def secret_key(home: Path) -> str:
    """Read Django's secret key; empty when central is not set up.

    Raises Trouble (CENTRAL_FOLDER), or OSError.
    """
    path = secret_key_file(home)
    try:
        return path.read_text(encoding="ascii").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except UnicodeDecodeError as error:
        why = "it holds no key; remove it, then run: kiosk central init. Staff log in once more"
        raise Trouble(CENTRAL_FOLDER, path=path, why=why) from error


def make_secret_key(home: Path) -> None:
    """Make Django's secret key where there is none."""
    if not secret_key(home):
        write_private(secret_key_file(home), secrets.token_urlsafe(50).encode("ascii"))


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner reads, durable before this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
