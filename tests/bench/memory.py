"""Memory: the app at a question of its feedback form, beside a browser that shows the same form.

The proportional share of all processes of each, once it has settled. What draws either on glass,
a terminal emulator or an X server, is counted on neither side.
"""

from statistics import median

from kiosk.errands.feedback import FEEDBACK
from tests.bench.browser import chromium
from tests.bench.figure import Figure
from tests.bench.resident import settled_share_mib
from tests.bench.shown import begin_feedback, resting_kiosk

TURNS = 3
MOST = 0.25


def measure() -> list[Figure]:
    """Show the form in both, in turn; takes about half a minute."""
    ours, theirs = [], []
    for _ in range(TURNS):
        with resting_kiosk() as terminal:
            begin_feedback(terminal)
            ours.append(settled_share_mib(terminal.process_id))
        with chromium(FEEDBACK) as process_id:
            theirs.append(settled_share_mib(process_id))
    against = "Chromium in kiosk mode"
    return [Figure("memory at a question", median(ours), "MiB", against, median(theirs), MOST)]
