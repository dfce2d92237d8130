"""The bell: commands reach the running app, or learn that there is none."""

import contextlib
import socket
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.problems import CANNOT_WRITE, Trouble
from kiosk.sync.bell import ControlSocket, ring


def failing() -> dict[str, Any]:
    """Fail as a disk that is gone does."""
    raise OSError(5, "Input/output error")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kiosk.bell"


@pytest.fixture
def bell(path: Path) -> Iterator[ControlSocket]:
    bell = ControlSocket(path, {"sync": lambda: {"sent": 3, "error": ""}, "status": failing})
    yield bell
    bell.close()


@pytest.mark.usefixtures("bell")
def test_a_command_is_answered_by_the_running_app(path: Path) -> None:
    assert ring(path, "sync") == {"sent": 3, "error": ""}
    assert ring(path, "sync") == {"sent": 3, "error": ""}


def test_a_bell_that_cannot_hang_is_told_with_its_place(path: Path) -> None:
    path.mkdir()
    with pytest.raises(Trouble) as caught:
        ControlSocket(path, {})
    assert (caught.value.problem, caught.value.particulars["path"]) == (CANNOT_WRITE, path)


@pytest.mark.usefixtures("bell")
def test_an_unknown_question_is_told_what_can_be_asked(path: Path) -> None:
    assert ring(path, "dance") == {"unknown": "dance", "known": ["status", "sync"]}


def test_a_whole_file_can_be_handed_over(path: Path) -> None:
    heard: list[bytes] = []

    def taking(file: bytes = b"") -> dict[str, Any]:
        heard.append(file)
        return {"many": len(file)}

    bell = ControlSocket(path, {"take": taking})
    file = bytes(range(256)) * 4_000
    assert ring(path, "take", file) == {"many": len(file)}
    assert ring(path, "take") == {"many": 0}
    assert heard == [file, b""]
    bell.close()


def test_a_question_that_breaks_off_or_never_ends_is_not_answered(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []

    def taking(file: bytes = b"") -> dict[str, Any]:
        heard.append(file)
        return {}

    bell = ControlSocket(path, {"take": taking})
    monkeypatch.setattr("kiosk.sync.bell._MOST_BYTES", 100_000)
    for question in (b"take", b"take " + b"A" * 200_000, b"take A\n"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(str(path))
            with contextlib.suppress(OSError):
                line.sendall(question)
                line.shutdown(socket.SHUT_WR)
                assert line.recv(1) == b""
    assert heard == []
    assert ring(path, "take") == {}
    assert heard == [b""]
    bell.close()


@pytest.mark.usefixtures("bell")
def test_an_answer_that_fails_leaves_the_bell_listening(path: Path) -> None:
    assert ring(path, "status") is None
    assert ring(path, "sync") == {"sent": 3, "error": ""}


@pytest.mark.usefixtures("bell")
def test_a_caller_who_says_nothing_does_not_keep_others_out(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as silent:
        silent.connect(str(path))
        silent.close()
    assert ring(path, "sync") is not None


@pytest.mark.usefixtures("bell")
def test_the_socket_is_its_owners_only(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_where_nobody_listens_there_is_no_answer(path: Path) -> None:
    assert ring(path, "sync") is None
    assert ring(path.parent / "gone" / "kiosk.bell", "sync") is None


def test_a_socket_of_a_dead_process_is_silent_and_is_replaced(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
    assert path.exists()
    assert ring(path, "sync") is None
    bell = ControlSocket(path, {"sync": lambda: {"alive": True}})
    assert ring(path, "sync") == {"alive": True}
    bell.close()


def test_closing_takes_the_socket_away(path: Path) -> None:
    bell = ControlSocket(path, {})
    bell.close()
    assert not path.exists()
    assert ring(path, "sync") is None
    bell.close()


def test_an_answer_that_is_no_json_is_no_answer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.sync.bell.json.dumps", lambda _told: "{")
    bell = ControlSocket(path, {"sync": dict})
    assert ring(path, "sync") is None
    bell.close()


def test_a_state_folder_deep_down_has_a_bell_too(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 6)
    deep.mkdir(parents=True)
    assert len(str(deep)) > 150
    bell = ControlSocket(deep / "kiosk.bell", {"sync": lambda: {"sent": 1}})
    assert ring(deep / "kiosk.bell", "sync") == {"sent": 1}
    bell.close()
