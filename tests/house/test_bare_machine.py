"""The tests need no more of a machine than the README names."""

import ast
import subprocess
from pathlib import Path

import pytest

from tests.drivers.postgres import copied_programs
from tests.house.source import modules, parsed


@pytest.mark.parametrize("program", ["initdb", "postgres", "pg_ctl"])
def test_a_copy_of_postgresql_has_its_libraries_beside_it(tmp_path: Path, program: str) -> None:
    where = copied_programs(tmp_path)
    shown = subprocess.run([where / program, "--version"], capture_output=True, check=False)
    assert shown.returncode == 0, shown.stderr.decode()
    linked = subprocess.run(["ldd", where / program], capture_output=True, check=True, text=True)
    assert str(tmp_path) in linked.stdout or "libpq" not in linked.stdout, linked.stdout


def test_neither_the_program_nor_its_tests_need_git() -> None:
    named = [
        str(path)
        for path in modules("kiosk", "screens", "tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.List | ast.Tuple) and node.elts
        if isinstance(node.elts[0], ast.Constant) and node.elts[0].value == "git"
    ]
    assert named == []
