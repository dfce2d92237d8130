"""The machine's own clock: milliseconds since boot, time asleep included."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.domain.world import RealWorld
from tests.drivers.needed import needed

KIOSKS = "from kiosk.domain.world import RealWorld; print(RealWorld().monotonic_ms())"
VISITORS = "from screens.idle import IdleClock; print(int(IdleClock(90, 30).last * 1000))"
AHEAD_S = 1_000_000


@pytest.mark.parametrize("say", [KIOSKS, VISITORS])
def test_time_in_which_the_machine_slept_counts(say: str) -> None:
    slept = [needed("unshare", "util-linux"), "--time", "--boottime", str(AHEAD_S), "--fork"]
    if subprocess.run([*slept, "true"], check=False, capture_output=True).returncode:
        pytest.skip("clocks of its own are not allowed here")
    told = subprocess.run(
        [*slept, sys.executable, "-c", say],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert int(told.stdout) >= RealWorld().monotonic_ms() + (AHEAD_S - 60) * 1000
