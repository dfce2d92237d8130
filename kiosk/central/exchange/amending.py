"""A correction that arrives from a kiosk: checked as strictly as what it corrects, then kept."""

from datetime import datetime

from kiosk import wire
from kiosk.central.exchange.parsing import Brought, LibraryKeys, NotUnderstood, moment_of
from kiosk.central.programme.models import Workshop
from kiosk.central.seats.queries import over
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Correction, Submission
from kiosk.domain import correction as domain
from kiosk.errands import ERRANDS


def arrived(
    library: LibraryKeys, submission: Submission, brought: Brought, contents: wire.Contents
) -> bool:
    """Keep a correction; tell whether fewer people come than before. Raises Held."""
    errand = ERRANDS.get(submission.errand)
    made = domain.Amendment(contents.anew, contents.answers)
    if not made.anew or not set(made.answers) <= set(made.anew):
        raise NotUnderstood("unreadable")
    wrong = domain.wrong_in(errand, made) if errand else {}
    if wrong:
        told = [
            f"{name} {wrong[name].reason}" for name in wrong if errand and errand.question(name)
        ]
        raise NotUnderstood("answers: " + (", ".join(sorted(told)) or "unknown_question"))
    captured_at = moment_of(brought, library).at
    if _too_late(submission, captured_at):
        raise NotUnderstood("too_late")
    row = Correction(
        id=brought.id,
        anew=list(made.anew),
        answers=made.answers,
        captured_at=captured_at,
        at=brought.at,
    )
    return actions.correct(submission, row, errand, brought.at)


def _too_late(submission: Submission, captured_at: datetime) -> bool:
    """Tell whether what she signed up for was over by then."""
    if not submission.workshop_id:
        return False
    workshop = Workshop.objects.filter(pk=submission.workshop_id).first()
    return workshop is not None and over(workshop) <= captured_at
