"""What the house tests look at: the project's own files."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

from pathspec import GitIgnoreSpec

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def tracked() -> list[Path]:
    """List every file that belongs to the project: all that `.gitignore` does not name.

    Without asking git, which neither a bare machine nor an unpacked archive has.
    """
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = GitIgnoreSpec.from_lines([".git", *lines])
    return sorted(_walked(ROOT, ignored))


def _walked(folder: Path, ignored: GitIgnoreSpec) -> Iterator[Path]:
    for path in folder.iterdir():
        within = path.relative_to(ROOT).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not ignored.match_file(f"{within}/"):
                yield from _walked(path, ignored)
        elif not ignored.match_file(within):
            yield path


def modules(*folders: str) -> list[Path]:
    """List the Python files in *folders*, leaving out migrations."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    ]


@functools.cache
def parsed(path: Path) -> ast.Module:
    """Parse one file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Walk the functions and methods of one file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
