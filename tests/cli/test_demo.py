"""`kiosk demo`: one at a time, nobody left behind, everything found again."""

import json
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def command(keep: Path, port: int = 0) -> list[str]:
    """Return the command line of a demonstration kept in *keep*."""
    there = ["--keep", str(keep), "--port", str(port)]
    return [sys.executable, "-m", "kiosk.cli", "demo", "--no-screen", "--json", *there]


@contextmanager
def running(keep: Path, port: int = 0) -> Iterator[tuple["subprocess.Popen[str]", Any]]:
    """Run a demonstration and yield it with what it told."""
    with subprocess.Popen(command(keep, port), cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        try:
            yield demo, json.loads(demo.stdout.readline())
        finally:
            demo.terminate()


def test_a_killed_demonstration_leaves_nobody_and_starts_again(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    keep.mkdir(mode=0o755)
    with running(keep) as (first, told):
        port = int(told["central"].rpartition(":")[2])
        second = subprocess.run(
            command(keep), cwd=ROOT, capture_output=True, text=True, check=False, timeout=30
        )
        assert (second.returncode, json.loads(second.stdout)["error"]) == (5, "K02")
        with socket.create_connection(("127.0.0.1", port)) as line:
            first.send_signal(signal.SIGKILL)
            line.settimeout(20.0)
            assert line.recv(1) == b""
    with running(keep, port) as (_, again):
        assert again == told
    files = [each for each in keep.rglob("*") if each.is_file()]
    assert files
    assert not [each for each in files if stat.S_IMODE(each.stat().st_mode) & 0o077]
