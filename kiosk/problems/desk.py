"""Problems at the desk: what was typed, asked for or answered cannot be used."""

from kiosk.phrase import phrase
from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import TRY_STAFF

UNKNOWN_ERRAND = Problem(
    "U01",
    TRY_STAFF,
    "There is no errand called {name!r}. There are: {known}",
    Exit.WRONG_USE,
)
NOT_JSON = Problem(
    "U02",
    TRY_STAFF,
    "{source} is not a JSON object of answers: {why}",
    Exit.WRONG_USE,
)
MISTYPED_CODE = Problem(
    "U03",
    phrase("That is not quite right. Check the code on your receipt, letter by letter."),
    "{code!r} is not a receipt code; a character is wrong, missing or swapped.",
    Exit.WRONG_USE,
)
UNKNOWN_CODE = Problem(
    "U04",
    phrase(
        "We find nothing under that code. If you handed it in at a branch without a network, it "
        "may not have arrived yet."
    ),
    "No receipt with that code is known on this kiosk or at central.",
    Exit.FAILED,
)
MISTAKES = Problem(
    "U05",
    phrase("Some answers need another look."),
    "These answers cannot be handed in: {mistakes}",
    Exit.WRONG_USE,
)
CANNOT_WITHDRAW = Problem(
    "U06",
    phrase("This has already been taken back."),
    "That submission is already {state}.",
    Exit.FAILED,
)
TOO_MANY_GUESSES = Problem(
    "U07",
    phrase("Many codes are tried just now. Please wait a moment and try again."),
    "Many unknown codes were tried here at once. Wait a moment.",
    Exit.FAILED,
)
CANNOT_ASK = Problem(
    "U08",
    phrase(
        "We find nothing under that code at this branch, and the library cannot be reached right "
        "now. Try again later, or where you handed it in."
    ),
    "No receipt with that code is known on this kiosk, and central could not be asked ({why}).",
    Exit.UNREACHABLE,
)
CANNOT_CHECK_IN = Problem(
    "U10",
    phrase("You cannot check in for this here and now."),
    "That sign-up cannot check in ({why}).",
    Exit.FAILED,
)
TOO_LATE = Problem(
    "U09",
    phrase("It is over, so nothing of it can be changed any more."),
    "What that submission signed up for is over.",
    Exit.FAILED,
)
