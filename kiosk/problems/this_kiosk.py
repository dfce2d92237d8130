"""Problems of the kiosk itself: its settings, its identity, its ledger and its disk."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import CANNOT_SAVE, TRY_STAFF

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
    "{path} cannot be read ({why}). It was kept as {kept}; run: kiosk doctor",
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
    "{path} could not be written: {why}. Nothing saved is lost; make room or mend the disk.",
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
    "look at the disk, it may be wearing out.",
    Exit.STORE,
)
NO_ROOM = Problem(
    "K09",
    CANNOT_SAVE,
    "The disk of {path} has room for only {room} more saves. Make room; nothing saved is lost.",
    Exit.STORE,
)
