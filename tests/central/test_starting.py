"""Nothing of central starts where it would do harm: no older program, and none without the keys."""

import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from kiosk.central.platform import databases
from tests.drivers import postgres
from tests.drivers.library import Library

EVERY = {
    "check": ("check",),
    "serve": ("serve", "--port", "0"),
    "worker": ("worker", "--once"),
    "init": ("init",),
    "enrol-code": ("enrol-code", "--branch", "1"),
    "export": ("export", "submissions"),
    "backup": ("backup", "BACKUP"),
    "retention": ("retention",),
    "reprocess": ("reprocess",),
    "another web server": (),
}
"""Everything that puts its hand to the database."""


@pytest.fixture(autouse=True)
def _undo() -> None:
    """Undo nothing: no test here touches the database of this interpreter."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("library"))
    if request.param == "postgresql":
        library.database = postgres.fresh()
    return library.set_up()


@pytest.fixture
def newer(library: Library) -> Library:
    """Let a newer program have used the database."""
    told = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)"
    row = ("intake", "0099_what_comes_next", "2031-01-01 00:00:00+00:00")
    if library.database:
        named = databases.of_postgresql(library.database)
        words = {name.lower(): named[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
        with psycopg.connect(dbname=named["NAME"], **words) as database:
            database.execute(told, row)
    else:
        with sqlite3.connect(library.folder / "central" / "central.sqlite3") as lite:
            lite.execute(told.replace("%s", "?"), row)
        lite.close()
    return library


def said(library: Library, what: str, tmp_path: Path) -> tuple[int, str]:
    """Start it; return its exit code and what it says on standard error."""
    if not EVERY[what]:
        ran = subprocess.run(
            [sys.executable, "-c", "import kiosk.central.run.wsgi"],
            env=library.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return ran.returncode, ran.stderr
    words = [str(tmp_path / "b") if word == "BACKUP" else word for word in EVERY[what]]
    told = library.kiosk("central", *words)
    return told.code, told.err


@pytest.mark.parametrize("what", EVERY)
def test_without_the_keys_of_its_library_nothing_starts(
    library: Library, tmp_path: Path, what: str
) -> None:
    kept = library.folder / "central" / "keys"
    away = library.folder / "keys-away"
    kept.rename(away)
    try:
        code, told = said(library, what, tmp_path)
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        away.rename(kept)
    assert code == 1
    assert "Copy keys/ from the central that serves it" in told


def test_a_second_central_knows_the_codes_of_the_first(library: Library, tmp_path: Path) -> None:
    code = library.kiosk("central", "enrol-code", "--branch", "1", "--json").json["code"]
    second = Library(tmp_path, database=library.database)
    shutil.copytree(library.folder / "central", tmp_path / "central")
    (tmp_path / "central" / "secret.key").unlink()
    assert second.kiosk("central", "init").code == 0
    second.start()
    try:
        told = second.kiosk("enrol", second.url, code, "--json")
    finally:
        second.stop()
    assert (told.code, told.json["branch"]) == (0, "hamnen")


def test_of_two_machines_that_set_up_one_database_the_second_waits(tmp_path: Path) -> None:
    server = postgres.shared()
    database = server.url(server.empty())
    both = [Library(tmp_path / name, database=database) for name in "ab"]
    with ThreadPoolExecutor() as pool:
        told = list(pool.map(lambda each: each.kiosk("central", "init"), both))
    first, second = sorted(told, key=lambda each: each.code)
    assert (first.code, first.err) == (0, "")
    assert "Write these passwords down" in first.out
    assert second.code == 1
    assert "Copy keys/ from the central that serves it" in second.err


@pytest.mark.parametrize("what", EVERY)
def test_an_older_program_leaves_a_newer_database_alone(
    newer: Library, tmp_path: Path, what: str
) -> None:
    code, told = said(newer, what, tmp_path)
    assert code == 1
    assert "has been used by a newer version of the program" in told
