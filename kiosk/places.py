"""The only file that knows paths: state folders, assets and shipped content."""

import os
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parent
_IN_WHEEL = _HERE / "shipped"

MACHINE_SETTINGS = Path("/etc/kiosk/kiosk.toml")
"""Settings of a deployed kiosk."""


def _shipped(name: str) -> Path:
    """Return a shipped folder: beside the packages in a checkout, inside `kiosk` in a wheel."""
    packed = _IN_WHEEL / name
    return packed if packed.is_dir() else _CHECKOUT / name


ASSETS = _shipped("assets")
LOCALE = ASSETS / "locale"
STYLES = ASSETS / "styles"
CONTENT = _shipped("data") / "content"
PROGRAM = _HERE
"""The package itself."""
CENTRAL = _HERE / "central"
"""Package with central's templates and static files."""


def default_home() -> Path:
    """Return the state folder used when nothing else is said: of a checkout, else the user's."""
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT / "data" / "local"
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "kiosk"


def ledger(home: Path) -> Path:
    """Return the branch's local TinyDB file."""
    return home / "kiosk.json"


def device(home: Path) -> Path:
    """Return the file with the device's identity and keys."""
    return home / "device.json"


def device_copy(home: Path) -> Path:
    """Return the second copy of that file."""
    return home / "device.json.bak"


def offered_key(home: Path) -> Path:
    """Return the key a kiosk offers while it enrols."""
    return home / "offered.key"


def content(home: Path) -> Path:
    """Return the content central published last."""
    return home / "content.json"


def seats(home: Path) -> Path:
    """Return the seats of workshops as central told them last."""
    return home / "seats.json"


def settings(home: Path) -> Path:
    """Return the settings file of one state folder."""
    return home / "kiosk.toml"


def bell(home: Path) -> Path:
    """Return the socket by which a command reaches the running app."""
    return home / "kiosk.bell"


def log(home: Path) -> Path:
    """Return the technician's log."""
    return home / "kiosk.log"


def central_home() -> Path:
    """Return central's state folder: `KIOSK_CENTRAL_HOME`, else beside the kiosk's default."""
    named = os.environ.get("KIOSK_CENTRAL_HOME")
    return Path(named) if named else default_home().parent / "central"


def private_folder(path: Path) -> Path:
    """Make *path* and its parents where missing, readable by their owner only; return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path
