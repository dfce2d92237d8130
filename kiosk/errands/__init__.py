"""What visitors can do here: one declaration per errand, listed in the order of the home screen."""

from collections.abc import Mapping

from kiosk.domain.errand import Errand
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.join import JOIN
from kiosk.errands.sign_up import SIGN_UP
from kiosk.errands.volunteer import VOLUNTEER

ERRANDS: Mapping[str, Errand] = {
    errand.name: errand
    for errand in (
        FEEDBACK,
        SIGN_UP,
        VOLUNTEER,
        JOIN,
    )
}
"""Every errand by its name."""
