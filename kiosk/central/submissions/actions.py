"""Writes: what arrives, what its visitor does with it, and what staff do."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kiosk.central.notifications import actions as post
from kiosk.central.submissions.disclosure import added_words_are_matter, matter
from kiosk.central.submissions.models import Addition, Answer, Correction, Step, Submission
from kiosk.central.submissions.queries import versions
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.correction import party
from kiosk.domain.errand import Answers, Errand
from kiosk.domain.receipt import State
from kiosk.domain.text import searchable
from kiosk.errands.letters import LetterOccasion


class TakenBack(Exception):
    """The visitor has withdrawn it, so there is nobody to answer."""


class ErasedMeanwhile(Exception):
    """It was erased while somebody was looking at it."""


def receive(tenant: Tenant, arrived: Sequence[Submission]) -> None:
    """Save submissions that have just arrived; call inside the transaction of their events."""
    change = next_change(tenant, many=len(arrived), content=False) - len(arrived)
    for number, each in enumerate(arrived, start=change + 1):
        each.state, each.state_at, each.change = State.SENT, each.received_at, number
        each.searchable = _searchable(each.answers)
        each.searchable_matter = _searchable(matter(each.errand, each.answers))
    Submission.objects.bulk_create(arrived)
    Step.objects.bulk_create(
        Step(submission=each, state=State.SENT, at=each.received_at) for each in arrived
    )
    post.announce_all(arrived, "submission.received")


def withdraw(submission: Submission, at: datetime) -> bool:
    """Note that its visitor took it back; once is enough. Return whether this was the first time.

    Call inside the transaction of its event.
    """
    current = _current(submission)
    if current.state == State.WITHDRAWN:
        return False
    _reach(current, State.WITHDRAWN, at)
    record(None, "withdrawn by visitor", current)
    return True


def add(submission: Submission, addition_id: UUID, text: str, at: datetime) -> None:
    """Keep what its visitor wrote afterwards, and let staff read it anew; once is enough.

    Nothing is added to what was taken back. Call inside the transaction of its event.
    """
    current = _current(submission)
    if current.state == State.WITHDRAWN:
        return
    _added, new = Addition.objects.get_or_create(
        pk=addition_id, defaults={"submission": current, "text": text, "at": at}
    )
    if new:
        current.searchable = f"{current.searchable}\n{searchable(text)}"
        if added_words_are_matter(current.errand):
            current.searchable_matter = f"{current.searchable_matter}\n{searchable(text)}"
        current.save(update_fields=["searchable", "searchable_matter"])
        _reach(current, State.SENT, at)
        record(None, "added to by visitor", current)


def correct(
    submission: Submission, correction: Correction, errand: Errand | None, at: datetime
) -> bool:
    """Put answers given anew in the place of the old, which are kept; once is enough.

    Whichever correction arrives first: the one made last counts, question by question. Nothing is
    corrected of what was taken back. Return whether the party has become smaller. Call inside the
    transaction of its event.
    """
    current = _current(submission)
    if current.state == State.WITHDRAWN or current.corrections.filter(pk=correction.pk).exists():
        return False
    if current.first_answers is None:
        current.first_answers = current.answers
    correction.submission = current
    correction.save(force_insert=True)
    *_earlier, current.answers = versions(current, errand)
    told = matter(current.errand, correction.answers)
    current.searchable = f"{current.searchable}\n{_searchable(correction.answers)}"
    current.searchable_matter = f"{current.searchable_matter}\n{_searchable(told)}"
    before = current.seats
    if errand and before:
        current.seats = min(before, party(errand, current.answers))
    submission.answers, submission.seats = current.answers, current.seats
    current.save(
        update_fields=["first_answers", "answers", "searchable", "searchable_matter", "seats"]
    )
    _reach(current, State.SENT, at)
    record(None, "corrected by visitor", current, questions=list(correction.anew))
    return current.seats < before


def erase(tenant: Tenant, submission_id: UUID) -> None:
    """Delete a submission with its answers and steps; the record keeps that it happened."""
    submission = Submission.objects.filter(tenant=tenant, pk=submission_id).first()
    if submission:
        record(None, "erased", submission)
        post.forget(tenant, submission_id)
        post.announce(submission, "submission.erased")
        submission.delete()


def tell_again(tenant: Tenant, submission_ids: Sequence[UUID]) -> None:
    """Let kiosks hear again of these submissions: more than their state has changed."""
    if not submission_ids:
        return
    last = next_change(tenant, len(submission_ids), content=False)
    for change, identity in enumerate(submission_ids, last - len(submission_ids) + 1):
        Submission.objects.filter(pk=identity).update(change=change)


@transaction.atomic
def open_for_reading(submission: Submission, staff: Staff) -> Submission:
    """Note that somebody at the library has opened it; return it as it now is. Raises Gone."""
    current = _current(submission)
    if current.state == State.SENT:
        _reach(current, State.READ, timezone.now())
        record(staff, "opened", current)
    return current


@transaction.atomic
def answer(submission: Submission, staff: Staff, text: str, signed: str = "") -> Answer:
    """Answer the visitor. The same words by the same person again are the same answer.

    Raises TakenBack or Gone.
    """
    current = _current(submission)
    if current.state == State.WITHDRAWN:
        raise TakenBack
    latest = current.answers_given.order_by("at", "id").last()
    if latest and (latest.text, latest.signed, latest.by_id) == (text, signed, staff.pk):
        return latest
    now = timezone.now()
    given = Answer.objects.create(submission=current, text=text, signed=signed, at=now, by=staff)
    _reach(current, State.ANSWERED, now)
    post.write(current, LetterOccasion.ANSWERED, once=str(given.pk))
    record(staff, "answered", current, answer=str(given.pk))
    return given


def _searchable(answers: Answers) -> str:
    """Write the texts in *answers* as they are searched."""
    return searchable("\n".join(_texts(dict(answers))))


def _texts(answer: Any) -> Iterator[str]:
    """Yield every text in an answer, however deep."""
    match answer:
        case str():
            yield answer
        case list():
            for each in answer:
                yield from _texts(each)
        case dict():
            for each in answer.values():
                yield from _texts(each)


def _current(submission: Submission) -> Submission:
    """Lock a submission for writing, its library first: the order in which everybody locks.

    Raises Gone.
    """
    Tenant.objects.select_for_update(no_key=True).get(pk=submission.tenant_id)
    current = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
    if current is None:
        raise ErasedMeanwhile
    return current


def _reach(submission: Submission, state: State, at: datetime) -> None:
    """Move on to *state*, so that kiosks are told."""
    submission.state = state
    submission.state_at = at
    submission.change = next_change(submission.tenant, content=False)
    submission.save(update_fields=["state", "state_at", "change"])
    Step.objects.create(submission=submission, state=state, at=at)
    post.announce(submission, f"submission.{state.value}", once=str(submission.change))
