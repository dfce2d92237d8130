"""Catalogue of what can go wrong: what the visitor reads, what the technician does.

A new problem is one row in the file it belongs to; it is found here by that. The first letter of
a code names the file: K this kiosk, S the exchange, B sticks, U the desk, X the program,
C central, R and M safekeeping.
"""

from kiosk.problems.central import *
from kiosk.problems.desk import *
from kiosk.problems.exchange import *
from kiosk.problems.failed import cannot_read as cannot_read
from kiosk.problems.failed import cannot_write as cannot_write
from kiosk.problems.failed import meaning as meaning
from kiosk.problems.problem import Exit as Exit
from kiosk.problems.problem import Problem as Problem
from kiosk.problems.problem import Trouble as Trouble
from kiosk.problems.program import *
from kiosk.problems.safekeeping import *
from kiosk.problems.sticks import *
from kiosk.problems.this_kiosk import *

_LETTERS = "KSBUXCRM"
"""In the order of the handbook's table: what happens at the kiosk first."""

CATALOGUE: dict[str, Problem] = {
    each.code: each
    for each in sorted(
        (found for found in globals().values() if isinstance(found, Problem)),
        key=lambda found: (_LETTERS.index(found.code[0]), found.code),
    )
}
"""Every problem by its code."""
