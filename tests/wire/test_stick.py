"""A stick: read within limits, written whole or not at all, and safe to pull out afterwards."""

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from kiosk.problems import NOT_A_BUNDLE, STICK_FAILED, Problem, Trouble
from kiosk.wire.stick import files_beginning, read_file, write_file


def refused(path: Path, most_bytes: int = 100) -> Problem:
    """Return the problem with which reading is refused."""
    with pytest.raises(Trouble) as caught:
        read_file(path, most_bytes)
    assert str(path) in caught.value.remedy
    return caught.value.problem


def test_a_file_is_read_to_its_last_byte(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"x" * 100)
    assert read_file(tmp_path / "a", 100) == b"x" * 100
    assert refused(tmp_path / "a", 99) is NOT_A_BUNDLE


def test_what_is_no_file_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") is NOT_A_BUNDLE
    assert refused(tmp_path) is NOT_A_BUNDLE
    assert refused(Path("/dev/zero")) is NOT_A_BUNDLE
    assert refused(tmp_path / "nothing") is STICK_FAILED
    assert refused(tmp_path / "nothing" / "there") is STICK_FAILED


def test_a_stick_that_is_pulled_out_while_it_is_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(opened: int) -> Any:
        raise OSError(errno.EIO, "Input/output error")

    write_file(tmp_path / "a", b"x")
    with monkeypatch.context() as stick:
        stick.setattr(os, "fstat", gone)
        assert refused(tmp_path / "a") is STICK_FAILED


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_on_a_full_stick_or_one_pulled_out_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, why: int
) -> None:
    path = tmp_path / "kiosk.bundle"
    write_file(path, b"the one before")

    def failing(*_: Any, **__: Any) -> int:
        raise OSError(why, os.strerror(why))

    with monkeypatch.context() as stick:
        stick.setattr(Path if step == "replace" else os, step, failing)
        with pytest.raises(Trouble) as caught:
            write_file(path, b"the new one")
    assert caught.value.problem is STICK_FAILED
    assert os.strerror(why) in caught.value.remedy
    assert path.read_bytes() == b"the one before"
    assert list(tmp_path.iterdir()) == [path]
    write_file(path, b"the new one")
    assert path.read_bytes() == b"the new one"


def test_a_file_system_that_cannot_flush_a_folder_will_do_but_a_broken_one_will_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, why = os.fsync, errno.EINVAL

    def flushing(opened: int) -> None:
        if stat.S_ISDIR(os.fstat(opened).st_mode):
            raise OSError(why, os.strerror(why))
        flush(opened)

    monkeypatch.setattr(os, "fsync", flushing)
    write_file(tmp_path / "a", b"x")
    assert (tmp_path / "a").read_bytes() == b"x"
    why = errno.EIO
    with pytest.raises(Trouble) as caught:
        write_file(tmp_path / "a", b"y")
    assert caught.value.problem is STICK_FAILED


def test_the_name_of_a_folder_is_not_enough_to_write(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        write_file(tmp_path, b"x")
    assert "name a file in it" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("node", [stat.S_IFIFO, stat.S_IFSOCK, stat.S_IFBLK, stat.S_IFCHR])
def test_what_is_no_file_is_never_replaced(tmp_path: Path, node: int) -> None:
    path = tmp_path / "sdz"
    try:
        os.mknod(path, 0o600 | node, os.makedev(240, 0))
    except PermissionError:
        pytest.skip("only root makes devices")
    with pytest.raises(Trouble) as caught:
        write_file(path, b"x")
    assert "name a file on the stick" in caught.value.remedy
    assert stat.S_IFMT(path.lstat().st_mode) == node
    assert list(tmp_path.iterdir()) == [path]


def test_whoever_takes_the_stick_can_read_what_is_on_it(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_file(tmp_path / "a", b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_a_link_that_lies_in_the_way_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "a.new").symlink_to(victim)
    write_file(tmp_path / "a", b"x")
    assert victim.read_bytes() == b"precious"
    assert (tmp_path / "a").read_bytes() == b"x"


def test_the_files_of_a_stick_are_found_by_how_they_begin(tmp_path: Path) -> None:
    for name, body in {"b": b"ab1", "a": b"ab2", "c": b"x", "d": b""}.items():
        (tmp_path / name).write_bytes(body)
    (tmp_path / "folder").mkdir()
    assert [path.name for path in files_beginning(tmp_path, b"ab")] == ["a", "b"]
    with pytest.raises(Trouble) as caught:
        files_beginning(tmp_path / "nothing", b"ab")
    assert caught.value.problem is STICK_FAILED
