"""A branch that never has a network: real commands, real files, and nothing between but a stick."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.world import RealWorld
from kiosk.sync.enrolment import ask_by_stick
from tests.drivers.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path).set_up()


def there_and_back(library: Library, stick: Path) -> dict[str, Any]:
    """Carry one stick to central and home again; return what the kiosk told."""
    assert library.kiosk("bundle", "write", str(stick / "branch.bundle")).code == 0
    taken = library.kiosk("central", "bundle", str(stick), str(stick), "--json")
    assert taken.code == 0, taken.err
    told = library.kiosk("bundle", "read", str(stick / "branch.answer"), "--json")
    assert told.code == 0, told.err
    read: dict[str, Any] = told.json
    return read


def test_everything_travels_on_a_stick_from_joining_to_erasing(
    library: Library, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    code = library.kiosk("central", "enrol-code", "--branch", "1", "--json").json["code"]
    assert library.kiosk("bundle", "write", str(stick / "new.bundle"), "--code", code).code == 0
    without = library.kiosk("central", "bundle", str(stick), str(stick), "--json")
    assert (without.code, without.json["error"]) == (4, "B08")
    let_in = library.kiosk("central", "bundle", str(stick), str(stick), "--code", code, "--json")
    assert let_in.code == 0, let_in.err
    joined = library.kiosk("bundle", "read", str(stick / "new.answer"), "--code", code, "--json")
    assert joined.json["branch"] == "hamnen"
    other = ask_by_stick(tmp_path / "other", "K7M2Q9XP4R", RealWorld())
    (stick / "other.bundle").write_bytes(other)
    lying_there = library.kiosk("central", "bundle", str(stick), str(stick), "--json")
    assert (lying_there.code, lying_there.json["error"]) == (0, "")
    told = {each["file"]: each for each in lying_there.json["files"]}
    assert told["new.bundle"]["before"]
    assert "--code" in told["other.bundle"]["waits"]

    assert there_and_back(library, stick)["content"] != "unchanged"
    errands = library.kiosk("errands", "--json").json["errands"]
    (sign_up,) = (each for each in errands if each["name"] == "sign-up")
    workshop = sign_up["questions"][0]["choices"][0]["value"]
    seats = {"adults": 1, "children": 0}
    asked = {"workshop": workshop, "seats": seats, "name": "Ada", "consent": True}
    signed = library.hand_in("sign-up", asked)
    praise = library.hand_in("feedback", {"about": "staff", "words": "Tack"})
    secret = library.hand_in("feedback", {"about": "other", "words": "Kvarnhjulsglimt"})
    assert library.kiosk("withdraw", signed).code == 0
    first = there_and_back(library, stick)
    assert (first["sent"], first["pending"]) == (4, 0)
    states = {
        row["answers"].get("words", ""): row["state"] for row in library.exported("--personal")
    }
    assert states == {"": "withdrawn", "Tack": "sent", "Kvarnhjulsglimt": "sent"}

    assert library.kiosk("withdraw", secret, "--erase").code == 0
    assert there_and_back(library, stick)["pending"] == 0
    assert library.kiosk("look-up", praise, "--json").json["state"] == "sent"
    assert library.kiosk("look-up", secret, "--json").json["state"] == "erased"
    assert "Kvarnhjulsglimt" not in json.dumps(library.exported("--personal"))
    again = library.kiosk("bundle", "read", str(stick / "branch.answer"), "--json")
    assert (again.code, again.json["sent"]) == (0, 0)
