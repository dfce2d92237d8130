"""What visitors can do here: one declaration per errand; `rooms` says where each has its tile."""

from collections.abc import Mapping

from kiosk.domain.errand import Errand
from kiosk.errands.book_tip import BOOK_TIP
from kiosk.errands.fault import FAULT
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.idea import IDEA
from kiosk.errands.join import JOIN
from kiosk.errands.panel import PANEL
from kiosk.errands.partner import PARTNER
from kiosk.errands.questions import QUESTIONS
from kiosk.errands.sign_up import SIGN_UP
from kiosk.errands.volunteer import VOLUNTEER
from kiosk.errands.wish import WISH

ERRANDS: Mapping[str, Errand] = {
    errand.name: errand
    for errand in (
        FEEDBACK,
        SIGN_UP,
        FAULT,
        IDEA,
        WISH,
        BOOK_TIP,
        PANEL,
        PARTNER,
        VOLUNTEER,
        JOIN,
    )
}
"""Every errand by its name."""

NAMED: Mapping[str, Errand] = {**ERRANDS, QUESTIONS.name: QUESTIONS}
"""What a submission can be called, the questions that staff write themselves too."""
