"""Letters as central writes them: the particulars looked up, in the visitor's language."""

from dataclasses import replace

from django.utils import timezone

from kiosk.central.notifications.models import Parcel
from kiosk.central.programme.queries import as_workshop
from kiosk.central.seats.models import Registration
from kiosk.central.seats.notifications import still_so
from kiosk.central.submissions.models import Submission
from kiosk.domain.receipt import State
from kiosk.errands import ERRANDS
from kiosk.errands.letters import Letter, LetterOccasion, Particulars, write
from kiosk.errands.occasion import occasion_in_words
from kiosk.i18n import Phrases, phrases

_SILENT = {State.WITHDRAWN, State.ERASED}
"""Who has taken her errand back wants to hear no more of it."""


def letter(parcel: Parcel, submission: Submission) -> Letter | None:
    """Write the letter that *parcel* stands for; None when there is nothing to tell any more."""
    if submission.state in _SILENT:
        return None
    occasion = LetterOccasion(parcel.occasion)
    registration = _registration(submission)
    if registration and not still_so(occasion, registration, timezone.now()):
        return None
    speak = phrases(submission.language)
    told = _particulars(submission, registration, speak)
    page = f"{parcel.tenant.public_url.rstrip('/')}/r/" if parcel.tenant.public_url else ""
    return write(occasion, told, speak, page)


def _registration(submission: Submission) -> Registration | None:
    found = Registration.objects.filter(tenant=submission.tenant_id, pk=submission.pk)
    return found.select_related("workshop__branch").first()


def _particulars(
    submission: Submission, registration: Registration | None, speak: Phrases
) -> Particulars:
    errand = ERRANDS.get(submission.errand)
    told = Particulars(
        library=submission.tenant.name,
        errand=speak.say(errand.title) if errand else submission.errand,
        branch=submission.branch.name,
    )
    if registration is None:
        return told
    row = registration.workshop
    known = occasion_in_words(as_workshop(row), row.branch.name, speak)
    return replace(
        told,
        title=known.what,
        when="; ".join(known.when),
        where=known.where,
        seats=submission.seats,
        place=registration.place,
    )
