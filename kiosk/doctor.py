"""What a technician checks first: each check says what it found and what to do."""

import shutil
import ssl
import stat
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.i18n import LANGUAGES, Phrases
from kiosk.problems import LEDGER_HELD, Trouble
from kiosk.store.device import load_device
from kiosk.store.ledger import Ledger

LEAST_FREE_MB = 200
_EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check."""

    name: str
    """Fixed word, for scripts."""
    ok: bool
    """Whether nothing needs doing."""
    found: str
    """What is there."""
    remedy: str = ""
    """What to do; empty when all is well."""

    def told(self) -> dict[str, Any]:
        """Return it as JSON of the contract."""
        return asdict(self)


def examine(home: Path, ca_file: str = "") -> list[Check]:
    """Run every check on the kiosk whose state is in *home*; changes nothing there."""
    checks: list[Callable[[], Check]] = [
        lambda: _folder(home),
        lambda: _disk(home),
        lambda: _enrolled(home),
        lambda: _ledger(home),
        lambda: _clock(),
        lambda: _certificates(ca_file),
        _catalogues,
    ]
    return [check() for check in checks]


def _folder(home: Path) -> Check:
    if not home.is_dir():
        return Check("folder", False, f"{home} is not there", "Run: kiosk enrol URL CODE")
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o077:
        return Check("folder", False, f"{home} mode {mode:o}", f"Run: chmod 700 {home}")
    return Check("folder", True, str(home))


def _disk(home: Path) -> Check:
    existing = next(each for each in (home, *home.parents) if each.exists())
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    remedy = "" if free_mb >= LEAST_FREE_MB else f"Free at least {LEAST_FREE_MB} MB on this disk"
    return Check("disk", not remedy, f"{free_mb} MB free", remedy)


def _enrolled(home: Path) -> Check:
    try:
        device = load_device(home)
    except Trouble as trouble:
        return Check("enrolled", False, trouble.problem.code, trouble.remedy)
    mode = stat.S_IMODE(places.device(home).stat().st_mode)
    if mode & 0o077:
        return Check("enrolled", False, f"key file mode {mode:o}", "Run: chmod 600 device.json")
    return Check("enrolled", True, f"{device.device} at {device.branch_name}, {device.central}")


def _ledger(home: Path) -> Check:
    path = places.ledger(home)
    quarantine = path.with_name(path.name + ".quarantine")
    kept = sorted(quarantine.iterdir()) if quarantine.is_dir() else []
    if kept:
        remedy = "Send the file to whoever maintains the program, then remove it from there"
        return Check("ledger", False, f"unreadable file kept as {kept[-1]}", remedy)
    if not path.exists():
        return Check("ledger", True, "empty")
    try:
        ledger = Ledger(path)
    except Trouble as trouble:
        held = trouble.problem is LEDGER_HELD
        return Check("ledger", held, trouble.remedy, "" if held else trouble.remedy)
    try:
        return Check("ledger", True, f"{ledger.pending} unsent, {ledger.acknowledged()} sent")
    finally:
        ledger.close()


def _clock() -> Check:
    now = datetime.now(UTC)
    remedy = "" if now > _EARLIEST else "Set the clock, or let the machine reach a time server"
    return Check("clock", not remedy, now.isoformat(timespec="seconds"), remedy)


def _certificates(ca_file: str) -> Check:
    if not ca_file:
        return Check("certificates", True, "the system's")
    try:
        ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        return Check("certificates", False, f"{ca_file}: {error}", "Set ca_file to a PEM file")
    return Check("certificates", True, ca_file)


def _catalogues() -> Check:
    missing = []
    for language in LANGUAGES:
        try:
            Phrases(language)
        except OSError:
            missing.append(language)
    if missing:
        return Check("languages", False, f"missing: {' '.join(missing)}", "Install it again")
    return Check("languages", True, " ".join(LANGUAGES))
