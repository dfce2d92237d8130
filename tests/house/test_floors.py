"""The floors: imports go down, and what is heavy comes late."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, modules

HEAVY = {"textual", "rich", "tinydb", "django", "qrcode", "nacl", "urllib3", "babel"}
STANDARD_ONLY = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in modules("kiosk")
    if path.relative_to(ROOT).parts[1] in {"domain", "places.py", "problems", "phrase.py"}
)


def loaded_by(statement: str) -> set[str]:
    """Return the top-level names of the modules that *statement* loads in a fresh interpreter."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout)}


def test_imports_go_down_only() -> None:
    beside_python = Path(sys.executable).with_name("lint-imports")  # nobody need activate anything
    linted = subprocess.run(
        [beside_python, "--no-cache"], cwd=ROOT, capture_output=True, check=False
    )
    assert linted.returncode == 0, linted.stdout.decode()


def test_the_command_line_starts_light() -> None:
    assert loaded_by("import kiosk.cli") & HEAVY == set()


def test_the_lowest_floor_needs_the_standard_library_only() -> None:
    loaded = loaded_by("import " + ", ".join(STANDARD_ONLY))
    foreign = loaded - set(sys.stdlib_module_names) - {"kiosk", "__main__"}
    assert {name for name in foreign if not name.startswith(("_", "sitecustomize"))} == set()


@pytest.mark.parametrize("module", ["kiosk.desk", "kiosk.sync.courier", "kiosk.store.ledger"])
def test_nothing_below_the_screens_brings_in_textual_or_django(module: str) -> None:
    assert loaded_by(f"import {module}") & {"textual", "django"} == set()


def test_central_starts_without_the_kiosk() -> None:
    assert loaded_by("import kiosk.central.platform.settings") & {"textual", "tinydb"} == set()
