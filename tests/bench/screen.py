"""The screen: a keystroke, the opening of every screen, and a thousand visits, beside bare Textual.

KIOSK_BENCH_PARTS picks among them; KIOSK_BENCH_KEYS, KIOSK_BENCH_TURNS and KIOSK_BENCH_VISITS ask
for fewer for a try.
"""

import os

from tests.bench.figure import Figure
from tests.bench.keystroke import keystrokes
from tests.bench.opening import openings
from tests.bench.visits import visits

PARTS = {"keystrokes": keystrokes, "openings": openings, "visits": visits}


def measure() -> list[Figure]:
    """Measure one part after another; all of it takes about an hour and a half."""
    asked = os.environ.get("KIOSK_BENCH_PARTS", " ".join(PARTS)).split()
    return [figure for each in asked for figure in PARTS[each]()]
