"""Joining a branch: the key is made here, and the same code may be tried again."""

import dataclasses
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk import places, seal, wire
from kiosk.problems import (
    BAD_ADDRESS,
    BAD_CERTIFICATES,
    CANNOT_JOIN,
    CANNOT_WRITE,
    ENROLMENT_REFUSED,
    LEDGER_HELD,
    NOT_CENTRAL,
    NOT_ENROLLED,
    OTHER_LIBRARY,
    PLAIN_HTTP,
    Problem,
    Trouble,
)
from kiosk.store.device import load_device, save_device
from kiosk.sync.carrier import Carrier
from kiosk.sync.enrolment import join
from tests.drivers.branch import Branch
from tests.drivers.played_central import Heard, Play, PlayedCentral, Reply, refusing, saying
from tests.sync.conftest import save

LIBRARY = seal.new_signing_pair()
SEALING = seal.new_sealing_pair()


def letting_in(central: PlayedCentral, heard: Heard) -> Reply:
    """Let the kiosk in."""
    asked = wire.decode(heard.body, wire.Enrol)
    assert asked.code == "K7M2Q9XP4R"
    enrolled = wire.Enrolled(
        device="d-2",
        tenant="raseborg",
        branch="ekenas",
        branch_name="Ekenäs bibliotek",
        sealing_key=SEALING.public,
        verify_key=LIBRARY.public,
        salt=b"s" * 16,
        public_url="",
        public_key=asked.public_key,
    )
    return central.signed(wire.encode(enrolled), "/sync/1/enrol")


@pytest.fixture
def library(central: PlayedCentral) -> PlayedCentral:
    central.signing_secret = LIBRARY.secret
    central.plays = [letting_in]
    return central


def refused(home: Path, url: str) -> Problem:
    """Try to join, and return the problem."""
    with pytest.raises(Trouble) as caught:
        join(home, url, "K7M2Q9XP4R")
    return caught.value.problem


def test_an_answer_that_let_another_kiosk_in_lets_in_nobody_else(
    tmp_path: Path, library: PlayedCentral
) -> None:
    def again(central: PlayedCentral, heard: Heard) -> Reply:
        """Answer with what another kiosk was told, in every word of central's own."""
        before = dataclasses.replace(heard, body=wire.encode(wire.Enrol("K7M2Q9XP4R", b"k" * 32)))
        return letting_in(central, before)

    library.plays = [again]
    assert refused(tmp_path / "new", library.url) is NOT_CENTRAL


def test_a_kiosk_joins_with_a_code_typed_any_way(tmp_path: Path, library: PlayedCentral) -> None:
    device = join(tmp_path / "new", library.url + "/", "  k7m2q9xp4r ")
    assert load_device(tmp_path / "new") == device
    assert (device.device, device.central) == ("d-2", library.url)
    asked = wire.decode(library.heard[0].body, wire.Enrol)
    assert asked.public_key == seal.public_of(device.secret_key)
    assert not places.offered_key(tmp_path / "new").exists()


def test_when_the_answer_is_lost_the_same_key_is_offered_again(
    tmp_path: Path, library: PlayedCentral
) -> None:
    library.plays = [saying(Reply(502)), letting_in]
    assert refused(tmp_path, library.url) is NOT_CENTRAL
    join(tmp_path, library.url, "K7M2Q9XP4R")
    keys = [wire.decode(each.body, wire.Enrol).public_key for each in library.heard]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("play", "problem"),
    [
        (refusing(403, "bad_code"), ENROLMENT_REFUSED),
        (refusing(429, "too_often"), ENROLMENT_REFUSED),
        (saying(Reply(403, b"<html>")), NOT_CENTRAL),
        (saying(Reply(200, b"<html>")), NOT_CENTRAL),
        (saying(Reply(302, b"", {"Location": "/login"})), NOT_CENTRAL),
        (lambda central, heard: Reply(200, letting_in(central, heard).body), NOT_CENTRAL),
    ],
)
def test_whatever_else_answers_the_kiosk_stays_outside(
    tmp_path: Path, library: PlayedCentral, play: Play, problem: Problem
) -> None:
    library.plays = [play]
    assert refused(tmp_path, library.url) is problem
    with pytest.raises(Trouble) as caught:
        load_device(tmp_path)
    assert caught.value.problem is NOT_ENROLLED


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://library.example", PLAIN_HTTP),
        ("http://127.0.0.1:9", CANNOT_JOIN),
        ("http://localhost:8471x", BAD_ADDRESS),
        ("https://library example", BAD_ADDRESS),
    ],
)
def test_an_address_that_cannot_be_used_is_told(tmp_path: Path, url: str, problem: Problem) -> None:
    assert refused(tmp_path, url) is problem


@pytest.mark.parametrize(
    ("url", "like"),
    [
        ("library.example", "https://library.example"),
        ("library.example:8443/x", "https://library.example:8443"),
        ("localhost:8471", "http://localhost:8471"),
        ("127.0.0.1", "http://127.0.0.1"),
        ("ftp://localhost", "http://localhost"),
        ("ftp://library.example/", "https://library.example"),
        ("file:///etc", "https://library.example"),
        ("https://", "https://library.example"),
        ("", "https://library.example"),
        ("http://[::1", "https://library.example"),
    ],
)
def test_what_is_no_address_is_told_how_one_looks(tmp_path: Path, url: str, like: str) -> None:
    with pytest.raises(Trouble) as caught:
        join(tmp_path / "new", url, "CODE")
    assert (caught.value.problem, caught.value.particulars["like"]) == (BAD_ADDRESS, like)


def test_a_certificate_file_that_is_missing_is_told(branch: Branch, tmp_path: Path) -> None:
    branch.move_to("https://127.0.0.1:9")
    with pytest.raises(Trouble) as caught:
        Carrier(branch.device, str(tmp_path / "missing.pem")).content("")
    assert caught.value.problem is BAD_CERTIFICATES
    assert "no such file" in caught.value.remedy
    with pytest.raises(Trouble) as caught:
        join(tmp_path / "new", "https://127.0.0.1:9", "CODE", str(tmp_path / "missing.pem"))
    assert caught.value.problem is BAD_CERTIFICATES
    (tmp_path / "empty.pem").touch()
    with pytest.raises(Trouble) as caught:
        Carrier(branch.device, str(tmp_path / "empty.pem")).content("")
    assert "no certificate in PEM" in caught.value.remedy


def test_what_waits_goes_out_under_the_new_identity(
    connected: Branch, library: PlayedCentral
) -> None:
    save_device(connected.home, replace(connected.device, sealing_key=SEALING.public))
    save(connected, 1)
    connected.close()
    device = join(connected.home, library.url, "K7M2Q9XP4R")
    assert device.device == "d-2"
    assert [each.id for each in connected.events()] == ["0198c0de-0000-7000-8000-000000000001"]
    assert connected.desk.device.device == "d-2"


def test_at_another_library_what_waits_is_set_apart_at_once(
    connected: Branch, library: PlayedCentral
) -> None:
    handed_in = connected.hand_in()
    connected.close()
    join(connected.home, library.url, "K7M2Q9XP4R")
    with connected.ledger() as ledger:
        assert ledger.pending == 0
        assert [row["id"] for row in ledger.books.apart.all()] == [handed_in.id]
        assert [each.problem for each in ledger.troubles()] == [OTHER_LIBRARY]


def test_while_the_app_runs_no_code_is_used_and_nothing_changed(
    connected: Branch, library: PlayedCentral
) -> None:
    connected.hand_in()
    before = connected.bytes_on_disk()
    assert refused(connected.home, library.url) is LEDGER_HELD
    assert library.heard == []
    assert connected.bytes_on_disk() == before


def test_joining_that_breaks_off_on_the_way_leaves_all_as_it_was(
    connected: Branch, library: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = connected.hand_in()
    connected.close()

    def full(home: Path, device: object) -> None:
        raise Trouble(CANNOT_WRITE, path=home, why="the disk is full")

    monkeypatch.setattr("kiosk.sync.enrolment.save_device", full)
    assert refused(connected.home, library.url) is CANNOT_WRITE
    assert load_device(connected.home).device == connected.device.device
    assert [each.id for each in connected.desk.ledger.unsent()] == [handed_in.id]
    assert connected.desk.ledger.troubles() == []
