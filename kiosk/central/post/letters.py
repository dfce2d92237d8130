"""Letters as central writes them: the particulars looked up, in the visitor's language."""

from dataclasses import replace

from kiosk.central.inbox.models import Submission
from kiosk.central.post.models import Parcel
from kiosk.central.programme.models import Workshop
from kiosk.central.programme.queries import as_workshop
from kiosk.domain.receipt import State
from kiosk.domain.texts import text_for
from kiosk.errands import ERRANDS
from kiosk.errands.letters import Letter, Occasion, Particulars, write
from kiosk.errands.offer import when_in_words
from kiosk.i18n import Phrases, phrases

_SILENT = {State.WITHDRAWN, State.ERASED}
"""Who has taken her errand back wants to hear no more of it."""


def letter(parcel: Parcel, submission: Submission) -> Letter | None:
    """Write the letter that *parcel* stands for; None when there is nothing to tell any more."""
    if submission.state in _SILENT:
        return None
    occasion = Occasion(parcel.occasion)
    speak = phrases(submission.language)
    told = _particulars(submission, speak)
    page = f"{parcel.tenant.public_url.rstrip('/')}/r/" if parcel.tenant.public_url else ""
    return write(occasion, told, speak, page)


def _particulars(submission: Submission, speak: Phrases) -> Particulars:
    errand = ERRANDS.get(submission.errand)
    told = Particulars(
        library=submission.tenant.name,
        errand=speak.say(errand.title) if errand else submission.errand,
        branch=submission.branch.name,
    )
    row = _workshop(submission)
    if row is None:
        return told
    workshop = as_workshop(row, 0)
    return replace(
        told,
        title=text_for(workshop.title, speak.language),
        when=when_in_words(workshop, speak),
        where=", ".join(filter(None, (workshop.place, row.branch.name))),
        seats=submission.seats,
    )


def _workshop(submission: Submission) -> Workshop | None:
    if not submission.workshop_id:
        return None
    found = Workshop.objects.filter(tenant=submission.tenant_id, pk=submission.workshop_id)
    return found.select_related("branch").first()
