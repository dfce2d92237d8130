"""Settings of a kiosk, from TOML and environment, checked at start."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from kiosk import places
from kiosk.i18n import LANGUAGES
from kiosk.problems import BAD_SETTING, Trouble


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
_LEAST = {"idle_s": 20, "idle_warning_s": 20, "heartbeat_s": 1}


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
    return _checked(found, str(places.settings(folder)))


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Trouble(
            BAD_SETTING, name="file", source=path, value=str(error), remedy="mend the file"
        ) from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    names = Settings.__struct_fields__
    given = {name: environment.get(f"KIOSK_{name.upper()}") for name in names if name != "home"}
    return {name: value for name, value in given.items() if value is not None}


def _checked(found: dict[str, Any], source: str) -> Settings:
    try:
        settings = msgspec.convert(found, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise Trouble(
            BAD_SETTING, name="?", source=source, value=found, remedy=f"{error}"
        ) from error
    for name, allowed in _ALLOWED.items():
        if getattr(settings, name) not in allowed:
            raise Trouble(
                BAD_SETTING,
                name=name,
                source=source,
                value=getattr(settings, name),
                remedy=f"use one of {', '.join(allowed)}",
            )
    for name, least in _LEAST.items():
        if getattr(settings, name) < least:
            raise Trouble(
                BAD_SETTING,
                name=name,
                source=source,
                value=getattr(settings, name),
                remedy=f"use at least {least}",
            )
    return settings
