"""Settings of a kiosk, from TOML and environment, checked at start."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk import places
from kiosk.i18n import LANGUAGES
from kiosk.problems import BAD_SETTING, SETTINGS_UNREADABLE, Trouble, cannot_read


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a technician can set; every field can be given in TOML or as `KIOSK_<NAME>`."""

    home: str = ""
    """State folder; empty takes the default."""
    language: str = "sv"
    """Language a new visitor meets."""
    theme: str = "paper"
    """`paper`, `contrast` or `console`."""
    idle_s: int = 90
    """Seconds without a touch or a key until the visitor is asked whether she is still there."""
    idle_warning_s: int = 30
    """Seconds she has to say so; at least 20 (WCAG 2.2, 2.2.1)."""
    heartbeat_s: int = 60
    """Seconds between two exchanges when nothing waits."""
    ca_file: str = ""
    """Certificates that central's is checked against; empty takes the system's."""
    notice: str = ""
    """A line on the resting screen, for demonstrations."""


_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "language": tuple(LANGUAGES),
    "theme": ("paper", "contrast", "console"),
}
_KINDS: Mapping[str, type] = {each.name: each.type for each in msgspec.structs.fields(Settings)}
_WORDS = {int: "a whole number, without quotes", str: "a text in quotes"}
_LEAST = {"idle_s": 20, "idle_warning_s": 20, "heartbeat_s": 1}
_MOST = 86_400
"""Of each of these: no screen waits longer than a day, and no clock of the system for ever."""


def load(home: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the machine's settings, then those of the state folder, then the environment.

    *home* given on the command line wins over everything. Raises Trouble (BAD_SETTING) that names
    the setting, where it stands and what it may be.
    """
    environment = os.environ if environment is None else environment
    named = str(home) if home else environment.get("KIOSK_HOME", "")
    found = _from_file(places.MACHINE_SETTINGS)
    folder = Path(named or found.get("home") or places.default_home())
    found |= _from_file(places.settings(folder))
    found |= _from_environment(environment)
    found["home"] = str(folder.absolute())
    return Settings(**found)


def _from_file(path: Path) -> dict[str, Any]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise cannot_read(path, error) from error
    except ValueError as error:
        raise Trouble(SETTINGS_UNREADABLE, path=path, why=error) from error
    return {name: _checked(name, value, str(path)) for name, value in given.items()}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    given = {name: f"KIOSK_{name.upper()}" for name in Settings.__struct_fields__ if name != "home"}
    return {
        name: _checked(name, environment[variable], f"the environment ({variable})")
        for name, variable in given.items()
        if variable in environment
    }


def _checked(name: str, value: Any, source: str) -> Any:
    """Return the value in its own type. Raises Trouble (BAD_SETTING)."""
    if name not in _KINDS:
        raise _bad(name, value, source, f"there is no such setting; there are {', '.join(_KINDS)}")
    kind = _KINDS[name]
    try:
        read: Any = msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise _bad(name, value, source, f"use {_WORDS[kind]}") from error
    if name in _ALLOWED and read not in _ALLOWED[name]:
        raise _bad(name, value, source, f"use one of {', '.join(_ALLOWED[name])}")
    if name in _LEAST and not _LEAST[name] <= read <= _MOST:
        raise _bad(name, value, source, f"use at least {_LEAST[name]}, at most {_MOST}")
    return read


def _bad(name: str, value: Any, source: str, remedy: str) -> Trouble:
    return Trouble(BAD_SETTING, name=name, source=source, value=value, remedy=remedy)
