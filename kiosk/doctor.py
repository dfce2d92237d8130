"""What a technician checks first: each check says what it found and what to do."""

import contextlib
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.domain.clock import why_in_doubt
from kiosk.domain.world import RealWorld, World
from kiosk.i18n import LANGUAGES, Phrases
from kiosk.problems import (
    CANNOT_OPEN,
    CANNOT_WRITE,
    CENTRAL_FORGOT,
    CONTENT_UNREADABLE,
    DEVICE_DAMAGED,
    DEVICE_REFUSED,
    DISK_LOW,
    HOURS_UNKNOWN,
    LEDGER_HELD,
    NO_ROOM,
    REFUSED_FOR_GOOD,
    WRONG_CLOCK,
    Exit,
    Problem,
    Trouble,
    cannot_read,
)
from kiosk.store.device import device_troubles, load_device
from kiosk.store.inspection import is_there, looked_at
from kiosk.store.ledger import Ledger
from kiosk.store.published import PublishedContent
from kiosk.store.room import free_mb
from kiosk.sync.bell import ring
from kiosk.sync.carrier import Carrier, TurnedBack
from kiosk.sync.condition import Condition, condition_of, troubles_of_the_disk
from kiosk.sync.rotation import ROTATE_AFTER
from kiosk.sync.tls import by_the_system, unusable
from kiosk.sync.upload import ASKS_TO_WAIT

DOCTOR = "doctor"
"""What the running app is asked with at its bell."""
OLDEST_KEY = ROTATE_AFTER + timedelta(days=30)

_CHECK_OF: dict[Problem, str] = {
    CANNOT_WRITE: "disk",
    NO_ROOM: "disk",
    DISK_LOW: "disk",
    CONTENT_UNREADABLE: "content",
    HOURS_UNKNOWN: "content",
    DEVICE_REFUSED: "exchange",
    REFUSED_FOR_GOOD: "exchange",
    CENTRAL_FORGOT: "exchange",
    CANNOT_OPEN: "exchange",
    WRONG_CLOCK: "clock",
    DEVICE_DAMAGED: "enrolled",
}
"""Which check tells of a trouble of the kiosk; that of the ledger tells of all others."""


@dataclass(frozen=True, slots=True)
class DoctorCheck:
    """The result of one check."""

    name: str
    """Fixed word, for scripts."""
    found: str
    """What is there."""
    remedy: str = ""
    """What to do; empty when all is well."""
    exit: Exit = Exit.STORE
    """How the command ends when something is to do."""

    @property
    def ok(self) -> bool:
        """Whether nothing needs doing."""
        return not self.remedy

    def told(self) -> dict[str, Any]:
        """Return it as JSON of the contract."""
        return {"name": self.name, "ok": self.ok, "found": self.found, "remedy": self.remedy}


def examine(home: Path, ca_file: str = "") -> list[DoctorCheck]:
    """Run every check on the kiosk whose state is in *home*.

    Changes nothing there, but that an unreadable ledger is moved aside as at any opening. What the
    ledger holds the running app is asked for, when there is one.
    """
    try:
        return [
            _folder(home),
            _enrolled(home),
            *_of_the_ledger(home, RealWorld()),
            _key(home),
            _certificates(ca_file),
            _central(home, ca_file),
            _catalogues(),
        ]
    except OSError as error:
        raise cannot_read(home, error) from error


def exit_of(checks: Iterable[DoctorCheck]) -> Exit:
    """Return how a command ends that found this: a central that is away alone is no fault here."""
    wrong = {each.exit for each in checks if not each.ok}
    if not wrong:
        return Exit.DONE
    return Exit.UNREACHABLE if wrong == {Exit.UNREACHABLE} else Exit.STORE


def checks_of(known: Condition, world: World) -> list[DoctorCheck]:
    """Check what is *known* of a kiosk; the running app does this for the command."""
    now = world.now().isoformat(timespec="seconds")
    waiting = f"{known.pending} wait to be sent, {known.unsafe} sealed copies kept"
    found = {
        "ledger": waiting,
        "disk": f"{known.free_mb} MB free, room for {known.room} saves",
        "content": known.content or "none yet",
        "clock": now,
        "exchange": known.last_exchange or "never",
    }
    return [_told(name, what, known.troubles) for name, what in found.items()]


def _told(name: str, found: str, troubles: Iterable[Trouble]) -> DoctorCheck:
    mine = [each for each in troubles if _CHECK_OF.get(each.problem, "ledger") == name]
    codes = "".join(f"; {each.problem.code}" for each in mine)
    return DoctorCheck(name, found + codes, " ".join(each.remedy for each in mine))


def reply(known: Condition, world: World) -> dict[str, Any]:
    """Return what the app answers at its bell to `DOCTOR`."""
    return {"checks": [check.told() for check in checks_of(known, world)]}


def _folder(home: Path) -> DoctorCheck:
    if not home.is_dir():
        return DoctorCheck("folder", f"{home} is not there", "Run: kiosk enrol URL CODE")
    mode = stat.S_IMODE(home.stat().st_mode)
    if mode & 0o077:
        return DoctorCheck("folder", f"{home} mode {mode:o}", f"Run: chmod 700 {home}")
    return DoctorCheck("folder", str(home))


def _enrolled(home: Path) -> DoctorCheck:
    try:
        device = load_device(home)
    except Trouble as trouble:
        return DoctorCheck("enrolled", trouble.problem.code, trouble.remedy)
    if troubles := device_troubles(home):
        return DoctorCheck(
            "enrolled", DEVICE_DAMAGED.code, " ".join(each.remedy for each in troubles)
        )
    kept = [each for each in (places.device(home), places.device_copy(home)) if each.exists()]
    for path in kept:
        if (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            return DoctorCheck("enrolled", f"key file mode {mode:o}", f"Run: chmod 600 {path}")
    way = device.central or "by stick"
    return DoctorCheck("enrolled", f"{device.device} at {device.branch_name}, {way}")


def _of_the_ledger(home: Path, world: World) -> list[DoctorCheck]:
    """Check all that a ledger is needed for; it is opened once."""
    path = places.ledger(home)
    if not is_there(path):
        return _without_ledger(home, world, DoctorCheck("ledger", "empty"))
    try:
        ledger = _opened(path)
    except Trouble as trouble:
        if trouble.problem is LEDGER_HELD and (told := _of_the_app(home)):
            return told
        return _without_ledger(home, world, _not_opened(trouble))
    try:
        with contextlib.suppress(Trouble):  # told with what is known
            ledger.make_room()
        return checks_of(condition_of(ledger, _published(home), world), world)
    finally:
        ledger.close()


def _opened(path: Path) -> Ledger:
    """Open a ledger, on a disk that cannot be written only to look at it. Raises Trouble."""
    try:
        return Ledger(path)
    except Trouble as trouble:
        if trouble.problem is not CANNOT_WRITE:
            raise
        looked = looked_at(path)
        looked.findings.unwritable = trouble
        return looked


def _of_the_app(home: Path) -> list[DoctorCheck]:
    """Ask the running app; empty when none answers, or one from before an update."""
    told = ring(places.bell(home), DOCTOR) or {}
    return [
        DoctorCheck(each["name"], each["found"], each["remedy"]) for each in told.get("checks", [])
    ]


def _without_ledger(home: Path, world: World, ledger: DoctorCheck) -> list[DoctorCheck]:
    """Check what can be without one."""
    free, now = free_mb(home), world.now().isoformat(timespec="seconds")
    why = why_in_doubt(None, world)
    troubles = troubles_of_the_disk(home, None)
    troubles += [Trouble(WRONG_CLOCK, now=now, why=why)] if why else []
    content = _published(home)
    not_known = DoctorCheck("exchange", "not known", "See the line of the ledger")
    return [
        ledger,
        _told("disk", f"{free} MB free", troubles),
        _told("content", content.current.version or "none yet", content.troubles()),
        _told("clock", now, troubles),
        DoctorCheck("exchange", "never") if ledger.ok else not_known,
    ]


def _published(home: Path) -> PublishedContent:
    """Return the content of the kiosk in *home*, of whatever branch while it belongs to none."""
    try:
        device = load_device(home)
    except Trouble:
        return PublishedContent(home, "", "this branch")
    return PublishedContent(home, device.branch, device.branch_name)


def _not_opened(trouble: Trouble) -> DoctorCheck:
    """Say why the ledger could not be looked at; a holder that does not answer is told plainly."""
    if trouble.problem is not LEDGER_HELD:
        return DoctorCheck("ledger", trouble.problem.code, trouble.remedy)
    holder = trouble.particulars["holder"]
    return DoctorCheck(
        "ledger",
        f"held by process {holder}, which does not answer",
        "Wait until that command has ended, or restart the app; then run: kiosk doctor",
    )


def _key(home: Path) -> DoctorCheck:
    """Tell how old the key is; it changes by itself, so an old one means no exchange."""
    try:
        device = load_device(home)
    except Trouble as trouble:
        return DoctorCheck("key", trouble.problem.code, trouble.remedy)
    if not device.keyed_at:
        return DoctorCheck("key", "new; its age counts from the first exchange")
    old = datetime.now(UTC) - datetime.fromisoformat(device.keyed_at)
    late = old >= OLDEST_KEY and device.central  # on a stick no key changes
    remedy = "It changes by itself at an exchange: see what hinders that" if late else ""
    return DoctorCheck("key", f"{max(0, old.days)} days old", remedy)


def _certificates(ca_file: str) -> DoctorCheck:
    if not ca_file:
        return DoctorCheck("certificates", "the system's")
    try:
        by_the_system(ca_file)
    except OSError as error:
        remedy = "Set ca_file to a PEM file with the certificates that central's is checked against"
        return DoctorCheck("certificates", f"{ca_file}: {unusable(error)}", remedy)
    return DoctorCheck("certificates", ca_file)


def _central(home: Path, ca_file: str) -> DoctorCheck:
    try:
        device = load_device(home)
        if not device.central:
            return DoctorCheck("central", "no network; by stick, with: kiosk bundle write FILE")
        Carrier(device, ca_file).content(version="")
    except Trouble as trouble:
        return DoctorCheck("central", trouble.problem.code, trouble.remedy, trouble.problem.exit)
    except TurnedBack as refused:
        waits = refused.status in ASKS_TO_WAIT
        remedy = refused.refusal.detail or "Look at central's log"
        return DoctorCheck(
            "central", str(refused), remedy, Exit.UNREACHABLE if waits else Exit.STORE
        )
    return DoctorCheck("central", f"{device.central} answers")


def _catalogues() -> DoctorCheck:
    missing = []
    for language in LANGUAGES:
        try:
            Phrases(language)
        except OSError:
            missing.append(language)
    if missing:
        return DoctorCheck("languages", f"missing: {' '.join(missing)}", "Install it again")
    return DoctorCheck("languages", " ".join(LANGUAGES))
