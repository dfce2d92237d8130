"""Catalogue of what can go wrong: what the visitor reads, what the technician does."""

from dataclasses import dataclass
from enum import IntEnum

from kiosk.phrase import phrase


class Exit(IntEnum):
    """Exit codes of the commands."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    UNREACHABLE = 3
    REFUSED = 4
    STORE = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that can go wrong."""

    code: str
    """On screen, in the log and in the handbook; never changed once in use."""
    visitor: str
    """What a visitor reads, a phrase; says what to do and what is safe."""
    technician: str
    """What is wrong and its remedy, in English, with named slots."""
    exit: Exit
    """How a command ends that met it."""


class Trouble(Exception):
    """A problem that has happened, with its particulars."""

    def __init__(self, problem: Problem, **particulars: object) -> None:
        """Fill the slots of the technician's sentence with *particulars*."""
        self.problem = problem
        """Which one."""
        self.particulars = particulars
        """Values for the named slots."""
        super().__init__(self.remedy)

    @property
    def remedy(self) -> str:
        """The technician's sentence, filled in."""
        return self.problem.technician.format(**self.particulars)


_TRY_STAFF = phrase("Something is wrong with this screen. Please tell the library. Code {code}.")
_SAFE_HERE = phrase("The library cannot be reached right now. What you hand in is kept here.")
_CANNOT_SAVE = phrase(
    "This screen cannot save anything right now. Please tell the library. Code {code}."
)

NOT_ENROLLED = Problem(
    "K01",
    _CANNOT_SAVE,
    "This kiosk belongs to no library yet. Run: kiosk enrol URL CODE",
    Exit.STORE,
)
LEDGER_HELD = Problem(
    "K02",
    _TRY_STAFF,
    "Another program holds {path} (process {holder}). Stop it first; nothing was changed.",
    Exit.STORE,
)
LEDGER_UNREADABLE = Problem(
    "K03",
    _CANNOT_SAVE,
    "{path} cannot be read ({why}). It was kept as {kept}; run: kiosk doctor",
    Exit.STORE,
)
LEDGER_NEWER = Problem(
    "K04",
    _CANNOT_SAVE,
    "{path} was written by a newer version. Update the program; the file is untouched.",
    Exit.STORE,
)
CANNOT_WRITE = Problem(
    "K05",
    _CANNOT_SAVE,
    "{path} could not be written: {why}. Nothing saved is lost; make room or mend the disk.",
    Exit.STORE,
)
DEVICE_UNREADABLE = Problem(
    "K06",
    _CANNOT_SAVE,
    "{path} cannot be read ({why}). Restore it from a backup or enrol again; unsent errands stay.",
    Exit.STORE,
)
BAD_SETTING = Problem(
    "K07",
    _TRY_STAFF,
    "Setting {name} in {source} is {value!r}: {remedy}",
    Exit.WRONG_USE,
)
LEDGER_DAMAGED = Problem(
    "K08",
    _CANNOT_SAVE,
    "{path} was damaged ({why}) and has been repaired. What was damaged is kept as {kept}; "
    "look at the disk, it may be wearing out.",
    Exit.STORE,
)
NO_ROOM = Problem(
    "K09",
    _CANNOT_SAVE,
    "The disk of {path} has room for only {room} more saves. Make room; nothing saved is lost.",
    Exit.STORE,
)
UNREACHABLE = Problem(
    "S01",
    _SAFE_HERE,
    "Central at {url} cannot be reached ({why}). Nothing is lost; it is tried again by itself.",
    Exit.UNREACHABLE,
)
NOT_CENTRAL = Problem(
    "S02",
    _SAFE_HERE,
    "What answered at {url} is not central ({why}). Perhaps a login page of the network; "
    "nothing is lost.",
    Exit.UNREACHABLE,
)
DEVICE_REFUSED = Problem(
    "S03",
    _SAFE_HERE,
    "Central refuses this device ({why}). Everything unsent is kept; enrol again with a new code.",
    Exit.REFUSED,
)
ENROLMENT_REFUSED = Problem(
    "S04",
    _TRY_STAFF,
    "Central does not accept the enrolment code ({why}). Ask for a new one: "
    "kiosk central enrol-code --branch BRANCH",
    Exit.REFUSED,
)
PLAIN_HTTP = Problem(
    "S05",
    _TRY_STAFF,
    "{url} is plain HTTP and not this machine. Use https://, so that nobody on the way can listen.",
    Exit.WRONG_USE,
)
UNREADABLE_CONTENT = Problem(
    "S06",
    _SAFE_HERE,
    "Central's content cannot be read by this version ({why}). The old content stays; update the "
    "program.",
    Exit.FAILED,
)
STUCK = Problem(
    "S07",
    _SAFE_HERE,
    "Central cannot take {many} of the events that wait ({why}). They are kept and tried again "
    "after the others; look at central's log.",
    Exit.REFUSED,
)
REFUSED_FOR_GOOD = Problem(
    "S08",
    _SAFE_HERE,
    "Central refuses {many} events for good. They are kept here, sealed; ask whoever runs central.",
    Exit.REFUSED,
)
NOT_A_BUNDLE = Problem(
    "B01",
    _TRY_STAFF,
    "{path} is no bundle ({why}). Nothing was changed. Bundles are written by: kiosk bundle write",
    Exit.WRONG_USE,
)
BUNDLE_DAMAGED = Problem(
    "B02",
    _TRY_STAFF,
    "The bundle is torn or damaged ({why}). Nothing was changed and nothing is lost: copy it "
    "again, or write it again where it came from.",
    Exit.FAILED,
)
BUNDLE_FOREIGN = Problem(
    "B03",
    _TRY_STAFF,
    "The bundle is not for here: {why}. Nothing was changed. Take it where it belongs.",
    Exit.REFUSED,
)
BUNDLE_WRONG_WAY = Problem(
    "B04",
    _TRY_STAFF,
    "This is {found}, and {wanted} is wanted here. Nothing was changed. It is read with: {command}",
    Exit.WRONG_USE,
)
BUNDLE_OLDER = Problem(
    "B05",
    _TRY_STAFF,
    "This answer is older than what this kiosk already knows; nothing was changed. What waits "
    "still waits: kiosk bundle write",
    Exit.FAILED,
)
BUNDLE_NEWER = Problem(
    "B06",
    _TRY_STAFF,
    "The bundle was written by a newer version ({why}). Nothing was changed; update the program.",
    Exit.FAILED,
)
STICK_FAILED = Problem(
    "B07",
    _TRY_STAFF,
    "{path} could not be {done}: {why}. Nothing is lost; {remedy}.",
    Exit.FAILED,
)
JOINING_REFUSED = Problem(
    "B08",
    _TRY_STAFF,
    "This kiosk cannot join with that ({why}). Nothing was changed. {remedy}",
    Exit.REFUSED,
)
WRONG_CLOCK = Problem(
    "S09",
    _SAFE_HERE,
    "This kiosk's clock says {now}, but {why}. Set it, or let the machine reach a time server; if "
    "it happens at every start, change its battery. Errands are taken meanwhile and dated right "
    "later; only no place is promised.",
    Exit.FAILED,
)
UNTRUSTED = Problem(
    "S10",
    _SAFE_HERE,
    "The certificate shown at {url} is not trusted ({why}). Nothing was sent. Check the address, "
    "central's certificate and ca_file; something on the way may be listening.",
    Exit.UNREACHABLE,
)
UNKNOWN_ERRAND = Problem(
    "U01",
    _TRY_STAFF,
    "There is no errand called {name!r}. There are: {known}",
    Exit.WRONG_USE,
)
NOT_JSON = Problem(
    "U02",
    _TRY_STAFF,
    "{source} is not a JSON object of answers: {why}",
    Exit.WRONG_USE,
)
MISTYPED_CODE = Problem(
    "U03",
    phrase("That is not quite right. Check the code on your receipt, sign by sign."),
    "{code!r} is not a receipt code; a character is wrong, missing or swapped.",
    Exit.WRONG_USE,
)
UNKNOWN_CODE = Problem(
    "U04",
    phrase(
        "We find nothing under that code. If you handed it in at a branch without a network, it "
        "may not have arrived yet."
    ),
    "No receipt with that code is known on this kiosk or at central.",
    Exit.FAILED,
)
MISTAKES = Problem(
    "U05",
    phrase("Some answers need another look."),
    "These answers cannot be handed in: {mistakes}",
    Exit.WRONG_USE,
)
CANNOT_WITHDRAW = Problem(
    "U06",
    phrase("This has already been taken back."),
    "That submission is already {state}.",
    Exit.FAILED,
)
TOO_MANY_GUESSES = Problem(
    "U07",
    phrase("Too many tries. Please wait ten minutes and try again."),
    "Too many unknown codes were tried on this kiosk. Wait ten minutes.",
    Exit.FAILED,
)
CANNOT_ASK = Problem(
    "U08",
    phrase(
        "We find nothing under that code at this branch, and the library cannot be reached right "
        "now. Try again later, or where you handed it in."
    ),
    "No receipt with that code is known on this kiosk, and central could not be asked ({why}).",
    Exit.UNREACHABLE,
)
CRASHED = Problem(
    "X01",
    phrase("Something went wrong. The screen starts again in a moment."),
    "The program stopped unexpectedly: {why}",
    Exit.FAILED,
)
NO_TERMINAL = Problem(
    "X02",
    _TRY_STAFF,
    "The visitor's app needs a terminal to draw on and keys to listen to. Start it on one; to run "
    "the demonstration without it: kiosk demo --no-screen",
    Exit.WRONG_USE,
)
CENTRAL_NOT_READY = Problem(
    "C01",
    _TRY_STAFF,
    "Central in {path} is not set up ({why}). Run: kiosk central init",
    Exit.FAILED,
)
UNKNOWN_BRANCH = Problem(
    "C02",
    _TRY_STAFF,
    "There is no branch called {name!r}. There are: {known}",
    Exit.WRONG_USE,
)
EXTRA_MISSING = Problem(
    "C03",
    _TRY_STAFF,
    "The library's end is not installed here. Run: pip install 'meroppet-kiosk[central]'",
    Exit.FAILED,
)
PORT_TAKEN = Problem(
    "C04",
    _TRY_STAFF,
    "Port {port} is taken by another program. Choose another with --port, or 0 for any free one.",
    Exit.FAILED,
)
DATABASE_BROKEN = Problem(
    "C05",
    _TRY_STAFF,
    "Central's database {database} cannot be used ({why}). Make room, mend the disk or restore a "
    "backup. Kiosks keep what they have.",
    Exit.FAILED,
)
DATABASE_AWAY = Problem(
    "C06",
    _TRY_STAFF,
    "Central's database, {database}, lets nobody in ({why}). Start PostgreSQL, or mend its address "
    "in KIOSK_CENTRAL_DATABASE or central.toml. Kiosks keep what they have.",
    Exit.FAILED,
)
REAL_VISITORS = Problem(
    "C07",
    _TRY_STAFF,
    "Real kiosks have brought {many} events here; a simulation would keep their visitors waiting. "
    "Nothing was done. If you want that: kiosk central simulate --yes",
    Exit.WRONG_USE,
)
BACKUP_FAILED = Problem(
    "R01",
    _TRY_STAFF,
    "The backup {path} could not be made ({why}). Nothing was called safe; kiosks keep their "
    "sealed copies. Mend that and make it again.",
    Exit.FAILED,
)
NOT_A_BACKUP = Problem(
    "R02",
    _TRY_STAFF,
    "{path} cannot be restored: {why}. Nothing was changed; take another backup.",
    Exit.FAILED,
)
BACKUP_NEWER = Problem(
    "R03",
    _TRY_STAFF,
    "{path} was made by a newer version ({version}). Nothing was changed; update the program "
    "first.",
    Exit.FAILED,
)
KEYS_DO_NOT_FIT = Problem(
    "R04",
    _TRY_STAFF,
    "{path} belongs to the library {library!r}, whose keys are not in {keys} ({why}). Nothing was "
    "changed; put the keys that were kept with it there.",
    Exit.FAILED,
)
CENTRAL_NOT_EMPTY = Problem(
    "R05",
    _TRY_STAFF,
    "Central in {path} is not empty ({found}). Nothing was changed. To put the backup in its "
    "place: kiosk central restore --replace FILE",
    Exit.WRONG_USE,
)
CENTRAL_RUNNING = Problem(
    "R06",
    _TRY_STAFF,
    "Another program uses central's database in {path}. Nothing was changed; stop central first.",
    Exit.FAILED,
)
UNKNOWN_SUBMISSION = Problem(
    "R07",
    _TRY_STAFF,
    "Nothing was ever handed in under {name!r}. The id stands in the address of the page of a "
    "submission, and in: kiosk central export submissions",
    Exit.WRONG_USE,
)

NOT_MOVED = Problem(
    "M01",
    _TRY_STAFF,
    "Central was not moved to {database} ({why}). Nothing was changed here or there. Name an empty "
    "database; a new one is made with: createdb --owner=ROLE NAME",
    Exit.FAILED,
)

CATALOGUE: dict[str, Problem] = {
    problem.code: problem for problem in list(globals().values()) if isinstance(problem, Problem)
}
"""Every problem by its code."""
