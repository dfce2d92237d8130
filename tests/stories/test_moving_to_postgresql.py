"""A library outgrows SQLite: it moves to PostgreSQL, and neither kiosks nor visitors notice."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.drivers import postgres
from tests.drivers.library import Library

WORDS = ("Längre öppet, tack!", "Fler stolar", "Glöm det här")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path).set_up().start().enrol()
    yield made
    made.stop()


def _hand_in(library: Library, words: str) -> str:
    return library.hand_in("feedback", {"about": "hours", "words": words})


def test_a_library_moves_and_goes_on_where_it_was(library: Library) -> None:
    codes = [_hand_in(library, words) for words in WORDS]
    assert library.kiosk("sync", "--json").json["stored"] == 3
    library.kiosk("withdraw", codes[2], "--erase")
    library.kiosk("sync")
    before = library.exported("--personal")
    database = postgres.shared().empty()
    url = postgres.shared().url(database)

    running = library.kiosk("central", "move", url, "--json")
    assert (running.code, running.json["error"]) == (1, "R06")
    library.stop()
    _hand_in(library, "Medan central är nere")
    moved = library.kiosk("central", "move", url, "--json")
    assert moved.code == 0, moved.err
    assert moved.json["events"] == 4
    assert library.kiosk("central", "serve").code == 1, "the old database has another name now"

    library.database = url
    library.start()
    synced = library.kiosk("sync", "--json").json
    assert (synced["sent"], synced["stored"], synced["error"]) == (1, 1, "")
    assert library.kiosk("withdraw", codes[0], "--json").json == {"state": "withdrawn"}
    assert library.kiosk("sync", "--json").json["stored"] == 1
    after = {row["id"]: row for row in library.exported("--personal")}
    assert len(after) == len(before) + 1
    for row in before:
        state = "withdrawn" if row["answers"]["words"] == WORDS[0] else row["state"]
        assert after[row["id"]] == row | {"state": state}


@pytest.mark.slow
def test_a_move_goes_into_an_empty_database_and_may_be_asked_for_again(tmp_path: Path) -> None:
    library = Library(tmp_path).set_up()
    server = postgres.shared()
    full, free = server.empty(), server.empty()
    server.ordered("CREATE TABLE theirs (id int)", database=full)
    refused = library.kiosk("central", "move", server.url(full), "--json")
    assert (refused.code, refused.json["error"]) == (1, "M01")
    server.ordered(f"ALTER DATABASE {full} CONNECTION LIMIT 0")
    away = library.kiosk("central", "move", server.url(full), "--json")
    assert (away.code, away.json["error"]) == (1, "C06")
    assert "mend the address that was given here" in away.err

    first = library.kiosk("central", "move", server.url(free, through_socket=True), "--json").json
    kept = Path(first["kept"])
    kept.rename(kept.with_suffix(""))  # as if the power had failed before the old file was renamed
    again = library.kiosk("central", "move", server.url(free), "--json").json
    assert (first["again"], again["again"]) == (False, True)
    assert first["tables"] == again["tables"]
    kept.rename(kept.with_suffix(""))
    assert library.kiosk("central", "init", "--json").json["logins"] == []
    library.database = server.url(free)
    assert library.kiosk("central", "enrol-code", "--branch", "1").code == 0
    library.database = ""
    changed = library.kiosk("central", "move", server.url(free), "--json")
    assert (changed.code, changed.json["error"]) == (1, "M01")


def test_a_move_that_is_killed_in_the_middle_leaves_nothing_and_may_begin_anew(
    tmp_path: Path,
) -> None:
    library = Library(tmp_path).set_up()
    server = postgres.shared()
    database = server.empty()
    before = _files(library)
    move = [sys.executable, "-m", "kiosk.cli", "central", "move", server.url(database)]
    with psycopg.connect(server.url(database)) as other:
        other.execute("CREATE TABLE branches_tenant (id int)")
        with subprocess.Popen(move, env=library.environment, stderr=subprocess.PIPE) as moving:
            _wait_until_somebody_waits(server.url(database))
            moving.kill()
        assert moving.returncode == -9
        other.rollback()
    assert _files(library) == before
    moved = library.kiosk("central", "move", server.url(database), "--json")
    assert moved.code == 0, moved.err
    assert not moved.json["again"]


def _files(library: Library) -> set[str]:
    """Return the names of what central keeps, without what it makes whenever it is touched."""
    names = {path.name for path in (library.folder / "central").iterdir()}
    return {each for each in names if not each.endswith((".lock", "-wal", "-shm"))}


def _wait_until_somebody_waits(url: str) -> None:
    until = time.monotonic() + 60
    with psycopg.connect(url, autocommit=True) as looking:
        while not looking.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
            assert time.monotonic() < until, "nobody waits"
            time.sleep(0.05)
