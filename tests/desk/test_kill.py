"""A process that is killed in the middle of its work: every receipt it printed is there."""

import subprocess
import sys
from pathlib import Path

from tests.drivers.branch import Branch

HAND_IN_FOR_EVER = """
import itertools, sys
from pathlib import Path
from kiosk import seal
seal._OPERATIONS, seal._MEMORY_BYTES = 1, 8192  # so that more saves fit in a second
from kiosk.desk import Desk
from kiosk.domain.world import RealWorld
from kiosk.errands.feedback import FEEDBACK
desk = Desk(Path(sys.argv[1]), RealWorld())
for number in itertools.count():
    receipt = desk.hand_in(desk.begin(FEEDBACK), {"about": "other", "words": str(number)}, "sv")
    print(receipt.id, flush=True)
"""


def test_kill_nine_in_a_loop_of_hand_ins_loses_no_receipt_that_was_printed(
    branch: Branch,
) -> None:
    printed: list[str] = []
    for receipts in (1, 7, 30):
        with subprocess.Popen(
            [sys.executable, "-c", HAND_IN_FOR_EVER, str(branch.home)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        ) as visitor:
            assert visitor.stdout
            printed += [visitor.stdout.readline().strip() for _ in range(receipts)]
            visitor.kill()
            printed += visitor.stdout.read().split()
    saved = [event.id for event in branch.events()]
    whole = [each for each in printed if len(each) == 36]
    assert len(whole) >= 38
    assert set(whole) <= set(saved)
    assert len(saved) <= len(whole) + 3
    assert [event.seq for event in branch.events()] == list(range(1, len(saved) + 1))
    assert branch.desk.ledger.quarantined is None
