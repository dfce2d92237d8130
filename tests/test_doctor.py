"""The doctor: every check says what it found and what to do."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk import places, wire
from kiosk.doctor import DOCTOR, DoctorCheck, examine, exit_of, reply
from kiosk.domain import clock
from kiosk.domain.world import RealWorld
from kiosk.problems import Exit
from kiosk.store.device import save_device
from kiosk.store.ledger import SHUT_OUT
from kiosk.store.published import PublishedContent
from kiosk.sync.bell import ControlSocket
from kiosk.sync.condition import condition_of
from tests.drivers.branch import NOWHERE, Branch, event
from tests.drivers.played_central import PlayedCentral, refusing

WORLD = RealWorld()
ALL = [
    "folder",
    "enrolled",
    "ledger",
    "disk",
    "content",
    "clock",
    "exchange",
    "key",
    "certificates",
    "central",
    "languages",
]


def found(home: Path, name: str, ca_file: str = "") -> DoctorCheck:
    """Run every check and return one."""
    checks = {each.name: each for each in examine(home, ca_file)}
    assert list(checks) == ALL
    assert all(each.found for each in checks.values())
    return checks[name]


def test_a_kiosk_in_order_has_nothing_to_mend(branch: Branch) -> None:
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    branch.hand_in()
    branch.close()
    checks = examine(branch.home)
    central.close()
    assert [each.remedy for each in checks] == [""] * len(ALL)
    assert found(branch.home, "ledger").found == "1 wait to be sent, 1 sealed copies kept"
    assert checks[0].told() == {
        "name": "folder",
        "ok": True,
        "found": str(branch.home),
        "remedy": "",
    }


def test_a_folder_that_is_not_there_yet_is_told_how_to_begin(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "kiosk"
    assert "kiosk enrol" in found(home, "folder").remedy
    assert found(home, "enrolled").found == "K01"
    assert found(home, "ledger").found == "empty"
    assert found(home, "central").found == "K01"
    assert not home.exists()


def test_a_folder_or_a_key_that_others_can_read_is_told(branch: Branch) -> None:
    branch.home.chmod(0o755)
    places.device(branch.home).chmod(0o644)
    assert "chmod 700" in found(branch.home, "folder").remedy
    assert "chmod 600" in found(branch.home, "enrolled").remedy


def test_a_disk_that_fills_up_is_told(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, code in ((499_999_999, "K22"), (19_999_999, "K05")):
        room = shutil.disk_usage(branch.home)._replace(free=free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, room=room: room)
        check = found(branch.home, "disk")
        assert code in check.found
        assert f"{free // 1_000_000} MB" in check.remedy


def test_a_damaged_ledger_is_told_at_once_and_until_it_is_taken_away(branch: Branch) -> None:
    places.ledger(branch.home).write_bytes(b"garbage")
    for _ in range(2):
        check = found(branch.home, "ledger")
        assert "quarantine" in check.remedy


def test_a_ledger_of_a_newer_program_is_told(branch: Branch) -> None:
    places.ledger(branch.home).write_text('{"_kiosk": {"format": 99}}', encoding="utf-8")
    assert "newer version" in found(branch.home, "ledger").remedy


def test_the_running_app_is_asked_what_its_ledger_holds(branch: Branch) -> None:
    branch.hand_in()
    branch.close()
    with branch.ledger() as ledger:
        ledger.set_fact(SHUT_OUT, "the device is revoked")
        published = PublishedContent(branch.home, "ekenas", "Ekenäs bibliotek")
        replies = {DOCTOR: lambda: reply(condition_of(ledger, published, WORLD), WORLD)}
        bell = ControlSocket(places.bell(branch.home), replies)
        running = {each.name: each for each in examine(branch.home)}
        bell.close()
    stopped = {each.name: each for each in examine(branch.home)}
    assert list(running) == ALL
    for name in ("ledger", "exchange"):
        assert running[name] == stopped[name]
    assert running["ledger"].found == "1 wait to be sent, 1 sealed copies kept"
    assert "S03" in running["exchange"].found
    assert not running["exchange"].ok


@pytest.mark.parametrize("replies", [None, {}, {DOCTOR: lambda: {"odd": 1}}])
def test_a_ledger_held_by_what_does_not_answer_is_nothing_well(
    branch: Branch, replies: dict[str, Callable[[], dict[str, Any]]] | None
) -> None:
    with branch.ledger() as ledger:
        ledger.set_fact("seq", 1)
        bell = None if replies is None else ControlSocket(places.bell(branch.home), replies)
        checks = {each.name: each for each in examine(branch.home)}
        if bell:
            bell.close()
    assert f"held by process {os.getpid()}" in checks["ledger"].found
    assert "restart the app" in checks["ledger"].remedy
    assert checks["exchange"].remedy


def test_a_clock_before_the_programs_time_is_told(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "EARLIEST", datetime(2999, 1, 1, tzinfo=UTC))
    assert "clock" in found(branch.home, "clock").remedy


def test_a_clock_that_central_knows_better_is_told(branch: Branch) -> None:
    with branch.ledger() as ledger:
        ledger.hear_time(clock.ServerTime(datetime(2999, 1, 1, tzinfo=UTC), "another boot", 1))
    check = found(branch.home, "clock")
    assert "central has told a later time, 2999-01-01" in check.remedy
    assert "battery" in check.remedy


def test_what_central_refuses_is_told_with_its_remedy(branch: Branch) -> None:
    assert found(branch.home, "exchange").found == "never"
    with branch.ledger() as ledger:
        ledger.append(event(1))
        refused = wire.EventVerdict(event(1).id, wire.Verdict.REFUSED, "too_large")
        told = "2026-11-26T10:31:00+00:00"
        ledger.settle(wire.InboxAnswer("b", "e1", 1, 0, told, verdicts=[refused]))
    check = found(branch.home, "exchange")
    assert "S08" in check.found
    assert "kept here, sealed" in check.remedy
    with branch.ledger() as ledger:
        ledger.set_fact(SHUT_OUT, "a technician has shut this kiosk out")
    check = found(branch.home, "exchange")
    assert check.found == f"{told}; S03; S08"
    assert "enrol again" in check.remedy
    assert "kept here, sealed" in check.remedy


def test_the_age_of_the_key_is_told(branch: Branch) -> None:
    assert "counts from the first exchange" in found(branch.home, "key").found
    for days, fine in ((20, True), (119, True), (121, False)):
        made = (datetime.now(UTC) - timedelta(days=days)).isoformat()
        save_device(branch.home, replace(branch.device, keyed_at=made))
        check = found(branch.home, "key")
        assert (check.found, check.ok) == (f"{days} days old", fine)
    places.device(branch.home).unlink()
    places.device_copy(branch.home).unlink()
    assert found(branch.home, "key").found == "K01"


def test_a_damaged_copy_of_the_identity_is_told(branch: Branch) -> None:
    places.device(branch.home).write_bytes(b"")
    check = found(branch.home, "enrolled")
    assert (check.found, check.ok) == ("K10", False)
    assert str(places.device(branch.home)) in check.remedy


def test_certificates_are_checked(branch: Branch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pem"
    broken.write_text("no certificate", encoding="utf-8")
    for each in (broken, tmp_path / "missing.pem"):
        assert "PEM" in found(branch.home, "certificates", str(each)).remedy


def test_good_certificates_are_named(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.doctor.by_the_system", lambda ca_file: ca_file)
    assert found(branch.home, "certificates", "library.pem").found == "library.pem"


def test_a_central_that_is_away_or_refuses_is_told(branch: Branch) -> None:
    assert found(branch.home, "central").found == "S01"
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    central.plays = [refusing(503, "busy")]
    check = found(branch.home, "central")
    central.close()
    assert (check.found, check.remedy) == ("503 busy", "because busy")


def test_missing_catalogues_are_told(
    branch: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "LOCALE", tmp_path)
    check = found(branch.home, "languages")
    assert check.found == "missing: sv da nb fi"
    assert check.remedy


def test_a_kiosk_that_joined_by_stick_is_well_without_a_network(branch: Branch) -> None:
    branch.move_to("")
    branch.hand_in()
    branch.close()
    checks = examine(branch.home)
    assert [each.name for each in checks if not each.ok] == []
    assert exit_of(checks) is Exit.DONE
    assert "by stick" in {each.name: each for each in checks}["enrolled"].found


def test_a_central_that_is_away_alone_ends_otherwise_than_a_fault_here(branch: Branch) -> None:
    assert exit_of(examine(branch.home)) is Exit.UNREACHABLE
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    central.plays = [refusing(503, "busy")]
    assert exit_of(examine(branch.home)) is Exit.UNREACHABLE
    central.plays = [refusing(400, "odd")]
    assert exit_of(examine(branch.home)) is Exit.STORE
    central.close()
    branch.move_to(NOWHERE)
    branch.home.chmod(0o755)
    assert exit_of(examine(branch.home)) is Exit.STORE
