"""`kiosk ledger`: what a technician sees and does when a disk wears out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tinydb import TinyDB

from kiosk import places
from kiosk.cli import branch as branch_commands
from kiosk.cli import kiosk, ledger
from kiosk.problems import SET_ASIDE, Exit
from tests.drivers.branch import Branch

assert ledger
assert branch_commands


@pytest.fixture
def handed_in(branch: Branch) -> Branch:
    """Give a branch at which three errands were handed in, on two days."""
    for _ in range(3):
        branch.hand_in()
        branch.close()
    return branch


def asked(branch: Branch, *arguments: str, code: int = 0) -> Any:
    """Run `kiosk ledger` and return its one JSON object."""
    run = CliRunner().invoke(kiosk, ["--home", str(branch.home), "ledger", *arguments, "--json"])
    assert run.exit_code == code, run.output
    assert run.stdout.count("\n") == 1
    return json.loads(run.stdout)


def spoil(path: Path, *, but_first: int = 0) -> None:
    """Flip a bit in the middle of a file."""
    body = bytearray(path.read_bytes())
    body[len(body) // 2 + but_first] ^= 4
    path.write_bytes(body)


def test_a_sound_ledger_is_told_to_be_sound_and_not_touched(handed_in: Branch) -> None:
    before = handed_in.bytes_on_disk()
    told = asked(handed_in, "check")
    assert {name: told[name] for name in ("lost", "quarantined", "damaged")} == {
        "lost": 0,
        "quarantined": 0,
        "damaged": [],
    }
    assert told["documents"] == 9
    assert handed_in.bytes_on_disk() == before


def test_a_damaged_snapshot_is_found_repaired_and_reported(handed_in: Branch) -> None:
    spoil(places.ledger(handed_in.home))
    told = asked(handed_in, "check", code=Exit.STORE)
    assert (told["damaged"], told["lost"], told["documents"]) == (["kiosk.json"], 0, 9)
    told = asked(handed_in, "repair")
    assert (told["documents"], told["lost"], told["quarantined"]) == (9, 0, 1)
    told = asked(handed_in, "check", code=Exit.STORE)
    assert (told["damaged"], told["quarantined"]) == ([], 1)
    assert len(handed_in.events()) == 3


def test_what_is_lost_in_both_copies_is_counted(handed_in: Branch) -> None:
    for name in ("kiosk.json", "kiosk.json.bak"):
        path = handed_in.home / name
        path.write_bytes(path.read_bytes().replace(b'"1": {"id', b'"1": }"id'))
    told = asked(handed_in, "repair", code=Exit.STORE)
    assert told["lost"] >= 1
    assert told["documents"] == 8
    assert len(handed_in.events()) == 2


def test_the_export_opens_in_any_tinydb(handed_in: Branch, tmp_path: Path) -> None:
    copy = tmp_path / "copy.json"
    assert asked(handed_in, "export", str(copy))["documents"] == 9
    with TinyDB(copy, access_mode="r") as stock:
        assert [row["id"] for row in stock.table("outbox")] == [
            event.id for event in handed_in.events()
        ]
    handed_in.close()
    assert asked(handed_in, "export", str(copy), code=Exit.WRONG_USE)["error"] == "K25"


def test_people_are_told_what_to_do_next(handed_in: Branch) -> None:
    spoil(places.ledger(handed_in.home))
    run = CliRunner().invoke(kiosk, ["--home", str(handed_in.home), "ledger", "check"])
    assert "found: damaged: kiosk.json. Next: kiosk ledger repair." in run.output


def test_while_the_app_holds_it_it_can_be_looked_at_and_not_repaired(
    handed_in: Branch, tmp_path: Path
) -> None:
    assert handed_in.desk
    before = handed_in.bytes_on_disk()
    assert asked(handed_in, "check")["lost"] == 0
    assert asked(handed_in, "export", str(tmp_path / "copy.json"))["documents"] == 9
    assert asked(handed_in, "repair", code=Exit.STORE)["error"] == "K02"
    assert handed_in.bytes_on_disk() == before


def test_what_an_emptied_journal_held_is_counted_by_check_and_repair_and_told_afterwards(
    handed_in: Branch,
) -> None:
    kept = handed_in.bytes_on_disk()
    handed_in.hand_in()
    copies = {
        path: path.read_bytes() for path in handed_in.home.glob("kiosk.json*") if path.is_file()
    }
    handed_in.close()
    assert kept != handed_in.bytes_on_disk()
    for path in handed_in.home.glob("kiosk.json.wal.*"):
        path.unlink()
    for path, body in copies.items():
        path.write_bytes(b"" if ".wal." in path.name else body)
    found = asked(handed_in, "check", code=Exit.STORE)
    assert found["lost"] >= 1
    assert asked(handed_in, "repair", code=Exit.STORE)["lost"] == found["lost"]
    assert "lost" in next((handed_in.home / "kiosk.json.quarantine").iterdir()).read_text("utf-8")
    assert [each.problem for each in handed_in.desk.ledger.troubles()] == [SET_ASIDE]


def test_the_status_and_the_doctor_tell_what_recovery_found(handed_in: Branch) -> None:
    spoil(places.ledger(handed_in.home))
    (fault,) = handed_in.desk.status().faults
    assert fault["code"] == "K08"
    assert "damaged: kiosk.json" in fault["remedy"]
    handed_in.close()
    run = CliRunner().invoke(kiosk, ["--home", str(handed_in.home), "doctor", "--json"])
    (check,) = (each for each in json.loads(run.stdout)["checks"] if each["name"] == "ledger")
    assert not check["ok"]
    assert "quarantine" in check["remedy"]


def without_snapshots(home: Path) -> None:
    for name in ("kiosk.json", "kiosk.json.bak"):
        (home / name).unlink()


def without_journals(home: Path) -> None:
    for each in home.glob("kiosk.json.wal.*"):
        each.unlink()


def without_anything(home: Path) -> None:
    for each in home.glob("kiosk.json*"):
        each.unlink()


@pytest.mark.parametrize(
    "spoiling",
    [
        lambda home: None,
        lambda home: spoil(places.ledger(home)),
        without_snapshots,
        without_journals,
        without_anything,
    ],
    ids=["nothing", "damaged", "no snapshots", "no journals", "no files"],
)
def test_check_and_doctor_say_the_same_of_a_ledger(
    handed_in: Branch, spoiling: Callable[[Path], None]
) -> None:
    spoiling(handed_in.home)
    arguments = ["--home", str(handed_in.home)]
    check = CliRunner().invoke(kiosk, [*arguments, "ledger", "check", "--json"])
    doctor = CliRunner().invoke(kiosk, [*arguments, "doctor", "--json"])
    (of_the_ledger,) = (
        each for each in json.loads(doctor.stdout)["checks"] if each["name"] == "ledger"
    )
    assert of_the_ledger["ok"] is (check.exit_code == Exit.DONE), (check.stdout, of_the_ledger)
    assert doctor.exit_code == (Exit.UNREACHABLE if of_the_ledger["ok"] else Exit.STORE)
