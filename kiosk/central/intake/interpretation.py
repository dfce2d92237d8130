"""What an event means: understood at once, or held with the reason until somebody looks."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import DataError, IntegrityError, transaction

from kiosk import seal, wire
from kiosk.central.branches import keys
from kiosk.central.branches.models import Branch, Device, Tenant
from kiosk.central.inbox import actions as inbox
from kiosk.central.inbox.models import Submission
from kiosk.central.intake import erasure
from kiosk.central.intake.envelope import as_uuid
from kiosk.central.intake.models import Erasure, Event
from kiosk.central.programme import queries as programme
from kiosk.central.seats import actions as seats
from kiosk.domain.errand import Kind
from kiosk.domain.mistake import mistakes
from kiosk.errands import ERRANDS

NOT_HERE_YET = "not_here_yet"
"""About a submission that has not arrived; applied when it does."""

_KNOWN_VERSION = 1
_LOCATOR = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_KEY_BYTES = 32
_MOST_SEATS = 1000
_DEEPEST = 12
"""Levels of lists and objects in answers; ours have three."""
_FROM_CONTENT = (Kind.WORKSHOP, Kind.TASK)


class Held(Exception):
    """An event that is kept, but not understood."""

    def __init__(self, reason: str) -> None:
        """Keep a reason for staff and technicians, never what a visitor wrote."""
        super().__init__(reason)
        self.reason = reason[:120]
        """In a few words."""


@dataclass(frozen=True, slots=True)
class Brought:
    """An event with where and when it came."""

    event: wire.Event
    """What it says."""
    id: UUID
    """Its identity."""
    device: Device
    """Who brought it."""
    at: datetime
    """When it arrived."""

    @property
    def tenant(self) -> Tenant:
        """Whose it is."""
        return self.device.tenant


def interpret(brought: Brought) -> str:
    """Act on a new event, all or nothing; return why it is held, or "" when it is understood."""
    try:
        with transaction.atomic():
            _meaning(brought.event)(brought)
    except Held as held:
        return held.reason
    except (IntegrityError, DataError):
        return "does_not_fit"
    return ""


def _meaning(event: wire.Event) -> Callable[[Brought], None]:
    if event.v != _KNOWN_VERSION:
        raise Held("unknown_version")
    if event.type.endswith(wire.SUBMITTED):
        return _submitted
    if event.type not in _MEANINGS:
        raise Held("unknown_type")
    return _MEANINGS[event.type]


def _submitted(brought: Brought) -> None:
    if _is_erased(brought.tenant, brought.id):  # earlier in the same batch: clocks go back
        return
    handed = _read(bytes(brought.event.payload), wire.Handed)
    if brought.event.type != handed.errand + wire.SUBMITTED or not _NAME.fullmatch(handed.errand):
        raise Held("unreadable")
    if not _LOCATOR.fullmatch(handed.locator) or not 0 <= handed.seats <= _MOST_SEATS:
        raise Held("unreadable")
    contents = _opened(handed.sealed, brought.tenant)
    _check_answers(handed, contents, brought.tenant)
    submission = inbox.receive(
        Submission(
            id=brought.id,
            tenant=brought.tenant,
            branch=_branch(handed.branch, brought.device),
            errand=handed.errand,
            language=contents.language[:10],
            captured_at=_moment(brought.event.captured_at),
            received_at=brought.at,
            locator=handed.locator,
            receipt_key=contents.key,
            answers=contents.answers,
            workshop_id=handed.workshop,
            seats=handed.seats,
        )
    )
    _catch_up(submission, brought)
    if handed.workshop:
        seats.register(submission, brought.device, handed.lease)


def _catch_up(submission: Submission, brought: Brought) -> None:
    """Apply what was said about a submission before it arrived itself."""
    waiting = Event.objects.filter(
        tenant=brought.tenant,
        about=submission.pk,
        type=wire.WITHDRAWN,
        held_reason=NOT_HERE_YET,
    )
    for early in waiting:
        payload = wire.decode(bytes(early.body or b""), wire.Event).payload
        reason = "wrong_receipt"
        if _has_receipt(_read(bytes(payload), wire.Changed), early.type, submission):
            inbox.withdraw(submission, brought.at)
            reason = ""
        Event.objects.filter(pk=early.pk).update(held_reason=reason)


def _withdrawn(brought: Brought) -> None:
    about = _about(brought.event)
    if _is_erased(brought.tenant, about):
        return
    submission = Submission.objects.filter(tenant=brought.tenant, pk=about).first()
    if submission is None:
        _changed(brought)
        raise Held(NOT_HERE_YET)
    if not _has_receipt(_changed(brought), brought.event.type, submission):
        raise Held("wrong_receipt")
    inbox.withdraw(submission, brought.at)
    seats.taken_back(submission)


def _erased(brought: Brought) -> None:
    about = _about(brought.event)
    if not _is_erased(brought.tenant, about):
        _check_erasing(brought, about)
        erasure.erase(brought.tenant, about, brought.at)
    erasure.forget_bodies(brought.tenant, about)


_MEANINGS: Mapping[str, Callable[[Brought], None]] = {
    wire.WITHDRAWN: _withdrawn,
    wire.ERASED: _erased,
}


def _is_erased(tenant: Tenant, submission_id: UUID) -> bool:
    return Erasure.objects.filter(tenant=tenant, id=submission_id).exists()


def _changed(brought: Brought) -> wire.Changed:
    return _read(bytes(brought.event.payload), wire.Changed)


def _has_receipt(shown: wire.Changed, kind: str, submission: Submission) -> bool:
    """Tell whether whoever made this change of *submission* had its receipt in hand."""
    text = wire.changed_text(kind, str(submission.pk))
    genuine = seal.proves(bytes(submission.receipt_key), text, shown.proof)
    return genuine and shown.locator == submission.locator


def _check_erasing(brought: Brought, about: UUID) -> None:
    """Raise Held unless it was made with the receipt, as far as what is here can tell."""
    shown = _changed(brought)
    submission = Submission.objects.filter(tenant=brought.tenant, pk=about).first()
    if submission:
        allowed = _has_receipt(shown, brought.event.type, submission)
    else:
        allowed = _held_locator(brought.tenant, about) in ("", shown.locator)
    if not allowed:
        raise Held("wrong_receipt")


def _held_locator(tenant: Tenant, about: UUID) -> str:
    """Return the locator of an event that is held; "" when it is not here or cannot be read."""
    held = Event.objects.filter(tenant=tenant, id=about).first()
    if held is None or not held.body:
        return ""
    try:
        payload = wire.decode(bytes(held.body), wire.Event).payload
        return wire.decode(bytes(payload), wire.Handed).locator
    except wire.Unreadable:
        return ""


def _check_answers(handed: wire.Handed, contents: wire.Contents, tenant: Tenant) -> None:
    """Compare with the declaration; an errand that is not known here is taken as it is."""
    errand = ERRANDS.get(handed.errand)
    questions = errand.questions if errand else ()
    picks = [question for question in questions if question.kind in _FROM_CONTENT]
    offered = programme.ever_offered(tenant) if picks or handed.workshop else {}
    if handed.workshop and handed.workshop not in offered[Kind.WORKSHOP]:
        raise Held("unknown_workshop")
    if errand is None:
        return
    choices = {question.name: offered[question.kind] for question in picks}
    wrong = mistakes(errand, contents.answers, choices)
    if wrong:
        told = [f"{name} {wrong[name].reason}" for name in wrong if errand.question(name)]
        raise Held("answers: " + (", ".join(sorted(told)) or "unknown_question"))


def _opened(sealed: bytes, tenant: Tenant) -> wire.Contents:
    try:
        clear = seal.unseal(keys.secrets_of(tenant.key).sealing_secret, sealed)
    except seal.NotGenuine as error:
        raise Held("cannot_unseal") from error
    contents = _read(clear, wire.Contents)
    if len(contents.key) != _KEY_BYTES or _too_deep(contents.answers):
        raise Held("unreadable")
    return contents


def _too_deep(answers: object) -> bool:
    """Tell whether answers are nested deeper than any page could show."""
    level = [answers]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    return bool(level)


def _inside(answer: object) -> Iterable[object]:
    if isinstance(answer, dict):
        return answer.values()
    return answer if isinstance(answer, list) else ()


def _branch(key: str, device: Device) -> Branch:
    """Return the branch an errand was handed in at, nearly always the device's own."""
    if key == device.branch.key:
        return device.branch
    branch = Branch.objects.filter(tenant=device.tenant, key=key).first()
    if branch is None:
        raise Held("unknown_branch")
    return branch


def _about(event: wire.Event) -> UUID:
    about = as_uuid(event.about)
    if about is None:
        raise Held("unreadable")
    return about


def _moment(told: str) -> datetime:
    """Read a time with offset; years that no calendar here reaches are no times."""
    try:
        moment = datetime.fromisoformat(told)
        if moment.tzinfo is None:
            raise Held("bad_time")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Held("bad_time") from error


def _read(body: bytes, shape: type[wire.T]) -> wire.T:
    try:
        return wire.decode(body, shape)
    except wire.Unreadable as error:
        raise Held("unreadable") from error
