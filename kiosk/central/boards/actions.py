"""Writes about the boards: what staff publish, and what visitors say of it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from kiosk.central.boards.counting import counted, counted_tip
from kiosk.central.boards.models import Joining, Publication, Support
from kiosk.central.platform import typed
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.errand import Kind
from kiosk.domain.posting import Board
from kiosk.errands import ERRANDS

_TOLD = ("board", "stage", "published")
"""What the record keeps of a change; never a text."""


@transaction.atomic
def add(tenant: Tenant, staff: Staff | None, values: Mapping[str, Any]) -> Publication:
    """Make a publication of what staff wrote, shown or not."""
    made = Publication(tenant=tenant, made_at=timezone.now(), **values)
    _date(made)
    made.save()
    next_change(tenant)
    record(staff, "published" if made.published else "drafted", made, **_facts(made))
    return made


@transaction.atomic
def change(
    publication: Publication, staff: Staff, values: Mapping[str, Any], seen: int
) -> Publication:
    """Write what staff changed, who had *seen* it at that version. Raises Overtaken.

    Kiosks show the new words, or nothing any more, after their next contact.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=publication.tenant_id)
    current = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    typed.must_have_seen(seen, current.version)
    before = _facts(current)
    for name, value in values.items():
        setattr(current, name, value)
    _date(current)
    current.version += 1
    current.save()
    next_change(current.tenant)
    record(staff, _verb(before, current), current, **_facts(current))
    return current


def take_down_erased(tenant: Tenant, submission_id: UUID) -> None:
    """Take down what was made from an erased submission, and keep no word of it.

    Call inside the transaction of the erasure, before the submission is deleted.
    """
    for gone in Submission.objects.filter(tenant=tenant, pk=submission_id):
        counted_tip(gone)
    made = Publication.objects.filter(tenant=tenant, submission=submission_id)
    for each in made:
        record(None, "erased", each)
    emptied = {"title": {}, "text": {}, "reason": {}, "nickname": ""}
    if made.update(published=False, rating=0, stage="", submission=None, **emptied):
        next_change(tenant)


def take_down(submission: Submission) -> None:
    """Take down what was made from a submission that its visitor has taken back.

    Call inside the transaction of its event. The words stay with staff until it is erased.
    """
    counted_tip(submission)
    made = Publication.objects.filter(submission=submission, published=True)
    for each in made:
        record(None, "taken down", each, **_facts(each) | {"published": False})
    if made.update(published=False, version=F("version") + 1):
        next_change(submission.tenant)


def support(said: Support, idea: UUID) -> bool:
    """Count one "me too" of *idea*; the same event again is the same one.

    Return False where there is no such idea. Call inside the transaction of its event.
    """
    about = Publication.objects.filter(tenant=said.tenant, pk=idea, board=Board.IDEA).first()
    if about is None:
        return False
    if not Support.objects.filter(pk=said.pk).exists():
        said.publication = about
        said.save(force_insert=True)
        if about.published:
            counted(said.tenant)
    return True


def received(submission: Submission) -> None:
    """Note which idea a submission wants to join, or count what its book tip reports.

    Call inside the transaction that saves it; that the idea is there has been checked.
    """
    counted_tip(submission)
    errand = ERRANDS.get(submission.errand)
    for question in errand.questions if errand else ():
        if question.kind is Kind.IDEA and submission.answers.get(question.name):
            Joining.objects.create(
                submission=submission,
                tenant_id=submission.tenant_id,
                publication_id=UUID(submission.answers[question.name]),
            )


def _date(publication: Publication) -> None:
    """Date what is published for the first time."""
    if publication.published and publication.posted_on is None:
        publication.posted_on = timezone.localdate()


def _facts(publication: Publication) -> dict[str, Any]:
    return {name: getattr(publication, name) for name in _TOLD}


def _verb(before: Mapping[str, Any], now: Publication) -> str:
    """Name the change for the record."""
    if before["published"] != now.published:
        return "published" if now.published else "taken down"
    return "moved on" if before["stage"] != now.stage else "edited"
