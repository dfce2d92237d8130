"""Every command in every trouble: no traceback, an exit code of the contract, and what to do."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest

from kiosk.cli import branch as branch_commands
from kiosk.cli import bundle, demo, kiosk, ledger, library, safekeeping, simulate
from kiosk.problems import CATALOGUE, CRASHED, EXTRA_MISSING, Exit
from tests.drivers.branch import PRAISE, Branch
from tests.drivers.commands import Case, Ended, run

assert all((branch_commands, bundle, demo, ledger, library, safekeeping, simulate))

SAMPLES = {
    "demo": ["--no-screen", "--keep", "{out}/demo", "--port", "0"],
    "enrol": ["http://127.0.0.1:9", "K7M2Q9XP4R"],
    "hand-in": ["feedback", "-"],
    "look-up": ["0000-0000-0000"],
    "withdraw": ["0000-0000-0000"],
    "bundle write": ["{out}/kiosk.bundle"],
    "bundle read": ["{file}"],
    "ledger export": ["{out}/copy.json"],
    "central serve": ["--port", "0"],
    "central worker": ["--once"],
    "central enrol-code": ["--branch", "1"],
    "central export": ["submissions"],
    "central bundle": ["{file}", "{out}/kiosk.answer"],
    "central backup": ["{out}/central.backup"],
    "central restore": ["{file}"],
    "central erase": ["0198c0de-0000-7000-8000-000000000001"],
    "central move": ["postgresql://kiosk:secret@127.0.0.1:9/kiosk"],
    "central simulate": ["--kiosks", "1", "--submissions", "1"],
}
"""What each command is given; the others want nothing."""

STAYS = {"demo", "central serve"}
"""They do not end by themselves where they work."""


@dataclass(frozen=True)
class Place:
    """Where commands run, and what they are given."""

    folder: Path
    homes: Path
    """`kiosk` and `central` in it are the state folders."""
    out: Path
    """The folder that they are to write into."""
    file: Path
    """What they are to read."""


def names(group: click.Group = kiosk, *above: str) -> Iterator[str]:
    """Name every command that does something."""
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from names(each, *above, name)
        else:
            yield " ".join((*above, name))


@pytest.fixture(scope="module")
def working(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give state folders of a kiosk with an errand and a central, both in order."""
    homes = tmp_path_factory.mktemp("working")
    branch = Branch(homes / "kiosk")
    branch.hand_in()
    branch.close()
    (ended,) = run([Case(["central", "init"], {"KIOSK_CENTRAL_HOME": str(homes / "central")})])
    assert ended.code == 0, ended.err
    return homes


@pytest.fixture
def place(tmp_path: Path, working: Path) -> Iterator[Place]:
    """Give a copy of the state folders in order, an empty folder, and a file of no kind."""
    shutil.copytree(working, tmp_path / "homes")
    (tmp_path / "out").mkdir()
    (tmp_path / "odd").write_bytes(b"nothing of ours")
    yield Place(tmp_path, tmp_path / "homes", tmp_path / "out", tmp_path / "odd")
    for each in [tmp_path, *tmp_path.rglob("*")]:
        if each.is_dir() and not each.is_symlink():
            each.chmod(0o700)


def case(place: Place, name: str) -> Case:
    """Say how one command is run there."""
    slots = {"out": place.out, "file": place.file}
    given = [each.format(**slots) for each in SAMPLES.get(name, [])]
    homes = {
        "KIOSK_HOME": str(place.homes / "kiosk"),
        "KIOSK_CENTRAL_HOME": str(place.homes / "central"),
    }
    return Case([*name.split(), *given, "--json"], homes, json.dumps(PRAISE))


def nothing_there(place: Place) -> Place:
    return replace(place, homes=place.folder / "new")


def a_file_in_the_way(place: Place) -> Place:
    return replace(place, homes=place.file, out=place.file)


def no_rights(place: Place) -> Place:
    for each in ("kiosk", "central"):
        (place.homes / each).chmod(0)
    place.out.chmod(0)
    place.file.chmod(0)
    return place


def read_only(place: Place) -> Place:
    for each in (place.out, *place.homes.rglob("*")):
        each.chmod(0o500 if each.is_dir() else 0o400)
    return place


def none_may_be_made(place: Place) -> Place:
    closed = place.folder / "closed"
    closed.mkdir(mode=0o500)
    return replace(place, homes=closed, out=closed / "deep")


def wrong_kind(place: Place) -> Place:
    return replace(place, file=place.out, out=place.folder / "not" / "there")


def there_already(place: Place) -> Place:
    for given in SAMPLES.values():
        for each in given:
            if each.startswith("{out}"):
                Path(each.format(out=place.out)).write_text("kept", encoding="utf-8")
    return place


def folders_in_the_way(place: Place) -> Place:
    for folder, files in (
        ("kiosk", ["device.json", "content.json", "kiosk.json", "kiosk.log", "kiosk.toml"]),
        ("central", ["central.sqlite3", "central.toml", "secret.key", "erasures.log"]),
    ):
        for each in files:
            (place.homes / folder / each).unlink(missing_ok=True)
            (place.homes / folder / each).mkdir()
    return place


def garbage(place: Place) -> Place:
    for each in place.homes.rglob("*"):
        if each.is_file():
            each.write_bytes(b"\xff\xfegarbage\0" * 50)
    return place


Spoil = Callable[[Place], Place]
TROUBLES: dict[str, tuple[Spoil, dict[str, object]]] = {
    "nothing there": (nothing_there, {}),
    "a file in the way": (a_file_in_the_way, {}),
    "no rights": (no_rights, {"rights": False}),
    "read only": (read_only, {"rights": False}),
    "none may be made": (none_may_be_made, {"rights": False}),
    "wrong kind": (wrong_kind, {}),
    "there already": (there_already, {}),
    "folders in the way": (folders_in_the_way, {}),
    "garbage": (garbage, {}),
    "no extra": (lambda place: place, {"without": ["django"]}),
    "standard input closed": (lambda place: place, {"given": None}),
    "no room": (lambda place: place, {"largest_bytes": 4096}),
    "full output": (lambda place: place, {"output": "/dev/full"}),
}
CLOSED = {
    "a file in the way",
    "no rights",
    "read only",
    "none may be made",
    "no extra",
}
"""Troubles in which nothing can be served."""


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_command_says_what_is_wrong_and_what_to_do(place: Place, trouble: str) -> None:
    spoil, how = TROUBLES[trouble]
    spoilt = spoil(place)
    tried = [each for each in names() if trouble in CLOSED or each not in STAYS]
    cases = [replace(case(spoilt, each), **how) for each in tried]  # type: ignore[arg-type]
    ended = run(cases)
    wrong = {
        name: (each.code, each.out[-300:], each.err[-600:])
        for name, each in zip(tried, ended, strict=True)
        if not is_well_told(each, heard=trouble != "full output")
    }
    assert wrong == {}
    if trouble == "no extra":
        missed = [name for name, each in zip(tried, ended, strict=True) if "C03" in each.err]
        assert set(missed) == {each for each in tried if each.startswith("central")} | {"demo"}
        assert EXTRA_MISSING.exit == Exit.FAILED
    if trouble == "there already":
        kept = [each for each in place.out.iterdir() if each.read_bytes() == b"kept"]
        assert {each.name for each in kept} >= {"copy.json"}


def is_well_told(ended: Ended, *, heard: bool) -> bool:
    """Tell whether a command is done, or names its trouble in words and in one JSON object."""
    if "Traceback" in ended.err or ended.code not in set(Exit):
        return False
    reporting = {Exit.DONE, Exit.FAILED, Exit.STORE, Exit.UNREACHABLE}
    if ended.code in reporting and _is_report(ended):
        return True
    told = [line for line in ended.err.splitlines() if line.startswith("kiosk: ")]
    if not told:
        return ended.code == Exit.WRONG_USE and "Usage:" in ended.err
    code, _, remedy = told[-1].removeprefix("kiosk: ").partition(": ")
    if code == CRASHED.code or code not in CATALOGUE or not remedy:
        return False
    if not heard or "What this command writes to" in remedy:
        return True
    return json.loads(ended.out)["error"] in {code, ""}


def _is_report(ended: Ended) -> bool:
    """Tell whether it is one object that reports, as that of `doctor` and `ledger check`."""
    try:
        return "error" not in json.loads(ended.out) or not ended.code
    except ValueError:
        return ended.code == Exit.DONE


def test_what_central_is_told_fits_what_keeps_it_from_serving(place: Place) -> None:
    central = place.homes / "central"
    database, settings = central / "central.sqlite3", central / "central.toml"
    there = case(place, "central check").environment

    def told(*arguments: str, rights: bool = True) -> str:
        (ended,) = run([Case(["central", *arguments, "--json"], there, rights=rights)])
        assert is_well_told(ended, heard=True), ended
        return str(json.loads(ended.out).get("error", ""))

    first = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text(encoding="ascii"))
    if first > 1:
        assert told("serve", "--port", "1", rights=False) == "C20"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert told("serve", "--port", str(taken.getsockname()[1])) == "C04"
    database.rename(database.with_name(database.name + ".moved"))
    assert [told("check"), told("init")] == ["C22", "C22"]
    database.with_name(database.name + ".moved").unlink()
    assert [told("check"), told("init")] == ["C23", "C23"]
    assert not settings.exists()
    shutil.rmtree(central)
    assert [told("check"), told("init"), told("check")] == ["C01", "", ""]
