"""The commands at the branch: exit codes, messages, and one JSON object for scripts."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from kiosk import places, wire
from kiosk.cli import branch as branch_commands
from kiosk.cli import demo, kiosk, library
from kiosk.domain.workshop import Workshop
from kiosk.errands import ERRANDS
from kiosk.i18n import phrases
from kiosk.problems import CATALOGUE, Exit
from kiosk.store.durable import write_durably
from kiosk.store.ledger import Ledger
from kiosk.sync.bell import ControlSocket
from tests.desk.test_correcting import PARTY
from tests.drivers.branch import PRAISE, Branch
from tests.drivers.played_central import PlayedCentral, refusing, saying
from tests.drivers.played_central import Reply as Said
from tests.drivers.published import CONTENT, KNITTING

assert demo
assert library


@dataclass(frozen=True)
class Technician:
    """Runs commands on one kiosk."""

    branch: Branch
    folder: Path

    def runs(self, *arguments: str, given: str | bytes | None = None) -> "click.testing.Result":
        """Run a command on this kiosk."""
        return CliRunner().invoke(kiosk, ["--home", str(self.branch.home), *arguments], input=given)

    def told(self, *arguments: str, given: str | None = None) -> Any:
        """Run a command that succeeds, and return its one JSON object."""
        result = self.runs(*arguments, "--json", given=given)
        assert result.exit_code == 0, result.output
        assert result.stdout.count("\n") == 1
        return json.loads(result.stdout)

    def refused(self, code: Exit, *arguments: str, given: str | bytes | None = None) -> Any:
        """Run a command that fails with *code*, and return its one JSON object."""
        result = self.runs(*arguments, "--json", given=given)
        assert result.exit_code == code, (result.output, result.exception)
        assert isinstance(result.exception, SystemExit)
        told = json.loads(result.stdout)
        if "remedy" in told:
            remedy = told["remedy"].encode("utf-8", "backslashreplace").decode()
            assert f"kiosk: {told['error']}: {remedy}" in result.stderr
        return told

    def waiting(self) -> int:
        """Count what the ledger holds for central."""
        ledger = Ledger(places.ledger(self.branch.home))
        try:
            return ledger.pending
        finally:
            ledger.close()


@pytest.fixture
def technician(branch: Branch, tmp_path: Path) -> Technician:
    return Technician(branch, tmp_path)


@pytest.fixture
def central(branch: Branch) -> Iterator[PlayedCentral]:
    central = PlayedCentral(branch.signing.secret)
    branch.move_to(central.url)
    yield central
    central.close()


def all_commands(group: click.Group, *above: str) -> Iterator[tuple[str, ...]]:
    """Name every command below *group*."""
    for name, each in group.commands.items():
        yield (*above, name)
        if isinstance(each, click.Group):
            yield from all_commands(each, *above, name)


@pytest.mark.parametrize("path", [(), *all_commands(kiosk)], ids=" ".join)
def test_every_commands_help_has_an_example_and_a_sentence(path: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        result = CliRunner().invoke(kiosk, [*path, flag])
        assert result.exit_code == 0
        example = re.search(r"Example:\s+(.*kiosk.*)", result.output)
        assert example
        assert not path or path[-1] in " ".join(result.output.split("Example:")[1].split())
        assert re.search(r"\n  [A-Z][^.]*\.", result.output)


def test_the_commands_of_the_contract_are_there() -> None:
    assert {"demo", "run", "enrol", "errands", "hand-in", "look-up", "withdraw", "sync"} <= set(
        kiosk.commands
    )
    assert {"status", "doctor", "central"} <= set(kiosk.commands)
    assert CliRunner().invoke(kiosk, ["--version"]).output.startswith("kiosk, version ")


def test_an_errand_is_handed_in_looked_up_taken_back_and_erased(technician: Technician) -> None:
    receipt = technician.told("hand-in", "feedback", "-", given=json.dumps(PRAISE))
    assert set(receipt) == {"id", "code", "state", "saved_ms"}
    assert receipt["state"] == "saved"
    found = technician.told("look-up", receipt["code"])
    assert set(found) == {"state", "answers", "history"}
    assert (found["state"], found["answers"]) == ("saved", [])
    assert [step["state"] for step in found["history"]] == ["saved"]
    assert technician.told("withdraw", receipt["code"].lower()) == {"state": "withdrawn"}
    assert technician.told("withdraw", receipt["code"], "--erase") == {"state": "erased"}
    gone = technician.refused(Exit.FAILED, "withdraw", receipt["code"])
    assert gone["error"] == "U06"


def test_a_sign_up_is_looked_up_with_what_it_is_for_and_that_it_is_cancelled(
    technician: Technician,
) -> None:
    soon = datetime.now(UTC).replace(hour=18, minute=0, second=0, microsecond=0, tzinfo=None)
    coming = replace(KNITTING, starts=soon + timedelta(days=7), ends=None)
    publish(technician, coming)
    code = technician.told("hand-in", "sign-up", "-", given=json.dumps(PARTY))["code"]
    found = technician.told("look-up", code)
    assert (found["workshop"]["title"], found["workshop"]["cancelled"]) == (KNITTING.title, False)
    assert found["seat"]["workshop"] == KNITTING.id
    assert phrases("en").day(coming.starts) in technician.runs("look-up", code).output
    publish(technician, replace(coming, cancelled=True))
    assert technician.told("look-up", code)["workshop"]["cancelled"]
    assert "It will not take place." in technician.runs("look-up", code).output


def publish(technician: Technician, *programme: Workshop) -> None:
    """Let the kiosk show another programme."""
    content = wire.encode_content(replace(CONTENT, programme=programme))
    write_durably(places.content(technician.branch.home), content)


def test_answers_come_from_a_file_too_and_people_get_sentences(technician: Technician) -> None:
    answers = technician.folder / "answers.json"
    answers.write_text(json.dumps(PRAISE), encoding="utf-8")
    result = technician.runs("hand-in", "feedback", str(answers), "--language", "da")
    assert result.exit_code == 0
    code = re.search(r"Receipt: (\S{4}-\S{4}-\S{4})", result.output)
    assert code
    assert technician.runs("look-up", code[1]).output == "feedback: saved\n"
    assert technician.runs("withdraw", code[1]).output == "It is now withdrawn.\n"
    missing = technician.runs("hand-in", "feedback", str(technician.folder / "gone.json"))
    assert missing.exit_code == Exit.WRONG_USE


def test_missing_and_wrong_answers_are_named_question_by_question(technician: Technician) -> None:
    answers = {"seats": {"adults": 9}, "name": 5, "shoe_size": 42, "guardian": "Left behind"}
    told = technician.refused(Exit.WRONG_USE, "hand-in", "sign-up", "-", given=json.dumps(answers))
    assert told["mistakes"] == {
        "workshop": "required",
        "seats": "too_many",
        "name": "wrong_type",
        "consent": "required",
        "shoe_size": "unknown_question",
        "guardian": "not_asked",
    }
    people = technician.runs("hand-in", "sign-up", "-", given=json.dumps(answers))
    assert people.stdout == ""
    assert "seats: too_many" in people.stderr
    assert technician.waiting() == 0


def test_an_unknown_errand_is_told_what_there_is(technician: Technician) -> None:
    told = technician.refused(Exit.WRONG_USE, "hand-in", "praise", "-", given="{}")
    assert told["error"] == "U01"
    assert ", ".join(ERRANDS) in told["remedy"]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        '"words"',
        "null",
        "5",
        "[" * 100_000,
        b'{"about": "\xff"}',
        "9" * 5_000,
    ],
    ids=range(9),
)
def test_broken_json_and_what_is_no_object_are_told(
    technician: Technician, given: str | bytes
) -> None:
    told = technician.refused(Exit.WRONG_USE, "hand-in", "feedback", "-", given=given)
    assert told["error"] == "U02"
    assert technician.waiting() == 0


def test_a_question_named_by_half_a_sign_is_a_mistake_like_any_other(
    technician: Technician,
) -> None:
    given = '{"about": "hours", "\\ud800": 1}'
    told = technician.refused(Exit.WRONG_USE, "hand-in", "feedback", "-", given=given)
    assert list(told["mistakes"].values()) == ["unknown_question"]


@pytest.mark.parametrize("command", ["look-up", "withdraw"])
def test_a_wrong_and_an_unknown_code_are_told_apart(technician: Technician, command: str) -> None:
    wrong = technician.refused(Exit.WRONG_USE, command, "0000-0000-0001")
    assert wrong["error"] == "U03"
    unknown = technician.refused(Exit.UNREACHABLE, command, "0000-0000-0000")
    assert unknown["error"] == "U08"


@pytest.mark.parametrize(
    "arguments",
    [
        ("hand-in", "feedback", "-"),
        ("look-up", "000000000000"),
        ("withdraw", "000000000000"),
        ("sync",),
        ("status",),
        ("run",),
    ],
    ids=lambda each: each[0],
)
def test_a_kiosk_that_belongs_to_no_library_says_how_to_join_one(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    result = CliRunner().invoke(
        kiosk, ["--home", str(tmp_path / "new"), *arguments, "--json"], input=json.dumps(PRAISE)
    )
    assert result.exit_code == Exit.STORE
    assert json.loads(result.stdout)["error"] == "K01"
    assert "kiosk enrol URL CODE" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("hand-in", "feedback", "-"), ("look-up", "000000000000"), ("sync",)],
    ids=lambda each: each[0],
)
def test_a_ledger_that_another_program_holds_is_told(
    technician: Technician, arguments: tuple[str, ...]
) -> None:
    ledger = Ledger(places.ledger(technician.branch.home))
    told = technician.refused(Exit.STORE, *arguments, given=json.dumps(PRAISE))
    ledger.close()
    assert told["error"] == "K02"
    assert str(os.getpid()) in told["remedy"]


def test_a_full_disk_is_told_before_and_at_the_end(
    technician: Technician, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("hand-in", "feedback", "-")
    given = json.dumps(PRAISE)
    with monkeypatch.context() as disk:
        disk.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(9, 9, 0))
        assert technician.refused(Exit.STORE, *arguments, given=given)["error"] == "K05"

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        told = technician.refused(Exit.STORE, *arguments, given=given)
    assert "No space left on device" in told["remedy"]
    assert technician.waiting() == 0
    assert technician.told(*arguments, given=given)["state"] == "saved"


def test_a_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for home in (tmp_path / "file", tmp_path / "file" / "kiosk"):
        result = CliRunner().invoke(kiosk, ["status", "--json"], env={"KIOSK_HOME": str(home)})
        assert result.exit_code == Exit.STORE
        assert json.loads(result.stdout)["error"] == "K05"


def test_a_wrong_setting_is_wrong_use(technician: Technician) -> None:
    places.settings(technician.branch.home).write_text('theme = "dark"', encoding="utf-8")
    assert technician.refused(Exit.WRONG_USE, "status")["error"] == "K07"


def test_central_down_loses_nothing(technician: Technician) -> None:
    technician.told("hand-in", "feedback", "-", given=json.dumps(PRAISE))
    told = technician.refused(Exit.UNREACHABLE, "sync")
    assert (told["error"], told["pending"], told["sent"]) == ("S01", 1, 0)
    assert technician.waiting() == 1
    people = technician.runs("sync")
    assert people.exit_code == Exit.UNREACHABLE
    assert "Nothing is lost" in people.stderr


def test_a_sync_brings_everything_and_says_so(
    technician: Technician, central: PlayedCentral
) -> None:
    receipt = technician.told("hand-in", "feedback", "-", given=json.dumps(PRAISE))
    told = technician.told("sync")
    assert (told["sent"], told["stored"], told["pending"], told["error"]) == (1, 1, 0, "")
    assert list(central.stored) == [receipt["id"]]
    assert "Sent 0, waiting 0" in technician.runs("sync").output
    assert technician.told("look-up", receipt["code"])["state"] == "sent"


@pytest.mark.parametrize(
    ("play", "code", "error"),
    [
        (saying(Said(200, b"<html>")), Exit.UNREACHABLE, "S02"),
        (refusing(403, "revoked"), Exit.REFUSED, "S03"),
        (refusing(500, "broken"), Exit.REFUSED, "broken"),
    ],
)
def test_a_sync_that_fails_says_why_with_its_exit_code(
    technician: Technician, central: PlayedCentral, play: Any, code: Exit, error: str
) -> None:
    central.plays = [play]
    assert technician.refused(code, "sync")["error"] == error


def test_a_sync_on_a_full_disk_is_the_stores_trouble(
    technician: Technician, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    technician.told("hand-in", "feedback", "-", given=json.dumps(PRAISE))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        assert technician.refused(Exit.STORE, "sync")["error"] == "K05"
    assert technician.waiting() == 1


def test_commands_ask_the_running_app(technician: Technician) -> None:
    ledger = Ledger(places.ledger(technician.branch.home))
    heard = {"sent": 2, "pending": 0, "content": "unchanged", "error": ""}
    bell = ControlSocket(
        places.bell(technician.branch.home),
        {"sync": lambda: heard | {"remedy": ""}, "status": lambda: {"pending": 7}},
    )
    assert technician.told("sync") == heard
    assert technician.told("status") == {"pending": 7}
    bell.close()
    ledger.close()


def test_the_status_is_told_to_scripts_and_to_people(technician: Technician) -> None:
    told = technician.told("status")
    assert set(told) >= {"device", "branch", "pending", "unsafe", "oldest_pending_s"}
    assert set(told) >= {"last_exchange", "room", "content", "versions", "faults"}
    people = technician.runs("status")
    assert people.exit_code == 0
    assert "ekenas" in people.output
    assert "waiting to be sent" in people.output
    assert not set("{}[]") & set(people.output)


def test_the_errands_are_listed_with_every_question(technician: Technician) -> None:
    listed = technician.told("errands", "--language", "en")["errands"]
    assert [each["name"] for each in listed] == list(ERRANDS)
    question = listed[1]["questions"][0]
    assert set(question) >= {"name", "kind", "required", "personal", "choices"}
    people = technician.runs("errands", "--language", "en")
    assert people.exit_code == 0
    assert "wants_answer" in people.output
    assert technician.runs("errands", "--language", "tlh").exit_code == Exit.WRONG_USE


def test_enrolling_over_plain_http_far_away_is_refused(technician: Technician) -> None:
    told = technician.refused(Exit.WRONG_USE, "enrol", "http://library.example", "K7M2Q9XP4R")
    assert told["error"] == "S05"


def test_the_home_of_a_command_wins_over_the_groups(technician: Technician, tmp_path: Path) -> None:
    other = Branch(tmp_path / "other")
    result = technician.runs("status", "--home", str(other.home), "--json")
    assert result.exit_code == 0
    technician.refused(Exit.STORE, "status", "--home", str(tmp_path / "nowhere"))


def test_the_doctor_ends_with_the_stores_code_when_something_is_to_mend(
    technician: Technician, central: PlayedCentral
) -> None:
    assert all(check["ok"] for check in technician.told("doctor")["checks"])
    well = technician.runs("doctor")
    assert (well.exit_code, "ok" in well.output) == (0, True)
    technician.branch.home.chmod(0o755)
    checks = technician.refused(Exit.STORE, "doctor")["checks"]
    assert [check["name"] for check in checks if not check["ok"]] == ["folder"]
    assert set(checks[0]) == {"name", "ok", "found", "remedy"}
    assert technician.runs("doctor").exit_code == Exit.STORE


def test_every_trouble_ends_with_an_exit_code_of_the_contract() -> None:
    assert {problem.exit for problem in CATALOGUE.values()} <= set(Exit)
    assert branch_commands.__doc__
