"""The library loses its machine, and no visitor loses anything; who was erased stays erased."""

import shutil
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.sync.enrolment import join
from tests.drivers import postgres
from tests.drivers.library import Library
from tests.faults.exchange.kiosk import Kiosk, quick_receipts


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a central up, once."""
    return Library(tmp_path_factory.mktemp("template")).set_up().folder


@pytest.fixture
def running(template: Path, tmp_path: Path) -> Iterator[Library]:
    """Give a library that runs, with no kiosk yet."""
    shutil.copytree(template, tmp_path / "library")
    made = Library(tmp_path / "library").start()
    try:
        yield made
    finally:
        made.stop()


@pytest.fixture
def kiosk(running: Library, tmp_path: Path) -> Iterator[Kiosk]:
    """Give its first kiosk, in this process."""
    with quick_receipts():
        kiosk = joined(running, tmp_path / "kiosk")
        yield kiosk
        kiosk.close()


def joined(library: Library, home: Path) -> Kiosk:
    code = library.kiosk("central", "enrol-code", "--branch", "hamnen", "--json").json["code"]
    join(home, library.url, code)
    return Kiosk(home, "hamnen", library.url, seed=7)


def ids(library: Library) -> list[str]:
    return sorted(row["id"] for row in library.exported())


def backed_up(library: Library, file: Path) -> dict[str, Any]:
    told = library.kiosk("central", "backup", str(file), "--json")
    assert told.code == 0, told.err
    found: dict[str, Any] = told.json
    return found


def restored(library: Library, file: Path, *more: str) -> dict[str, Any]:
    told = library.kiosk("central", "restore", str(file), "--json", *more)
    assert told.code == 0, told.err
    found: dict[str, Any] = told.json
    return found


def destroyed(library: Library) -> None:
    library.stop(signal.SIGKILL)
    for path in (library.folder / "central").glob("central.sqlite3*"):
        path.unlink()


def visitors_all_the_while(kiosk: Kiosk, over: threading.Event, came: list[str]) -> None:
    while not over.is_set():
        kiosk.hand_in("Under tiden")
        came += kiosk.pending()
        assert kiosk.exchange().error == ""


def test_a_restore_loses_nothing_and_who_was_erased_since_stays_erased(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    gone = kiosk.hand_in("Bort")
    came, over = kiosk.pending(), threading.Event()
    kiosk.exchange()
    busy = threading.Thread(target=visitors_all_the_while, args=(kiosk, over, came))
    busy.start()
    made = backed_up(running, tmp_path / "night")
    over.set()
    busy.join()
    kiosk.withdraw(gone.code, erase=True)
    kiosk.exchange()
    running.understand()  # from now on the erasure log tells of it
    kept = set(came) - {came[0]}
    purged = kept - kiosk.held()
    assert purged, "central has called something safe"
    assert kept - purged, "and something came too late for the backup"

    destroyed(running)
    back = restored(running, tmp_path / "night")
    assert (back["items"], back["erased"]) == (made["items"], 1)
    assert back["epoch"] != made["epoch"]
    assert purged <= set(ids(running)), "whatever was called safe is in the file"
    running.start()
    kiosk.exchange()
    assert ids(running) == sorted(kept), "nothing lost, nothing doubled, the erased still erased"


def test_a_database_put_back_by_hand_is_noticed_and_a_killed_central_is_no_alarm(
    running: Library, kiosk: Kiosk
) -> None:
    def epoch() -> str:
        with sqlite3.connect(database) as read:
            ((found,),) = read.execute("SELECT epoch FROM branches_tenant").fetchall()
        read.close()
        return str(found)

    database = running.folder / "central" / "central.sqlite3"
    before, early = epoch(), kiosk.hand_in("Tidigt")
    kiosk.exchange()
    running.stop()
    shutil.copy(database, database.with_suffix(".copy"))
    running.start()
    kiosk.hand_in("Sent")
    (late,) = kiosk.pending()
    kiosk.withdraw(early.code, erase=True)
    kiosk.exchange()
    running.understand()  # from now on the erasure log tells of it
    running.stop(signal.SIGKILL)
    running.start()
    assert epoch() == before, "a kill is no restore"

    running.stop(signal.SIGKILL)
    for tail in ("-wal", "-shm"):
        database.with_name(database.name + tail).unlink(missing_ok=True)
    database.with_suffix(".copy").replace(database)
    running.start()
    assert (ids(running), epoch() == before) == ([], False), "erased although the copy had it"
    checked = running.kiosk("central", "check", "--json").json["checks"]
    assert [each["name"] for each in checked if not each["ok"]] == ["backup"]
    kiosk.exchange()
    assert ids(running) == [late]


@pytest.mark.slow
def test_a_moved_home_and_a_lost_mark_are_no_alarm(running: Library, kiosk: Kiosk) -> None:
    central = running.folder / "central"
    kiosk.hand_in("Kvar")
    kiosk.exchange()
    for change in ("moved", "cloned", "unmarked"):
        running.stop(signal.SIGKILL)
        if change == "unmarked":
            (central / "database.mark").unlink()
        else:
            shutil.copytree(central, running.folder / change)
            shutil.rmtree(central)
            (running.folder / change).rename(central)
        running.start()
        outcome = kiosk.exchange()
        assert (outcome.sent, outcome.error) == (0, ""), "nothing is asked for again"


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["torn", "changed", "foreign"])
def test_a_file_that_is_no_good_backup_changes_nothing(
    running: Library, kiosk: Kiosk, tmp_path: Path, broken: str
) -> None:
    file = tmp_path / "night"
    kiosk.hand_in("Kvar")
    kiosk.exchange()
    backed_up(running, file)
    body = bytearray(file.read_bytes())
    if broken == "torn":
        del body[-1000:]
    elif broken == "changed":
        body[len(body) // 2] ^= 1
    else:
        running.stop()
        shutil.rmtree(running.folder / "central")
        assert running.kiosk("central", "init", "--json").code == 0, "with keys of its own"
    file.write_bytes(body)
    before = ids(running)
    told = running.kiosk("central", "restore", str(file), "--replace", "--json")
    assert (told.code, told.json["error"]) == (1, "R04" if broken == "foreign" else "R02")
    assert "Nothing was changed" in told.json["remedy"]
    assert ids(running) == before


@pytest.mark.slow
def test_a_running_central_on_sqlite_is_not_replaced(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    kiosk.hand_in("Kvar")
    kiosk.exchange()
    backed_up(running, tmp_path / "night")
    kiosk.hand_in("Sedan")
    kiosk.exchange()
    told = running.kiosk("central", "restore", str(tmp_path / "night"), "--replace", "--json")
    assert (told.code, told.json["error"]) == (1, "R06")
    running.stop()
    empty = running.kiosk("central", "restore", str(tmp_path / "night"), "--json")
    assert (empty.code, empty.json["error"]) == (2, "R05")
    assert len(ids(running)) == 2


@pytest.mark.slow
def test_a_library_goes_from_sqlite_to_postgresql_and_back(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    server = postgres.shared()
    kiosk.hand_in("I SQLite")
    kiosk.exchange()
    backed_up(running, tmp_path / "first")
    running.stop()
    running.database = server.url(server.empty())
    restored(running, tmp_path / "first")
    running.start()
    kiosk.hand_in("I PostgreSQL")
    kiosk.exchange()
    backed_up(running, tmp_path / "second")
    kiosk.hand_in("Efter")
    kiosk.exchange()
    running.stop()
    restored(running, tmp_path / "second", "--replace")
    running.start()
    kiosk.exchange()
    assert len(ids(running)) == 3
    running.stop()
    running.database = ""
    restored(running, tmp_path / "second", "--replace")
    running.start()
    kiosk.exchange()
    assert len(ids(running)) == 3
