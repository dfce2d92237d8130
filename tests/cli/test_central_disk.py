"""What a technician reads of a central whose disk is full or closed: that, and no other fault."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers import postgres
from tests.drivers.needed import needed

_CLOSED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
_FULL = (
    'cp -a "$0" "$0.kept" && mount -t tmpfs -o size=8m tmpfs "$0" && cp -a "$0.kept/." "$0" '
    '&& { cat /dev/zero > "$0/filler" 2>/dev/null || exec "$@"; }'
)
_SMALL = 'mount -t tmpfs -o size=400k tmpfs "$0" && exec "$@"'
_CENTRAL = [sys.executable, "-m", "kiosk.cli", "central"]


@pytest.mark.parametrize(
    ("shell", "told"), [(_CLOSED, "the disk is read-only"), (_FULL, "the disk is full")]
)
@pytest.mark.parametrize("command", ["check", "init"])
def test_a_full_or_closed_disk_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, told: str, command: str
) -> None:
    home = _set_up(tmp_path, monkeypatch)
    said = _said(shell, home, command)
    assert told in said
    assert "backup" not in said


@pytest.mark.parametrize("on_postgresql", [False, True], ids=["sqlite", "postgresql"])
def test_a_disk_too_small_for_a_backups_trial_is_told_with_what_it_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, on_postgresql: bool
) -> None:
    if on_postgresql:
        server = postgres.shared()
        monkeypatch.setenv("KIOSK_CENTRAL_DATABASE", server.url(server.empty()))
    _set_up(tmp_path, monkeypatch)
    small = tmp_path / "small"
    small.mkdir()
    said = _said(_SMALL, small, "backup", str(small / "night"))
    assert "the trial: database or disk is full; make room on that disk" in said
    (takes,) = re.findall(r"takes (\d+) MB", said)
    assert int(takes) in (range(8, 30) if on_postgresql else range(1, 4))


def _set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Set central up; return its state folder."""
    home = tmp_path / "central"
    monkeypatch.setenv("KIOSK_CENTRAL_HOME", str(home))
    subprocess.run([*_CENTRAL, "init"], check=True, capture_output=True)
    return home


def _said(shell: str, folder: Path, *words: str) -> str:
    """Run a command that fails once *shell* has put a disk where *folder* is; return its words."""
    unshare = needed("unshare", "util-linux")
    alone = [unshare, "--mount", "--map-root-user", "sh", "-c", shell, str(folder)]
    if subprocess.run([*alone[:-2], "true"], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    command = [*alone, *_CENTRAL, *words]
    ended = subprocess.run(command, check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    return ended.stderr
