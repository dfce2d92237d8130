"""Problems with bundles: what is wrong with the file on a stick."""

from kiosk.problems.problem import Exit, Problem
from kiosk.problems.visitor import SAFE_HERE, TRY_STAFF

NOT_A_BUNDLE = Problem(
    "B01",
    TRY_STAFF,
    "{path} is no bundle ({why}). Nothing was changed. Bundles are written by: kiosk bundle write",
    Exit.WRONG_USE,
)
BUNDLE_DAMAGED = Problem(
    "B02",
    TRY_STAFF,
    "The bundle is torn or damaged ({why}). Nothing was changed and nothing is lost: copy it "
    "again, or write it again where it came from.",
    Exit.FAILED,
)
BUNDLE_FOREIGN = Problem(
    "B03",
    TRY_STAFF,
    "The bundle is not for here: {why}. Nothing was changed. Take it where it belongs.",
    Exit.REFUSED,
)
BUNDLE_WRONG_WAY = Problem(
    "B04",
    TRY_STAFF,
    "This is {found}, and {wanted} is wanted here. Nothing was changed. It is read with: {command}",
    Exit.WRONG_USE,
)
BUNDLE_OLDER = Problem(
    "B05",
    TRY_STAFF,
    "This answer is older than what this kiosk already knows; nothing was changed. What waits "
    "still waits: kiosk bundle write",
    Exit.FAILED,
)
BUNDLE_NEWER = Problem(
    "B06",
    TRY_STAFF,
    "The bundle was written by a newer version ({why}). Nothing was changed; update the program.",
    Exit.FAILED,
)
STICK_FAILED = Problem(
    "B07",
    TRY_STAFF,
    "{path} could not be {done}: {why}. Nothing is lost.",
    Exit.FAILED,
)
JOINING_REFUSED = Problem(
    "B08",
    TRY_STAFF,
    "This kiosk cannot join with that ({why}). Nothing was changed. {remedy}",
    Exit.REFUSED,
)
NO_NETWORK = Problem(
    "B20",
    SAFE_HERE,
    "This kiosk has no network; what waits goes out on a stick. Run: kiosk bundle write FILE",
    Exit.UNREACHABLE,
)
