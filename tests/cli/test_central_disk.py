"""What a technician reads of a central whose disk is full or closed: that, and no other fault."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.drivers.needed import needed

_CLOSED = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
_FULL = (
    'cp -a "$0" "$0.kept" && mount -t tmpfs -o size=8m tmpfs "$0" && cp -a "$0.kept/." "$0" '
    '&& { cat /dev/zero > "$0/filler" 2>/dev/null || exec "$@"; }'
)


@pytest.mark.parametrize(
    ("shell", "told"), [(_CLOSED, "the disk is read-only"), (_FULL, "the disk is full")]
)
@pytest.mark.parametrize("command", ["check", "init"])
def test_a_full_or_closed_disk_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shell: str, told: str, command: str
) -> None:
    home = tmp_path / "central"
    monkeypatch.setenv("KIOSK_CENTRAL_HOME", str(home))
    central = [sys.executable, "-m", "kiosk.cli", "central"]
    subprocess.run([*central, "init"], check=True, capture_output=True)
    unshare = needed("unshare", "util-linux")
    alone = [unshare, "--mount", "--map-root-user", "sh", "-c", shell, str(home)]
    if subprocess.run([*alone[:-2], "true"], check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    ended = subprocess.run([*alone, *central, command], check=False, capture_output=True, text=True)
    assert ended.returncode == 1
    assert told in ended.stderr
    assert "backup" not in ended.stderr
