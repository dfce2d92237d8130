"""Problems of central: it is not set up, or cannot be served."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import TRY_STAFF

CENTRAL_NOT_READY = Problem(
    "C01",
    TRY_STAFF,
    "Central in {path} is not set up ({why}). Run: kiosk central init",
    Exit.FAILED,
)
UNKNOWN_BRANCH = Problem(
    "C02",
    TRY_STAFF,
    "There is no branch called {name!r}. There are: {known}",
    Exit.WRONG_USE,
)
UNKNOWN_STAFF = Problem(
    "C10",
    TRY_STAFF,
    "Nobody called {name!r} works here. There are: {known}",
    Exit.WRONG_USE,
)
EXTRA_MISSING = Problem(
    "C03",
    TRY_STAFF,
    "The library's end is not installed here ({name} is missing). In the unpacked project run: "
    "pip install --no-deps -r assets/deploy/run.lock",
    Exit.FAILED,
)
PORT_TAKEN = Problem(
    "C04",
    TRY_STAFF,
    "Port {port} is taken by another program. Choose another with --port, or 0 for any free one.",
    Exit.FAILED,
)
DATABASE_BROKEN = Problem(
    "C05",
    TRY_STAFF,
    "Central's database {database} cannot be used: {why}. Kiosks keep what they have.",
    Exit.FAILED,
)
DATABASE_AWAY = Problem(
    "C06",
    TRY_STAFF,
    "The database {database} lets nobody in ({why}). Start PostgreSQL there, or mend the address "
    "{where}. Kiosks keep what they have.",
    Exit.FAILED,
)
CENTRAL_NEWER = Problem(
    "C08",
    TRY_STAFF,
    "Central's database {database} has been used by a newer version of the program. Nothing was "
    "changed; update the program here first.",
    Exit.FAILED,
)
KEYS_AWAY = Problem(
    "C09",
    TRY_STAFF,
    "{keys} is not what the library {library!r} was founded with ({why}). Nothing was changed. "
    "Copy keys/ from the central that serves it, or from the copy that is kept; without them "
    "nothing that kiosks bring can be opened.",
    Exit.FAILED,
)
REAL_VISITORS = Problem(
    "C07",
    TRY_STAFF,
    "Real kiosks have brought {many} events here; a simulation would keep their visitors waiting. "
    "Nothing was done. If you want that: kiosk central simulate --yes",
    Exit.WRONG_USE,
)
PORT_NOT_ALLOWED = Problem(
    "C20",
    TRY_STAFF,
    "This user may not open port {port}: those below 1024 are root's. Choose another with --port, "
    "and let a web server in front of central take that one.",
    Exit.FAILED,
)
CENTRAL_FOLDER = Problem(
    "C21",
    TRY_STAFF,
    "Central cannot use {path}: {why}.",
    Exit.FAILED,
)
CENTRAL_MOVED = Problem(
    "C22",
    TRY_STAFF,
    "Central has moved to PostgreSQL; what was here is kept as {kept}. Put the address of the new "
    'database into {settings} (database = "postgresql://…"), then start central.',
    Exit.FAILED,
)
DATABASE_GONE = Problem(
    "C23",
    TRY_STAFF,
    "Central's keys are in {keys}, but {database} is gone or empty. Put the file back, or run: "
    "kiosk central restore FILE. For a new library move the keys away first.",
    Exit.FAILED,
)
DEMO_FAILED = Problem(
    "C24",
    TRY_STAFF,
    "The demonstration's central did not start ({why}). What it said is in {path}.",
    Exit.FAILED,
)
