"""Problems with backups, restores and moves of central's database."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import TRY_STAFF

BACKUP_FAILED = Problem(
    "R01",
    TRY_STAFF,
    "The backup {path} could not be made ({why}). Nothing was called safe; kiosks keep their "
    "sealed copies. Mend that and make it again.",
    Exit.FAILED,
)
NOT_A_BACKUP = Problem(
    "R02",
    TRY_STAFF,
    "{path} cannot be restored: {why}. Nothing was changed; take another backup.",
    Exit.FAILED,
)
BACKUP_NEWER = Problem(
    "R03",
    TRY_STAFF,
    "{path} was made by a newer version ({version}). Nothing was changed; update the program "
    "first.",
    Exit.FAILED,
)
KEYS_DO_NOT_FIT = Problem(
    "R04",
    TRY_STAFF,
    "{path} belongs to the library {library!r}, whose keys are not in {keys} ({why}). Nothing was "
    "changed; put the keys that were kept with it there.",
    Exit.FAILED,
)
CENTRAL_NOT_EMPTY = Problem(
    "R05",
    TRY_STAFF,
    "Central in {path} is not empty ({found}). Nothing was changed. To put the backup in its "
    "place: kiosk central restore --replace FILE",
    Exit.WRONG_USE,
)
CENTRAL_RUNNING = Problem(
    "R06",
    TRY_STAFF,
    "Another program uses central's database in {path}. Nothing was changed; stop central first.",
    Exit.FAILED,
)
UNKNOWN_SUBMISSION = Problem(
    "R07",
    TRY_STAFF,
    "Nothing was ever handed in under {name!r}. The id stands in the address of the page of a "
    "submission, and in: kiosk central export submissions",
    Exit.WRONG_USE,
)
BACKUP_OLDER = Problem(
    "R08",
    TRY_STAFF,
    "{path} is older than {newest}, on whose word kiosks have deleted what it holds. Nothing was "
    "changed. Restore that one; if it is lost, and what came after {path} with it: kiosk central "
    "restore --replace --older FILE",
    Exit.WRONG_USE,
)
NOT_MOVED = Problem(
    "M01",
    TRY_STAFF,
    "Central was not moved to {database} ({why}). Nothing was changed here or there. Name an empty "
    "database; a new one is made with: createdb --owner=ROLE NAME",
    Exit.FAILED,
)
