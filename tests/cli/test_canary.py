"""No command tells what a visitor wrote, whatever it is asked and however it fails."""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk import places
from kiosk.cli import branch as branch_commands
from kiosk.cli import bundle, kiosk, ledger
from kiosk.errands import ERRANDS
from kiosk.store.durable import write_durably
from tests.drivers.answering import full_answers
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING

assert branch_commands, (bundle, ledger)

CANARY = "Kanariefågel"
NOW = BEGINNING.replace(tzinfo=None)


@pytest.fixture
def held(branch: Branch) -> Branch:
    """Give a kiosk at which she has handed in every errand, her words in each question."""
    for errand in ERRANDS.values():
        branch.hand_in(errand, sung(full_answers(errand, CONTENT, NOW)))
    branch.close()
    return branch


def sung(answers: Mapping[str, object]) -> dict[str, object]:
    return {
        name: f"{CANARY} {answer}" if str(answer).startswith("Svaret") else answer
        for name, answer in answers.items()
    }


def commands(folder: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every command of a kiosk with what is typed into it."""
    yield ("status",), ""
    yield ("doctor",), ""
    yield ("sync",), ""
    yield ("errands",), ""
    yield ("look-up", CANARY), ""
    yield ("withdraw", CANARY, "--erase"), ""
    yield ("ledger", "check"), ""
    yield ("ledger", "repair"), ""
    yield ("ledger", "export", str(folder / "export.json")), ""
    yield ("bundle", "write", str(folder / "stick.bundle")), ""
    yield ("bundle", "read", str(folder / "stick.bundle")), ""
    for odd in (f'{{"words": "{CANARY}', f'["{CANARY}"]', CANARY):
        yield ("hand-in", "feedback", "-"), odd
    for answers in (
        {"about": CANARY},
        {"about": "staff", "words": CANARY * 999},
        {"about": "staff", "words": f"{CANARY} 811218-9876"},
        {"about": "staff", "words": {CANARY: [CANARY]}},
    ):
        yield ("hand-in", "feedback", "-"), json.dumps(answers)


@pytest.mark.parametrize("broken", ["", "ledger", "device", "content"])
@pytest.mark.parametrize("as_json", [False, True])
def test_nothing_she_wrote_is_told_by_any_command(
    held: Branch, tmp_path: Path, broken: str, as_json: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    spoilt = {
        "ledger": places.ledger(held.home),
        "device": places.device(held.home),
        "content": places.content(held.home),
    }
    if broken:
        write_durably(spoilt[broken], json.dumps({CANARY: {"1": CANARY}}).encode())
    for arguments, typed in commands(tmp_path):
        command = ["--home", str(held.home), *arguments, *(["--json"] if as_json else [])]
        result = CliRunner().invoke(kiosk, command, input=typed)
        named_itself = arguments[0] in {"look-up", "withdraw"}
        for told in (result.stdout, result.stderr):
            assert named_itself or CANARY not in told, (arguments, told)
        assert isinstance(result.exception, SystemExit | None), arguments
