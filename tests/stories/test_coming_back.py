"""A kiosk that was shut out comes back under another name, and nothing is lost or doubled."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers.library import Library

FEEDBACK = {"mood": 4, "about": "hours", "words": "Längre öppet på söndagar, tack!"}

REVOKE = """
from kiosk.central.run.operations.ready import prepare
prepare()
from kiosk.central.platform import tenancy
from kiosk.central.devices import actions
from kiosk.central.devices.models import Device
with tenancy.everywhere():
    for device in Device.objects.all():
        actions.revoke(device)
"""


def shut_out(library: Library) -> None:
    """Revoke every kiosk, as a technician does on the page of the kiosks."""
    subprocess.run([sys.executable, "-c", REVOKE], env=library.environment, check=True)


def test_a_kiosk_that_is_let_in_again_brings_everything_once(library: Library) -> None:
    codes = [library.hand_in("feedback", FEEDBACK)]
    library.kiosk("sync")
    shut_out(library)
    codes.append(library.hand_in("feedback", FEEDBACK))
    refused = library.kiosk("sync", "--json")
    assert (refused.code, refused.json["error"], refused.json["pending"]) == (4, "S03", 1)
    assert "enrol" in refused.err
    status = library.kiosk("status", "--json").json
    assert [each["code"] for each in status["faults"]] == ["S03"]
    assert "kept" in status["faults"][0]["remedy"]

    library.enrol()
    assert library.kiosk("status", "--json").json["faults"] == []
    codes.append(library.hand_in("feedback", FEEDBACK))
    assert library.kiosk("sync", "--json").json["pending"] == 0
    assert len(library.exported()) == 3
    assert [library.kiosk("look-up", each, "--json").json["state"] for each in codes] == [
        "sent"
    ] * 3


@pytest.mark.slow
def test_a_receipt_is_good_at_every_branch_while_there_is_contact(
    library: Library, tmp_path: Path
) -> None:
    code = library.hand_in("feedback", FEEDBACK)
    other = str(tmp_path / "other")
    joined = library.kiosk("central", "enrol-code", "--branch", "2", "--json").json["code"]
    assert library.kiosk("--home", other, "enrol", library.url, joined).code == 0
    before = library.kiosk("--home", other, "look-up", code, "--json")
    assert (before.code, before.json["error"]) == (1, "U04")
    library.kiosk("sync")
    assert library.kiosk("--home", other, "look-up", code, "--json").json["state"] == "sent"
    left = library.kiosk("--home", other, "withdraw", code, "--json")
    assert left.json == {"state": "withdrawn"}
    assert library.kiosk("--home", other, "sync", "--json").json["stored"] == 1
    assert [row["state"] for row in library.exported()] == ["withdrawn"]
    library.kiosk("sync")
    assert library.kiosk("look-up", code, "--json").json["state"] == "withdrawn"
    library.stop()
    away = library.kiosk("--home", other, "look-up", code, "--json")
    assert (away.code, away.json["error"]) == (3, "U08")
