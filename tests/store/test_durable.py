"""Files that are whole or not there, whatever the disk does."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.store.durable import write_durably

Break = Callable[[str, int], None]
"""Make one step of a write fail, with this error number."""

STEPS = ("open", "write", "flush", "rename", "flush folder")


@pytest.fixture
def break_at(monkeypatch: pytest.MonkeyPatch) -> Break:
    """Give a disk that fails at one step of a write, every time, until the test ends."""

    def at(step: str, number: int) -> None:
        real_open, real_fdopen, real_fsync = os.open, os.fdopen, os.fsync

        def fail(*_: Any, **__: Any) -> Any:
            raise OSError(number, os.strerror(number))

        def opened(path: Any, *args: Any) -> int:
            return fail() if str(path).endswith(".new") else real_open(path, *args)

        def unwritable(*args: Any) -> Any:
            file = real_fdopen(args[0], args[1], buffering=0)
            os.write(file.fileno(), b"torn")
            file.close()
            fail()

        def flushed(number: int) -> None:
            folder = stat.S_ISDIR(os.fstat(number).st_mode)
            fail() if folder is (step == "flush folder") else real_fsync(number)

        match step:
            case "open":
                monkeypatch.setattr(os, "open", opened)
            case "write":
                monkeypatch.setattr(os, "fdopen", unwritable)
            case "rename":
                monkeypatch.setattr(Path, "replace", fail)
            case _:
                monkeypatch.setattr(os, "fsync", flushed)

    return at


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("step", STEPS)
def test_a_disk_that_fails_at_any_step_leaves_a_whole_file_and_says_so(
    tmp_path: Path, break_at: Break, step: str, number: int
) -> None:
    path = tmp_path / "kept.json"
    write_durably(path, b"old")
    break_at(step, number)
    with pytest.raises(Trouble) as caught:
        write_durably(path, b"new")
    assert caught.value.problem is CANNOT_WRITE
    assert os.strerror(number) in caught.value.remedy
    assert path.read_bytes() == (b"new" if step == "flush folder" else b"old")
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]


def test_a_written_file_is_whole_and_its_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "kept.json"
    before = os.umask(0)
    try:
        write_durably(path, b"x" * 100_000)
    finally:
        os.umask(before)
    assert path.read_bytes() == b"x" * 100_000
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_a_killed_write_left_behind_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.json.new").write_bytes(b"half of something much longer")
    write_durably(tmp_path / "kept.json", b"whole")
    assert [each.name for each in tmp_path.iterdir()] == ["kept.json"]
    assert (tmp_path / "kept.json").read_bytes() == b"whole"


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        write_durably(tmp_path / "gone" / "kept.json", b"new")
    assert caught.value.problem is CANNOT_WRITE


def test_the_order_is_write_flush_rename_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    real_fsync, real_replace = os.fsync, Path.replace

    def flushed(number: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        if steps[-1] == "file":
            assert (tmp_path / "kept.json.new").read_bytes() == b"new"
        real_fsync(number)

    def renamed(self: Path, target: Path) -> Path:
        steps.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", renamed)
    write_durably(tmp_path / "kept.json", b"new")
    assert steps == ["file", "rename", "folder"]
