"""What events mean: acted on in order, all or nothing, or held with the reason."""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from uuid import UUID

from django.db import DataError, IntegrityError, InterfaceError, OperationalError, transaction

from kiosk import seal, wire
from kiosk.central.events import queries
from kiosk.central.events.envelope import as_uuid
from kiosk.central.events.models import Event
from kiosk.central.exchange import amending, erasure, figures, me_too, side_effects
from kiosk.central.exchange.parsing import (
    Brought,
    LibraryKeys,
    NotUnderstood,
    moment_of,
    opened,
    read,
    received_of,
)
from kiosk.central.exchange.side_effects import Received
from kiosk.central.platform.failures import is_passing
from kiosk.central.seats import attendance
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.errands.more import MORE_WORDS

NOT_HERE_YET = "not_here_yet"
"""About a submission that has not arrived; applied when it does."""
FAILED = "failed"
"""Central itself has failed at it; the log says how."""

Consequences = list[Callable[[Submission], None]]
"""Who else must hear of what was said about a submission that others know of."""
Reasons = dict[UUID, str]
"""Why each event is held, by its id; "" when it is understood."""

_log = logging.getLogger(__name__)


def interpret(library: LibraryKeys, run: Sequence[Brought]) -> Reasons:
    """Act on events of one kind; what cannot be acted on costs the others nothing.

    Several at once is many times cheaper than one by one, so that is tried first. Raises what
    passes by itself: a database that is gone, or another transaction in the way.
    """
    try:
        with transaction.atomic():
            return _act(library, run)
    except InterfaceError:
        raise
    except OperationalError as error:
        if is_passing(error):
            raise
        return _one_by_one(library, run, FAILED, error)
    except NotUnderstood as held:
        return _one_by_one(library, run, held.reason, None)
    except (IntegrityError, DataError):
        return _one_by_one(library, run, "does_not_fit", None)
    except Exception as error:  # noqa: BLE001 - the border around one visitor's errand
        return _one_by_one(library, run, FAILED, error)


def _one_by_one(
    library: LibraryKeys, run: Sequence[Brought], reason: str, error: Exception | None
) -> Reasons:
    if len(run) > 1:
        alone = [interpret(library, [each]) for each in run]
        return {identity: told for each in alone for identity, told in each.items()}
    if error:
        _log.error("event %s could not be understood", run[0].id, exc_info=error)
    return {run[0].id: reason}


def is_submission(event: wire.Event) -> bool:
    """Tell whether an event hands in an errand; those can be acted on together."""
    return event.type.endswith(wire.SUBMITTED)


def _act(library: LibraryKeys, run: Sequence[Brought]) -> Reasons:
    if is_submission(run[0].event):
        return _submitted(library, run)
    (brought,) = run
    if brought.event.type not in _MEANINGS:
        raise NotUnderstood("unknown_type")
    return {brought.id: _MEANINGS[brought.event.type](library, brought) or ""}


def _submitted(library: LibraryKeys, run: Sequence[Brought]) -> Reasons:
    """Save what was handed in, except what is erased, here already, or not understood."""
    ids = [each.id for each in run]
    reasons: Reasons = {}
    for gone in queries.erased(library.tenant, ids):
        erasure.forget_bodies(library.tenant, gone)
        reasons[gone] = ""
    here = Submission.objects.filter(tenant=library.tenant, pk__in=ids)
    reasons |= dict.fromkeys(here.values_list("pk", flat=True), "")
    arrived = []
    for each in run:
        if each.id not in reasons:
            try:
                arrived.append(received_of(each, library))
                reasons[each.id] = ""
            except NotUnderstood as held:
                reasons[each.id] = held.reason
    brought = {each.id: each for each in run}
    firsts = _first_of_their_receipts(library, arrived)
    new = [each for each in arrived if each.submission.pk not in firsts]
    if new:
        inbox.receive(library.tenant, [each.submission for each in new])
        here_now = {each.submission.pk: each.submission for each in new}
        erased = _catch_up(library, here_now, brought, _ABOUT)
        side_effects.received([each for each in new if each.submission.pk not in erased])
    for again, first in firsts.items():
        Event.objects.filter(tenant=library.tenant, id=again).update(about=first.pk)
    _catch_up(library, firsts, brought, _ABOUT, tell=True)
    unread = [_held(library, brought[key].event) for key, reason in reasons.items() if reason]
    readable = {submission.pk: submission for submission in unread if submission}
    return reasons | dict.fromkeys(_catch_up(library, readable, brought, _ERASING), "")


def _first_of_their_receipts(
    library: LibraryKeys, arrived: Sequence[Received]
) -> dict[UUID, Submission]:
    """Return the submission that is here of a receipt that comes again, by the id it now has.

    An errand is known by its receipt, locator and key together: under another key it is another's.
    """
    told = {each.submission.locator for each in arrived}
    here = Submission.objects.filter(tenant=library.tenant, locator__in=told)
    known = {(each.locator, bytes(each.receipt_key)): each for each in here}
    firsts = {}
    for each in arrived:
        submission = each.submission
        first = known.setdefault((submission.locator, bytes(submission.receipt_key)), submission)
        if first is not submission:
            firsts[submission.pk] = first
    return firsts


def _catch_up(
    library: LibraryKeys,
    submissions: Mapping[UUID, Submission],
    brought: Mapping[UUID, Brought],
    meanings: Mapping[str, "Meaning"],
    *,
    tell: bool = False,
) -> set[UUID]:
    """Apply what was said about submissions, by id, before they arrived; return which that erased.

    Of those that nobody else knows yet nobody else has to be told.
    """
    if not submissions:
        return set()
    waiting = Event.objects.filter(
        tenant=library.tenant,
        about__in=list(submissions),
        type__in=list(meanings),
        held_reason=NOT_HERE_YET,
    )
    devices = library.devices(waiting.values_list("device_id", flat=True))
    gone: set[UUID] = set()
    for early in waiting.order_by("id"):
        submission = submissions[_about(early.about)]
        if submission.pk in gone:
            continue
        reason = ""
        try:
            event = read(bytes(early.body or b""), wire.Event)
            at = brought[_about(early.about)].at
            told = Brought(event, early.id, devices[early.device_id], at)
            for hear in meanings[early.type](library, submission, told):
                if tell:
                    hear(submission)
            gone |= {submission.pk} if early.type == wire.ERASED else set()
        except NotUnderstood as held:
            reason = held.reason
        Event.objects.filter(pk=early.pk).update(held_reason=reason)
    return gone


def _said_about(library: LibraryKeys, brought: Brought) -> str:
    """Do what somebody with a receipt in hand wants done with its submission.

    Return what is still waited for, should its errand lie here under another id.
    """
    about = _about(brought.event.about)
    submission = _under_the_receipt(library, brought.event)
    if submission is None and queries.erased(library.tenant, [about]):
        erasure.forget_bodies(library.tenant, about)
        return ""
    here = Submission.objects.filter(tenant=library.tenant, pk=about).first()
    submission = submission or here
    if submission is None and brought.event.type in _ERASING:
        submission = _held_about(library, about)
    if submission is None:
        raise NotUnderstood(NOT_HERE_YET)
    for tell in _ABOUT[brought.event.type](library, submission, brought):
        tell(submission)
    return "" if submission.pk == about else _put_with_its_errand(library, brought, submission.pk)


def _under_the_receipt(library: LibraryKeys, event: wire.Event) -> Submission | None:
    """Return the submission whose receipt was in hand, whatever id it was known by."""
    shown = read(bytes(event.payload), wire.Changed)
    under = Submission.objects.filter(tenant=library.tenant, locator=shown.locator)
    return next((each for each in under if _has_receipt(shown, event, each)), None)


def _put_with_its_errand(library: LibraryKeys, brought: Brought, submission: UUID) -> str:
    """Let what was said under another id of an errand go when that is erased.

    So does the same, where it was held before its kiosk knew that the id is another's. An erasure
    of what has still to come under that id goes on waiting for it.
    """
    events, told = Event.objects.filter(tenant=library.tenant), brought.event
    about = _about(told.about)
    if told.type == wire.ERASED and not events.filter(id=about).exists():
        return NOT_HERE_YET
    before = events.filter(about=about, type=told.type).exclude(held_reason="")
    same = [each.id for each in before if _payload(each) == bytes(told.payload)]
    events.filter(id__in=same).update(about=submission, body=None, held_reason="")
    gone = {"body": None} if told.type == wire.ERASED else {}
    events.filter(id=brought.id).update(about=submission, **gone)
    return ""


def _payload(kept: Event) -> bytes:
    return bytes(read(bytes(kept.body or b""), wire.Event).payload)


def _withdrawn(_library: LibraryKeys, submission: Submission, brought: Brought) -> Consequences:
    """Take it back."""
    _shown(submission, brought.event)
    return [side_effects.withdrawn] if inbox.withdraw(submission, brought.at) else []


def _added(library: LibraryKeys, submission: Submission, brought: Brought) -> Consequences:
    """Put more words to it, and let staff read it anew."""
    contents = opened(_shown(submission, brought.event).sealed, library)
    words = contents.answers.get(MORE_WORDS)
    if not isinstance(words, str) or not words.strip():
        raise NotUnderstood("unreadable")
    inbox.add(submission, brought.id, words, brought.at)
    return []


def _corrected(library: LibraryKeys, submission: Submission, brought: Brought) -> Consequences:
    """Put new answers in the place of old ones, and let staff read it anew."""
    contents = opened(_shown(submission, brought.event).sealed, library)
    before = submission.seats
    if not amending.arrived(library, submission, brought, contents):
        return []
    return [partial(side_effects.fewer, before - submission.seats)]


def _checked_in(library: LibraryKeys, submission: Submission, brought: Brought) -> Consequences:
    """Note that she came."""
    _shown(submission, brought.event)
    if not submission.workshop_id:
        raise NotUnderstood("unreadable")
    attendance.came(submission, brought.id, moment_of(brought, library).at)
    return []


def _shown(submission: Submission, event: wire.Event) -> wire.Changed:
    """Return what was made with the receipt of *submission* in hand. Raises Held."""
    shown = read(bytes(event.payload), wire.Changed)
    if not _has_receipt(shown, event, submission):
        raise NotUnderstood("wrong_receipt")
    return shown


def _erased(library: LibraryKeys, submission: Submission, brought: Brought) -> Consequences:
    """Erase it, and whatever was said about it."""
    _shown(submission, brought.event)
    erasure.erase(library.tenant, submission.pk, brought.at)
    return []


Meaning = Callable[[LibraryKeys, Submission, Brought], Consequences]
_ERASING: Mapping[str, Meaning] = {wire.ERASED: _erased}
"""What may be said about a submission, too, that can be opened but not understood."""
_ABOUT: Mapping[str, Meaning] = {
    **_ERASING,
    wire.WITHDRAWN: _withdrawn,
    wire.ADDED: _added,
    wire.CORRECTED: _corrected,
    wire.CHECKED_IN: _checked_in,
}
"""What is said about a submission with its receipt in hand, whichever of the two arrives first."""
_MEANINGS: Mapping[str, Callable[[LibraryKeys, Brought], str | None]] = {
    **dict.fromkeys(_ABOUT, _said_about),
    wire.COUNTED: figures.arrived,
    wire.SUPPORTED: me_too.arrived,
}


def _has_receipt(shown: wire.Changed, event: wire.Event, submission: Submission) -> bool:
    """Tell whether whoever made this change of *submission* had its receipt in hand."""
    text = wire.changed_text(event.type, str(_about(event.about)), shown.sealed)
    genuine = seal.proves(bytes(submission.receipt_key), text, shown.proof)
    return genuine and shown.locator == submission.locator


def _held_about(library: LibraryKeys, about: UUID) -> Submission | None:
    """Return what is held under this id as far as its receipt goes; None when it cannot be read."""
    kept = Event.objects.filter(tenant=library.tenant, id=about).first()
    try:
        return _held(library, read(bytes(kept.body or b""), wire.Event)) if kept else None
    except NotUnderstood:
        return None


def _held(library: LibraryKeys, event: wire.Event) -> Submission | None:
    """Return an unsaved row that knows the receipt of *event*; None when it cannot be opened.

    A kiosk finds ids and locators in its ledger: only the key inside the seal tells who may erase.
    """
    try:
        handed = read(bytes(event.payload), wire.Handed)
        key = opened(handed.sealed, library).key
    except NotUnderstood:
        return None
    return Submission(id=_about(event.id), locator=handed.locator, receipt_key=key)


def _about(told: str | UUID | None) -> UUID:
    about = as_uuid(str(told))
    if about is None:
        raise NotUnderstood("unreadable")
    return about
