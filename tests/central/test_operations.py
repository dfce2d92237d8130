"""Central through its commands, in processes of its own, as a technician meets it."""

import json
import signal
import stat
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers import postgres
from tests.drivers.library import Library


@pytest.fixture(autouse=True)
def _undo() -> None:
    """Undo nothing: no test here touches the database of this interpreter."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("library"))
    if request.param == "postgresql":
        library.database = postgres.fresh()
    library.set_up().start().enrol()
    yield library
    library.stop()


def test_setting_up_makes_private_files_and_a_login_for_each_role(library: Library) -> None:
    assert set(library.logins) == {"chief", "librarian", "reader", "technician"}
    central = library.folder / "central"
    for path in (central, *central.rglob("*")):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path


def test_setting_up_again_changes_no_password(library: Library) -> None:
    again = library.kiosk("central", "init", "--demo", "--json")
    assert (again.code, again.json["logins"]) == (0, [])


def test_an_errand_travels_to_central_and_out_of_it(library: Library) -> None:
    library.hand_in("feedback", {"about": "staff", "words": "Tack för hjälpen"})
    synced = library.kiosk("sync", "--json").json
    assert (synced["sent"], synced["stored"], synced["error"]) == (1, 1, "")
    (row,) = library.exported("--personal")
    assert (row["errand"], row["branch"]) == ("feedback", "hamnen")
    assert row["answers"]["words"] == "Tack för hjälpen"


def test_every_check_passes_once_there_is_a_backup(library: Library, tmp_path: Path) -> None:
    library.hand_in("feedback", {"about": "staff"})
    assert library.kiosk("sync").code == 0
    told = library.kiosk("central", "check", "--json")
    missing = {each["name"]: each["remedy"] for each in told.json["checks"] if not each["ok"]}
    assert "No backup covers what kiosks have brought since" in missing.pop("backup")
    in_a_hurry = missing.pop("what is saved is on disk", "")  # the tests' server, not SQLite
    assert ("fsync" in in_a_hurry) == bool(library.database)
    assert (told.code, missing) == (1, {})
    assert library.kiosk("central", "backup", str(tmp_path / "backup")).code == 0
    told = library.kiosk("central", "check", "--json")
    wrong = [each["name"] for each in told.json["checks"] if not each["ok"]]
    assert wrong == (["what is saved is on disk"] if library.database else [])


def test_a_technician_erases_one_person_now(library: Library) -> None:
    library.hand_in("feedback", {"about": "staff", "words": "Skogsstjärna"})
    assert library.kiosk("sync").code == 0
    (row,) = [
        each
        for each in library.exported("--personal")
        if each["answers"].get("words") == "Skogsstjärna"
    ]
    told = [library.kiosk("central", "erase", row["id"], "--json").json for _ in range(2)]
    assert told == [{"erased": 1}, {"erased": 0}]
    assert row["id"] not in {each["id"] for each in library.exported()}
    assert row["id"] in (library.folder / "central" / "erasures.log").read_text()
    unknown = library.kiosk("central", "erase", "0198c0de", "--json")
    assert (unknown.code, unknown.json["error"]) == (2, "R07")
    assert library.kiosk("central", "retention", "--json").json == {"erased": 0, "due": {}}


def test_a_taken_port_is_told(library: Library) -> None:
    told = library.kiosk("central", "serve", "--port", str(library.port))
    assert (told.code, told.out) == (1, "")
    assert f"Port {library.port} is taken" in told.err


def test_an_unknown_branch_is_told_with_those_there_are(library: Library) -> None:
    told = library.kiosk("central", "enrol-code", "--branch", "atlantis")
    assert told.code == 2
    assert "hamnen, kvarnby, sandvik" in told.err


def test_more_processes_than_sqlite_takes_are_refused(library: Library) -> None:
    if library.database:
        return
    told = library.kiosk("central", "serve", "--workers", "2", "--port", "0")
    assert told.code == 2
    assert "SQLite is served by one process" in told.err


@pytest.mark.parametrize("words", [("check",), ("serve",), ("enrol-code", "--branch", "1")])
def test_a_central_that_is_not_set_up_says_how(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = Library(tmp_path).kiosk("central", *words)
    assert told.code == 1
    assert "Run: kiosk central init" in told.err
    assert "Traceback" not in told.err


def test_another_database_is_refused_clearly(tmp_path: Path) -> None:
    library = Library(tmp_path)
    (tmp_path / "central").mkdir()
    (tmp_path / "central" / "central.toml").write_text('database = "mysql://h/d"\n')
    told = library.kiosk("central", "init")
    assert told.code == 2
    assert "use sqlite:///PATH" in told.err


def test_a_database_in_a_folder_that_is_not_there_is_told_as_that(tmp_path: Path) -> None:
    told = Library(tmp_path, database=f"sqlite:///{tmp_path}/nowhere/c.sqlite3").kiosk(
        "central", "init"
    )
    assert told.code == 1
    assert "there is no such file or folder" in told.err
    assert "run it as the user" not in told.err


def test_pages_send_a_strict_policy_and_no_more_than_needed(library: Library) -> None:
    with urllib.request.urlopen(f"{library.url}/login/") as page:
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["X-Frame-Options"] == "DENY"
    with urllib.request.urlopen(f"{library.url}/static/admin/css/base.css") as sheet:
        assert "max-age" in sheet.headers["Cache-Control"]


def test_a_kiosk_from_the_future_is_told_the_protocol(library: Library) -> None:
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(f"{library.url}/sync/2/inbox", data=b"x")
    with told.value as answer:
        assert json.loads(answer.read())["error"] == "unknown_protocol"
        assert answer.code == 400


def test_it_stops_when_told_and_starts_again_with_everything(tmp_path: Path) -> None:
    library = Library(tmp_path)
    assert library.kiosk("central", "init", "--json").code == 0
    for number in (signal.SIGTERM, signal.SIGINT):
        library.start()
        serving = library._serving
        library.stop(number)
        assert serving is not None
        assert serving.wait(0.0) == 0


def test_what_a_visitor_erases_is_in_no_file_or_row_any_more(library: Library) -> None:
    files = library.folder / "central"

    def holding(words: bytes) -> list[str]:
        found = [each for each in files.rglob("*") if each.is_file() and words in each.read_bytes()]
        return [*map(str, found), *postgres.tables_holding(library.database, words)]

    code = library.hand_in("feedback", {"about": "staff", "words": "Kvarnhjulsglimt"})
    library.sync()
    assert holding(b"Kvarnhjulsglimt")
    assert library.kiosk("withdraw", code, "--erase").code == 0
    assert library.sync()["stored"] == 1
    assert holding(b"Kvarnhjulsglimt") == []
    assert holding(b"kvarnhjulsglimt") == []


def test_keys_without_their_database_found_no_second_library(tmp_path: Path) -> None:
    library = Library(tmp_path).set_up()
    database = tmp_path / "central" / "central.sqlite3"
    kept = database.read_bytes()
    for found in (None, b"no database at all", kept[:5000]):
        database.unlink(missing_ok=True)
        if found is not None:
            database.write_bytes(found)
        told = library.kiosk("central", "init", "--json")
        assert (told.code, told.json["error"]) == (1, "C23" if found is None else "C05")
        assert "Traceback" not in told.err
    database.write_bytes(kept)
    assert library.kiosk("central", "check").code == 0
