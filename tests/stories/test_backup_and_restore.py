"""The library loses its machine, and no visitor loses anything; who was erased stays erased."""

import json
import shutil
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.drivers.library import Library


def praise(words: str) -> dict[str, Any]:
    return {"mood": 5, "about": "staff", "words": words}


def words(library: Library) -> list[str]:
    return sorted(row["answers"]["words"] for row in library.exported("--personal"))


def synced(library: Library) -> dict[str, Any]:
    told = library.kiosk("sync", "--json")
    assert told.code == 0, told.err
    found: dict[str, Any] = told.json
    return found


def destroyed(library: Library) -> None:
    library.stop(signal.SIGKILL)
    for path in (library.folder / "central").glob("central.sqlite3*"):
        path.unlink()


def checked(library: Library, name: str) -> str:
    told = library.kiosk("central", "check", "--json").json["checks"]
    remedy: str = {each["name"]: each["remedy"] for each in told}[name]
    return remedy


def test_a_restore_from_last_night_loses_nothing_and_the_erased_stay_erased(
    library: Library, tmp_path: Path
) -> None:
    file = str(tmp_path / "night.backup")
    kept, gone = (library.hand_in("feedback", praise(each)) for each in ("Kvar", "Bort"))
    assert synced(library)["stored"] == 2
    assert library.kiosk("status", "--json").json["unsafe"] == 2
    made = library.kiosk("central", "backup", file, "--json")
    assert (made.code, made.json["items"], made.json["safe"]) == (0, 2, 1), made.err

    later = library.hand_in("feedback", praise("Sedan"))
    assert library.kiosk("withdraw", gone, "--erase").code == 0
    assert synced(library)["purged"] == 1, "what the backup holds, and is not erased"
    assert library.kiosk("status", "--json").json["unsafe"] == 2
    destroyed(library)
    back = library.kiosk("central", "restore", file, "--json")
    assert (back.code, back.json["items"], back.json["erased"]) == (0, 2, 1), back.err
    assert back.json["epoch"] != made.json["epoch"]
    assert words(library) == ["Kvar"]

    library.start()
    assert synced(library)["stored"] == 2, "the later one, and the erasing"
    assert (synced(library)["sent"], words(library)) == (0, ["Kvar", "Sedan"])
    found = {code: library.kiosk("look-up", code, "--json").json["state"] for code in (kept, later)}
    assert set(found.values()) == {"sent"}
    assert library.kiosk("look-up", gone, "--json").json["state"] == "erased"
    assert "Bort" not in json.dumps(library.exported("--personal"))


def test_a_database_put_back_by_hand_is_noticed_and_nothing_is_lost(library: Library) -> None:
    database = library.folder / "central" / "central.sqlite3"
    early = library.hand_in("feedback", praise("Tidigt"))
    synced(library)
    library.stop()
    shutil.copy(database, database.with_suffix(".copy"))
    library.start()
    library.hand_in("feedback", praise("Sent"))
    assert library.kiosk("withdraw", early, "--erase").code == 0
    assert synced(library)["stored"] == 2
    library.stop(signal.SIGKILL)
    for tail in ("-wal", "-shm"):
        database.with_name(database.name + tail).unlink(missing_ok=True)
    database.with_suffix(".copy").replace(database)

    library.start()
    assert words(library) == [], "erased although the copy had it"
    assert "put back to an earlier state" in checked(library, "backup")
    assert synced(library)["stored"] == 2
    assert words(library) == ["Sent"]


def test_restarts_and_kills_are_no_false_alarm(library: Library) -> None:
    def epochs() -> list[tuple[str]]:
        with sqlite3.connect(library.folder / "central" / "central.sqlite3") as database:
            found = database.execute("SELECT epoch FROM branches_tenant").fetchall()
        database.close()
        return found

    before = epochs()
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        library.stop(number)
        library.start()
    library.stop()
    shutil.move(library.folder / "central", library.folder / "moved")
    shutil.copytree(library.folder / "moved", library.folder / "central")
    library.start()
    (library.folder / "central" / "database.mark").unlink()
    library.stop()
    library.start()
    assert epochs() == before


@pytest.mark.parametrize("broken", ["torn", "changed", "foreign"])
def test_a_file_that_is_no_good_backup_changes_nothing(
    library: Library, tmp_path: Path, broken: str
) -> None:
    file = tmp_path / "night.backup"
    library.hand_in("feedback", praise("Kvar"))
    synced(library)
    assert library.kiosk("central", "backup", str(file)).code == 0
    body = bytearray(file.read_bytes())
    if broken == "torn":
        del body[-1000:]
    elif broken == "changed":
        body[len(body) // 2] ^= 1
    else:
        destroyed(library)
        shutil.rmtree(library.folder / "central")
        library.set_up().start()
    file.write_bytes(body)
    told = library.kiosk("central", "restore", str(file), "--replace", "--json")
    assert (told.code, told.json["error"]) == (1, "R04" if broken == "foreign" else "R02")
    assert "Nothing was changed" in told.json["remedy"]
    assert words(library) == ([] if broken == "foreign" else ["Kvar"])
