"""Traps of the screen toolkit that each froze or leaked once; none of them in our code."""

import ast
import re

from tests.house.source import ROOT, modules, parsed, tracked

SCREENS = modules("screens")
_DEADLOCKS = {"pop_screen", "switch_screen", "dismiss", "switch_mode"}


def test_no_screen_awaits_its_own_end() -> None:
    waits = [
        f"{path.name}:{node.lineno}"
        for path in SCREENS
        if path.name not in {"app.py", "wipe.py"}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Await)
        and isinstance(node.value, ast.Call)
        and getattr(node.value.func, "attr", "") in _DEADLOCKS
    ]
    assert waits == []


def test_widgets_are_imported_one_by_one() -> None:
    stars = [
        str(path)
        for path in SCREENS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names)
    ]
    assert stars == []


def test_no_screen_is_kept_between_two_visitors() -> None:
    kept = [
        path.name
        for path in SCREENS
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if getattr(target, "id", "") in {"SCREENS", "MODES", "DEFAULT_CSS", "CSS"}
    ]
    assert kept == []


def test_styles_name_colours_only_as_tokens() -> None:
    styles = [path for path in tracked() if path.suffix == ".tcss"]
    assert styles
    literal = [
        f"{path.name}: {line.strip()}"
        for path in styles
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"#[0-9a-fA-F]{3,8}\b(?!.*\{)|rgb\(|: *ansi_", line)
    ]
    assert literal == []


def test_the_app_stays_small() -> None:
    app = ROOT / "screens" / "app.py"
    assert len(app.read_text(encoding="utf-8").splitlines()) <= 130
