"""An older state of central's database in the place of a newer one is refused, or told of."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.receipt import State
from tests.drivers import postgres
from tests.drivers.library import Library, Told
from tests.drivers.sampled import only
from tests.faults.exchange.kiosk import Kiosk, quick_receipts
from tests.faults.exchange.states import States
from tests.faults.test_backup_and_restore import backed_up, ids, joined

DATABASES = ("sqlite", "postgresql")
on_both = pytest.mark.parametrize("running", DATABASES, indirect=True)
on_sqlite = pytest.mark.parametrize("running", only({"sqlite"}, DATABASES), indirect=True)
on_postgresql = pytest.mark.parametrize("running", only({"postgresql"}, DATABASES), indirect=True)
"""Where a test runs always; on the other it is slow."""


@pytest.fixture
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    """Give a library that runs on the database it is asked for, with no kiosk yet."""
    made = Library(tmp_path / "library")
    if request.param == "postgresql":
        made.database = postgres.fresh()
    made.set_up().start()
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


def brought(kiosk: Kiosk, words: str) -> str:
    """Hand something in and bring it; return its id."""
    kiosk.hand_in(words)
    (identity,) = kiosk.pending()
    assert kiosk.exchange().error == ""
    return identity


def restoring(library: Library, file: Path, *more: str) -> Told:
    return library.kiosk("central", "restore", str(file), "--replace", "--json", *more)


def missing(library: Library) -> str:
    """Return what the check of the backups says."""
    told = library.kiosk("central", "check", "--json").json["checks"]
    (remedy,) = [each["remedy"] for each in told if each["name"] == "backup"]
    return str(remedy)


def purged_after_the_second_of_two(
    library: Library, kiosk: Kiosk, folder: Path
) -> tuple[str, str, Path, Path]:
    """Make two backups, and let the kiosk delete what only the second holds."""
    first, second = folder / "monday", folder / "tuesday"
    early = brought(kiosk, "Tidigt")
    library.understand()
    backed_up(library, first)
    late = brought(kiosk, "Sent")
    library.understand()
    backed_up(library, second)
    for _ in range(3):
        kiosk.exchange()
    assert kiosk.held() == set(), "all of it was called safe"
    return early, late, first, second


@on_sqlite
def test_the_older_of_two_backups_is_not_put_in_the_place_of_what_kiosks_rely_on(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    early, late, first, second = purged_after_the_second_of_two(running, kiosk, tmp_path)
    running.stop()
    told = restoring(running, first)
    assert (told.code, told.json["error"]) == (2, "R08")
    assert "tuesday" in told.json["remedy"]
    assert ids(running) == sorted([early, late]), "nothing was changed"
    assert restoring(running, second).code == 0
    assert ids(running) == sorted([early, late])


@pytest.mark.slow
@on_both
def test_what_is_taken_all_the_same_is_told_until_it_is_mended(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    early, late, first, second = purged_after_the_second_of_two(running, kiosk, tmp_path)
    running.stop()
    told = restoring(running, first, "--older")
    assert told.code == 0
    assert "tuesday" in told.json["lacks"]
    assert ids(running) == [early]
    assert "older than the backup tuesday" in missing(running)
    assert restoring(running, first).json["error"] == "R08", "still so"
    assert restoring(running, second).code == 0
    assert ids(running) == sorted([early, late])
    assert "older than the backup" not in missing(running)


@pytest.mark.slow
@on_both
def test_a_backup_made_after_the_newest_that_was_called_safe_is_no_older_one(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    *_, second = purged_after_the_second_of_two(running, kiosk, tmp_path)
    third = tmp_path / "wednesday"
    brought(kiosk, "Sist")
    running.understand()
    backed_up(running, third)
    mark = running.folder / "central" / "database.mark"
    kept = mark.read_bytes()
    backed_up(running, tmp_path / "thursday")
    mark.write_bytes(kept)  # as if it had died before it called that one safe
    running.stop()
    assert restoring(running, second).json["error"] == "R08"
    assert restoring(running, tmp_path / "thursday").code == 0
    assert len(ids(running)) == 3


@on_sqlite
def test_a_tail_that_is_lost_after_a_restore_is_no_backup_that_is_lost(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    early, late, _, second = purged_after_the_second_of_two(running, kiosk, tmp_path)
    running.stop()
    assert restoring(running, second).code == 0
    states = States(running.folder / "central", running.database)
    states.remember()
    running.start()
    running.stop()
    states.put_back(mark_too=False)
    running.start()
    assert "older than the backup" not in missing(running)
    assert ids(running) == sorted([early, late])
    backed_up(running, tmp_path / "wednesday")


@on_postgresql
def test_no_backup_is_put_in_the_place_of_a_central_that_serves(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    early, late, _, second = purged_after_the_second_of_two(running, kiosk, tmp_path)
    after = brought(kiosk, "Sedan")
    told = restoring(running, second)
    assert (told.code, told.json["error"]) == (1, "R06")
    os.kill(running.pid, signal.SIGSTOP)  # it begins another process a little later
    for each in running.serving:
        os.kill(each, signal.SIGKILL)
    told = restoring(running, second)
    assert (told.code, told.json["error"]) == (1, "R06")
    os.kill(running.pid, signal.SIGCONT)
    assert ids(running) == sorted([early, late, after])
    running.stop(signal.SIGKILL)
    assert restoring(running, second).code == 0, "one that was killed serves no more"


@on_sqlite
def test_who_was_erased_at_one_machine_stays_erased_when_another_restores(
    running: Library, kiosk: Kiosk, tmp_path: Path
) -> None:
    receipt = kiosk.hand_in("Bort")
    kiosk.exchange()
    running.understand()
    backed_up(running, tmp_path / "night")
    kiosk.exchange()
    other = Library(tmp_path / "other", database=running.database)
    shutil.copytree(running.folder / "central", other.folder / "central")
    kiosk.withdraw(receipt.code, erase=True)
    kiosk.exchange()
    running.understand()
    assert ids(running) == []
    running.stop()
    if not running.database:  # the other machine is given the file, and not the log
        shutil.copy(running.folder / "central" / "central.sqlite3", other.folder / "central")
    assert restoring(other, tmp_path / "night").code == 0
    assert ids(other) == []
    other.port = running.port
    other.start()
    kiosk.exchange()
    other.understand()
    assert ids(other) == []
    assert kiosk.desk.look_up(receipt.code).state is State.ERASED
    other.stop()
