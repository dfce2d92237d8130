"""Problems of the program as it runs: it stopped, or has nothing to draw on."""

from kiosk.phrase import phrase
from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import TRY_STAFF

CRASHED = Problem(
    "X01",
    phrase("Something went wrong. The screen starts again in a moment."),
    "The program stopped unexpectedly: {why}",
    Exit.FAILED,
)
NO_TERMINAL = Problem(
    "X02",
    TRY_STAFF,
    "The visitor's app needs a terminal to draw on and keys to listen to. Start it on one; to run "
    "the demonstration without it: kiosk demo --no-screen",
    Exit.WRONG_USE,
)
SYSTEM_SAID_NO = Problem(
    "X20",
    TRY_STAFF,
    "{path}: {why}. What was not confirmed is not done.",
    Exit.FAILED,
)
