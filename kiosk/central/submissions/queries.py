"""Reads about what was handed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from kiosk import seal, wire
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain import submission as domain
from kiosk.domain.correction import Amendment, corrected
from kiosk.domain.errand import Answers, Errand
from kiosk.domain.text import sought


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of submissions is narrowed to; empty words narrow nothing."""

    errand: str = ""
    """Name of the errand."""
    branch: str = ""
    """Key of the branch."""
    state: str = ""
    """One of `kiosk.domain.receipt.State`."""
    language: str = ""
    """In which the visitor used the kiosk."""
    text: str = ""
    """Words somewhere in the answers; each must be there, whatever the case."""


def submissions(
    branches: Iterable[Branch], named: Iterable[Branch], wanted: Wanted
) -> QuerySet[Submission]:
    """Select what was handed in at *branches*, newest first; at *named* names are searched too."""
    found = Submission.objects.filter(branch__in=branches).select_related("branch")
    exactly = {
        "errand": wanted.errand,
        "branch__key": wanted.branch,
        "state": wanted.state,
        "language": wanted.language,
    }
    found = found.filter(**{field: value for field, value in exactly.items() if value})
    for word in sought(wanted.text):
        everywhere = Q(searchable_matter__contains=word)
        found = found.filter(everywhere | Q(branch__in=named, searchable__contains=word))
    return found


def states_after(branch_pk: UUID, change: int, most: int) -> list[wire.ReceiptState]:
    """List the changes of state at a branch after number *change*, oldest first."""
    changed = (
        Submission.objects.filter(branch=branch_pk, change__gt=change)
        .order_by("change")
        .select_related("registration")
        .defer("answers", "first_answers", "searchable", "searchable_matter")
        .prefetch_related("answers_given")[:most]
    )
    return [as_told(each) for each in changed]


def as_told(submission: Submission) -> wire.ReceiptState:
    """Return how far a submission has come, as kiosks are told."""
    key = bytes(submission.receipt_key)
    return wire.ReceiptState(
        locator=submission.locator,
        state=submission.state,
        at=submission.state_at.isoformat(timespec="seconds"),
        change=submission.change,
        id=str(submission.pk),
        errand=submission.errand,
        answers=tuple(seal.lock(key, wire.encode_padded(each)) for each in answers(submission)),
        seat=seat(submission),
        mark=mark_of(submission),
    )


def seat(submission: Submission) -> wire.Seat | None:
    """Return what has become of a sign-up; None for what is none."""
    registration = getattr(submission, "registration", None)
    if registration is None:
        return None
    return wire.Seat(
        standing=registration.standing,
        why=registration.why,
        place=registration.place,
        seats=submission.seats,
        workshop=submission.workshop_id,
        at=registration.at.isoformat(timespec="seconds"),
    )


def versions(submission: Submission, errand: Errand | None) -> list[Answers]:
    """List what was handed in, and how it read after each of its corrections, oldest first."""
    first = submission.answers if submission.first_answers is None else submission.first_answers
    made = (Amendment(tuple(e.anew), e.answers) for e in submission.corrections.all())
    return list(corrected(errand, first, made))


def answers(submission: Submission) -> list[domain.Answer]:
    """List what the library answered, oldest first."""
    given = submission.answers_given.all()
    return [domain.Answer(each.text, each.at, each.signed) for each in given]


def at_receipt(tenant: Tenant, locator: str, mark: bytes) -> Submission | None:
    """Return the submission that a receipt's code leads to, or None.

    *mark* is `kiosk.wire.receipt_mark`: somebody with a copy of a kiosk may have handed in
    something else under her locator. Without one, from an older kiosk, the first counts.
    """
    found = Submission.objects.filter(tenant=tenant, locator=locator).order_by("received_at", "id")
    return next((each for each in found if not mark or mark == mark_of(each)), None)


def mark_of(submission: Submission) -> bytes:
    """Return by what a submission is known as that of its receipt."""
    return wire.receipt_mark(submission.locator, bytes(submission.receipt_key))
