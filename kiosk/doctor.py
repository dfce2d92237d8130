"""What a technician checks first: each check says what it found and what to do."""

import contextlib
import shutil
import ssl
import stat
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.domain.clock import Told, why_in_doubt
from kiosk.domain.world import RealWorld, World
from kiosk.i18n import LANGUAGES, Phrases
from kiosk.problems import DEVICE_REFUSED, LEDGER_HELD, REFUSED_FOR_GOOD, WRONG_CLOCK, Trouble
from kiosk.store.device import load_device
from kiosk.store.ledger import SHUT_OUT, Ledger
from kiosk.sync.bell import ring
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.rotation import ROTATE_AFTER

DOCTOR = "doctor"
"""What the running app is asked with at its bell."""
LEAST_FREE_MB = 200
OLDEST_KEY = ROTATE_AFTER + timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Check:
    """The result of one check."""

    name: str
    """Fixed word, for scripts."""
    found: str
    """What is there."""
    remedy: str = ""
    """What to do; empty when all is well."""

    @property
    def ok(self) -> bool:
        """Whether nothing needs doing."""
        return not self.remedy

    def told(self) -> dict[str, Any]:
        """Return it as JSON of the contract."""
        return {"name": self.name, "ok": self.ok, "found": self.found, "remedy": self.remedy}


def examine(home: Path, ca_file: str = "") -> list[Check]:
    """Run every check on the kiosk whose state is in *home*.

    Changes nothing there, but that an unreadable ledger is moved aside as at any opening. What the
    ledger holds the running app is asked for, when there is one.
    """
    return [
        _folder(home),
        _disk(home),
        _enrolled(home),
        *_of_the_ledger(home, RealWorld()),
        _key(home),
        _certificates(ca_file),
        _central(home, ca_file),
        _catalogues(),
    ]


def _folder(home: Path) -> Check:
    if not home.is_dir():
        return Check("folder", f"{home} is not there", "Run: kiosk enrol URL CODE")
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o077:
        return Check("folder", f"{home} mode {mode:o}", f"Run: chmod 700 {home}")
    return Check("folder", str(home))


def _disk(home: Path) -> Check:
    existing = next(each for each in (home, *home.parents) if each.exists())
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    remedy = "" if free_mb >= LEAST_FREE_MB else f"Free at least {LEAST_FREE_MB} MB on this disk"
    return Check("disk", f"{free_mb} MB free", remedy)


def _enrolled(home: Path) -> Check:
    try:
        device = load_device(home)
    except Trouble as trouble:
        return Check("enrolled", trouble.problem.code, trouble.remedy)
    mode = stat.S_IMODE(places.device(home).stat().st_mode)
    if mode & 0o077:
        return Check("enrolled", f"key file mode {mode:o}", "Run: chmod 600 device.json")
    return Check("enrolled", f"{device.device} at {device.branch_name}, {device.central}")


def _of_the_ledger(home: Path, world: World) -> list[Check]:
    """Check the ledger, and what it remembers of clock and exchange; it is opened once."""
    path = places.ledger(home)
    if not path.exists() and not _kept(home):
        return [Check("ledger", "empty"), _clock(None, world), Check("exchange", "never")]
    try:
        ledger = Ledger(path)
    except Trouble as trouble:
        if trouble.problem is LEDGER_HELD and (told := _of_the_app(home)):
            return told
        not_known = Check("exchange", "not known", "See the line of the ledger")
        return [_not_opened(trouble), _clock(None, world), not_known]
    try:
        return of_open_ledger(home, ledger, world)
    finally:
        ledger.close()


def of_open_ledger(home: Path, ledger: Ledger, world: World) -> list[Check]:
    """Check a ledger that is open here; the running app does this for the command."""
    kept = _kept(home)
    return [
        _set_aside(kept[-1]) if kept else _ledger(ledger),
        _clock(ledger.told, world),
        _exchange(ledger),
    ]


def reply(home: Path, ledger: Ledger, world: World) -> dict[str, Any]:
    """Return what the app answers at its bell to `DOCTOR`."""
    return {"checks": [check.told() for check in of_open_ledger(home, ledger, world)]}


def _of_the_app(home: Path) -> list[Check]:
    """Ask the running app; empty when none answers, or one from before an update."""
    told = ring(places.bell(home), DOCTOR) or {}
    return [Check(each["name"], each["found"], each["remedy"]) for each in told.get("checks", [])]


def _not_opened(trouble: Trouble) -> Check:
    """Say why the ledger could not be looked at; a holder that does not answer is told plainly."""
    if trouble.problem is not LEDGER_HELD:
        return Check("ledger", trouble.problem.code, trouble.remedy)
    holder = trouble.particulars["holder"]
    return Check(
        "ledger",
        f"held by process {holder}, which does not answer",
        "Wait until that command has ended, or restart the app; then run: kiosk doctor",
    )


def _kept(home: Path) -> list[Path]:
    """List the unreadable ledgers that were set aside, the oldest first."""
    path = places.ledger(home)
    quarantine = path.with_name(path.name + ".quarantine")
    return sorted(quarantine.iterdir()) if quarantine.is_dir() else []


def _ledger(ledger: Ledger) -> Check:
    if ledger.quarantined:
        return _set_aside(ledger.quarantined)
    with contextlib.suppress(Trouble):  # told below
        ledger.make_room()
    if troubles := ledger.troubles():
        return Check("ledger", troubles[0].problem.code, troubles[0].remedy)
    return Check("ledger", f"{ledger.pending} unsent, {ledger.acknowledged()} sent")


def _exchange(ledger: Ledger) -> Check:
    """Tell when central was heard last, and what it has refused."""
    heard = ledger.last_exchange or "never"
    if why := ledger.fact(SHUT_OUT):
        return Check("exchange", f"{heard}; shut out", Trouble(DEVICE_REFUSED, why=why).remedy)
    if many := ledger.refused():
        remedy = Trouble(REFUSED_FOR_GOOD, many=many).remedy
        return Check("exchange", f"{heard}; {many} refused for good", remedy)
    return Check("exchange", heard)


def _set_aside(kept: Path) -> Check:
    remedy = "Send the file to whoever maintains the program, then remove it from there"
    return Check("ledger", f"unreadable file kept as {kept}", remedy)


def _clock(told: Told | None, world: World) -> Check:
    now = world.now().isoformat(timespec="seconds")
    why = why_in_doubt(told, world)
    return Check("clock", now, Trouble(WRONG_CLOCK, now=now, why=why).remedy if why else "")


def _key(home: Path) -> Check:
    """Tell how old the key is; it changes by itself, so an old one means no exchange."""
    try:
        made = load_device(home).keyed_at
    except Trouble as trouble:
        return Check("key", trouble.problem.code, trouble.remedy)
    if not made:
        return Check("key", "new; its age counts from the first exchange")
    old = datetime.now(UTC) - datetime.fromisoformat(made)
    late = "" if old < OLDEST_KEY else "It changes by itself at an exchange: see what hinders that"
    return Check("key", f"{max(0, old.days)} days old", late)


def _certificates(ca_file: str) -> Check:
    if not ca_file:
        return Check("certificates", "the system's")
    try:
        ssl.create_default_context(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        return Check("certificates", f"{ca_file}: {error}", "Set ca_file to a PEM file")
    return Check("certificates", ca_file)


def _central(home: Path, ca_file: str) -> Check:
    try:
        device = load_device(home)
        Carrier(device, ca_file).content(version="")
    except Trouble as trouble:
        return Check("central", trouble.problem.code, trouble.remedy)
    except TurnedBack as refused:
        return Check("central", str(refused), refused.refusal.detail or "Look at central's log")
    return Check("central", f"{device.central} answers")


def _catalogues() -> Check:
    missing = []
    for language in LANGUAGES:
        try:
            Phrases(language)
        except OSError:
            missing.append(language)
    if missing:
        return Check("languages", f"missing: {' '.join(missing)}", "Install it again")
    return Check("languages", " ".join(LANGUAGES))
