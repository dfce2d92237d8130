"""Problems of the kiosk itself: its settings, its identity, its ledger and its disk."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import CANNOT_SAVE, SAFE_HERE, TRY_STAFF

NOT_ENROLLED = Problem(
    "K01",
    CANNOT_SAVE,
    "This kiosk belongs to no library yet. Run: kiosk enrol URL CODE",
    Exit.STORE,
)
LEDGER_HELD = Problem(
    "K02",
    TRY_STAFF,
    "Another program holds {path} (process {holder}). Stop it first; nothing was changed.",
    Exit.STORE,
)
LEDGER_UNREADABLE = Problem(
    "K03",
    CANNOT_SAVE,
    "{path} could not be read ({why}). It is kept as {kept}. Send that file to whoever maintains "
    "the program, then remove it from there.",
    Exit.STORE,
)
LEDGER_NEWER = Problem(
    "K04",
    CANNOT_SAVE,
    "{path} was written by a newer version. Update the program; the file is untouched.",
    Exit.STORE,
)
CANNOT_WRITE = Problem(
    "K05",
    CANNOT_SAVE,
    "{path} could not be written: {why}. Nothing saved is lost.",
    Exit.STORE,
)
DEVICE_UNREADABLE = Problem(
    "K06",
    CANNOT_SAVE,
    "{path} cannot be read ({why}). Restore it from a backup or enrol again; unsent errands stay.",
    Exit.STORE,
)
BAD_SETTING = Problem(
    "K07",
    TRY_STAFF,
    "Setting {name} in {source} is {value!r}: {remedy}",
    Exit.WRONG_USE,
)
LEDGER_DAMAGED = Problem(
    "K08",
    CANNOT_SAVE,
    "{path} was damaged ({why}) and has been repaired. What was damaged is kept as {kept}; "
    "look whether this user may read it, and at the disk, which may be wearing out.",
    Exit.STORE,
)
NO_ROOM = Problem(
    "K09",
    CANNOT_SAVE,
    "The disk of {path} has room for only {room} more saves. Make room; nothing saved is lost.",
    Exit.STORE,
)
DEVICE_DAMAGED = Problem(
    "K10",
    TRY_STAFF,
    "{path} is not used ({why}); the other copy of this kiosk's identity is. Then run: kiosk "
    "ledger repair",
    Exit.STORE,
)
OTHER_LIBRARY = Problem(
    "K11",
    SAFE_HERE,
    "{many} errands were sealed for the library {before} before this kiosk joined another. They "
    "are kept apart, never sent elsewhere and never deleted. To bring them, enrol the kiosk there "
    "once more: kiosk enrol URL CODE",
    Exit.STORE,
)
CANNOT_LOCK = Problem(
    "K12",
    CANNOT_SAVE,
    "The folder of {path} keeps no locks ({why}), so two programs could write there. Move the "
    "state folder to a disk of this machine.",
    Exit.STORE,
)
CONTENT_UNREADABLE = Problem(
    "K20",
    TRY_STAFF,
    "{path}, what central published last, cannot be read ({why}). Visitors see the branch's name "
    "and are told that the hours are not known. It is fetched anew by the next exchange.",
    Exit.FAILED,
)
HOURS_UNKNOWN = Problem(
    "K21",
    TRY_STAFF,
    "Nobody knows here when {branch} is open, and visitors are told so: {why}.",
    Exit.FAILED,
)
DISK_LOW = Problem(
    "K22",
    TRY_STAFF,
    "Only {free} MB are free on the disk of {path}. Make room before saving fails.",
    Exit.STORE,
)
SET_ASIDE = Problem(
    "K23",
    TRY_STAFF,
    "What could not be read of the ledger is kept as {kept}. Send that file to whoever maintains "
    "the program, then remove it from there.",
    Exit.STORE,
)
CANNOT_READ = Problem(
    "K24",
    CANNOT_SAVE,
    "{path} could not be read: {why}. Nothing was changed.",
    Exit.STORE,
)
FILE_THERE = Problem(
    "K25",
    TRY_STAFF,
    "There is something called {path} already. Nothing was changed; name another.",
    Exit.WRONG_USE,
)
SETTINGS_UNREADABLE = Problem(
    "K26",
    TRY_STAFF,
    "The settings in {path} are no TOML ({why}). Mend the file; nothing was changed.",
    Exit.WRONG_USE,
)
