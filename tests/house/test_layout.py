"""The layout, the sizes and the words of the house."""

import ast
import re
import statistics
import sys
import threading
import tomllib
from pathlib import Path

import pytest

from tests.house.source import ROOT, functions, modules, parsed, tracked

CODE = modules("kiosk", "screens")
TOP_LEVEL = {
    "pyproject.toml",
    "README.md",
    "kiosk",
    "screens",
    "data",
    "assets",
    "tests",
    "LICENSE",
    "CHANGELOG.md",
}
NOT_NAMES = {"service", "manager", "helper", "utils", "data", "item", "process", "handle"}
RULED_OUTSIDE = {
    "_handle_exception",  # Textual's own, overridden
    "action_suspend_process",  # Textual's own, overridden
    "handle_exit",  # gunicorn's own, overridden
}


def test_the_visible_top_level_is_the_one_agreed() -> None:
    visible = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert {name for name in visible if not name.startswith(".")} <= TOP_LEVEL


def test_no_file_is_longer_than_400_lines_and_half_are_shorter_than_80() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert [str(path) for path, length in lengths.items() if length > 400] == []
    written = [length for length in lengths.values() if length > 2]
    assert statistics.median(written) <= 80


def test_no_function_is_longer_than_40_lines_and_half_are_shorter_than_8() -> None:
    lengths = {
        f"{path.name}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in CODE
        for function in functions(path)
    }
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert statistics.median(lengths.values()) <= 8


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_in_its_first_line_what_it_is(path: Path) -> None:
    text = ast.get_docstring(parsed(path)) if path.stat().st_size else ""
    assert text, f"{path} says nothing"
    assert text.splitlines()[0].endswith("."), text.splitlines()[0]


def test_words_that_say_nothing_name_nothing() -> None:
    named = {
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        for word in re.findall(r"[a-z]+", re.sub(r"([A-Z])", r" \1", node.name).lower())
        if word in NOT_NAMES and node.name not in RULED_OUTSIDE
    }
    assert named == set()


def test_a_broad_except_stands_at_the_borders_only() -> None:
    broad = {
        str(path.relative_to(ROOT))
        for path in CODE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
        and not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    }
    assert broad <= {
        "kiosk/cli/output.py",  # a command
        "kiosk/sync/courier.py",  # one exchange
        "screens/driver.py",  # the app's crash guard
        "kiosk/central/exchange/dispatch.py",  # one visitor's errand among many
        "kiosk/central/exchange/worker.py",  # a thread that must not end
        "kiosk/central/run/scheduler.py",  # likewise
        "kiosk/central/platform/alone.py",  # one thing among many
        "kiosk/central/letters/delivery.py",  # one parcel among many
    }


def test_every_version_is_locked_with_its_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for lock, wanted in {
        "branch.lock": project["dependencies"],
        "run.lock": project["dependencies"] + extras["central"],
        "test.lock": project["dependencies"] + extras["central"] + extras["test"],
    }.items():
        text = (ROOT / "assets" / "deploy" / lock).read_text(encoding="utf-8")
        locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))
        names = {re.split(r"[<>=\[]", each)[0].lower() for each in wanted} - {"meroppet-kiosk"}
        assert names <= locked.keys(), lock
        assert text.count("==") <= text.count("--hash=sha256:")


def test_no_file_knows_a_machine_or_a_registry() -> None:
    private = re.compile(rb"/w[o]rk/|/r[o]ot/|://(pypi|files\.pyth|registry\.|deb\.)")
    known = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if private.search(line)
    ]
    assert known == []


def test_a_test_that_covers_nothing_guarded_is_not_traced_in_any_thread() -> None:
    tracing = [sys.gettrace()]
    thread = threading.Thread(target=lambda: tracing.append(sys.gettrace()))
    thread.start()
    thread.join()
    by = [type(each).__module__ for each in tracing]
    assert [each for each in by if each.startswith("coverage")] == []
