"""Reading a submission: unsealed, compared with its declaration, and made a row; or held."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from uuid import UUID

import msgspec

from kiosk import seal, wire
from kiosk.central.boards.queries import ever_posted
from kiosk.central.devices.clocks import Clocks
from kiosk.central.devices.models import Device
from kiosk.central.events.envelope import Arrival, arrival
from kiosk.central.exchange.side_effects import Received
from kiosk.central.programme import queries as programme
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants import keys
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.capture import CapturedMoment
from kiosk.domain.errand import Kind
from kiosk.domain.mistake import on_arrival
from kiosk.errands import ERRANDS

CANNOT_UNSEAL = "cannot_unseal"
"""Sealed for somebody else, or damaged."""
_LOCATOR = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_KEY_BYTES = 32
_MOST_SEATS = 1000
_DEEPEST = 12
"""Levels of lists and objects in answers; ours have three."""
_FROM_CONTENT = (Kind.WORKSHOP, Kind.TASK, Kind.IDEA)


class _Enveloped(msgspec.Struct):
    locator: str = ""
    sealed: bytes = b""


class NotUnderstood(Exception):
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


class LibraryKeys:
    """What reading needs to know of one library, looked up once for many events."""

    def __init__(self, tenant: Tenant) -> None:
        """Read the library's secret keys. Raises Trouble (CENTRAL_NOT_READY)."""
        self.tenant = tenant
        """The library."""
        self.sealing_secret = keys.secrets_of(tenant.key).sealing_secret
        """Opens what kiosks have sealed."""
        self.clocks = Clocks()
        """Tell when something truly happened."""

    @cached_property
    def offered(self) -> Mapping[Kind, frozenset[str]]:
        """Every workshop, task and idea there ever was."""
        return programme.ever_offered(self.tenant) | {Kind.IDEA: ever_posted(self.tenant)}

    @cached_property
    def branches(self) -> Mapping[str, Branch]:
        """Every branch, by key."""
        return {branch.key: branch for branch in self.tenant.branches.all()}

    def devices(self, known: Iterable[UUID]) -> Mapping[UUID, Device]:
        """Return these kiosks, by id."""
        found = Device.objects.filter(tenant=self.tenant, pk__in=set(known))
        return {device.pk: device for device in found.select_related("tenant", "branch")}


def received_of(brought: Brought, library: LibraryKeys) -> Received:
    """Return what was handed in, as a row that is not saved yet. Raises Held."""
    handed = read(bytes(brought.event.payload), wire.Handed)
    if brought.event.type != handed.errand + wire.SUBMITTED or not _NAME.fullmatch(handed.errand):
        raise NotUnderstood("unreadable")
    if not _LOCATOR.fullmatch(handed.locator) or not 0 <= handed.seats <= _MOST_SEATS:
        raise NotUnderstood("unreadable")
    contents = opened(handed.sealed, library)
    if contents.beside and contents.beside != wire.beside_seal(handed):
        raise NotUnderstood("envelope_changed")
    _check_answers(handed, contents, library)
    if handed.branch not in library.branches:
        raise NotUnderstood("unknown_branch")
    moment = moment_of(brought, library)
    submission = Submission(
        id=brought.id,
        tenant=library.tenant,
        branch=library.branches[handed.branch],
        errand=handed.errand,
        language=contents.language[:10],
        captured_at=moment.at,
        captured_exactly=moment.exactly,
        received_at=brought.at,
        locator=handed.locator,
        receipt_key=contents.key,
        answers=contents.answers,
        workshop_id=handed.workshop,
        seats=handed.seats,
    )
    return Received(submission, brought.device, handed.lease, handed.seats)


def is_anothers(arrived: Arrival, here: bytes | memoryview | None, library: LibraryKeys) -> bool:
    """Tell whether *arrived* is another event than what is *here*, and no damaged copy of it.

    A copy has the receipt of its errand. Of what is erased nothing is left to compare: other bytes
    are another's then.
    """
    if not arrived.event or here is None:
        return arrived.event is not None
    mine, its = _receipt(arrived.event, library), _receipt(arrival(bytes(here)).event, library)
    if not mine.locator or mine.locator != its.locator:
        return True
    return bool(mine.key) and mine.key != its.key


def _receipt(event: wire.Event | None, library: LibraryKeys) -> seal.ReceiptKeys:
    """Return the receipt of an errand as far as it can be read; without a locator it has none."""
    if event is None or not event.type.endswith(wire.SUBMITTED):
        return seal.ReceiptKeys("", b"")
    try:
        located = read(bytes(event.payload), _Enveloped)
    except NotUnderstood:
        return seal.ReceiptKeys("", b"")
    try:
        return seal.ReceiptKeys(located.locator, opened(located.sealed, library).key)
    except NotUnderstood:
        return seal.ReceiptKeys(located.locator, b"")


def moment_of(brought: Brought, library: LibraryKeys) -> CapturedMoment:
    """Tell when an event truly happened, as far as its kiosk's clocks are known. Raises Held."""
    told = _moment(brought.event.captured_at)
    return library.clocks.moment(brought.device.pk, brought.event, told, brought.at)


def read(body: bytes, shape: type[wire.T]) -> wire.T:
    """Read JSON into *shape*. Raises Held."""
    try:
        return wire.decode(body, shape)
    except wire.Unreadable as error:
        raise NotUnderstood("unreadable") from error


def _check_answers(handed: wire.Handed, contents: wire.Contents, library: LibraryKeys) -> None:
    """Compare with the declaration; an errand that is not known here is taken as it is."""
    errand = ERRANDS.get(handed.errand)
    if handed.workshop and handed.workshop not in library.offered[Kind.WORKSHOP]:
        raise NotUnderstood("unknown_workshop")
    if errand is None:
        return
    picks = [question for question in errand.questions if question.kind in _FROM_CONTENT]
    choices = {question.name: library.offered[question.kind] for question in picks}
    wrong = on_arrival(errand, contents.answers, choices)
    if wrong:
        told = [f"{name} {wrong[name].reason}" for name in wrong if errand.question(name)]
        raise NotUnderstood("answers: " + (", ".join(sorted(told)) or "unknown_question"))


def opened(sealed: bytes, library: LibraryKeys) -> wire.Contents:
    """Unseal what a visitor wrote, and check its shape. Raises Held."""
    try:
        clear = seal.unseal(library.sealing_secret, sealed)
    except seal.NotGenuine as error:
        raise NotUnderstood(CANNOT_UNSEAL) from error
    contents = read(clear, wire.Contents)
    if len(contents.key) != _KEY_BYTES or _too_deep(contents.answers):
        raise NotUnderstood("unreadable")
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


def _moment(told: str) -> datetime:
    """Read a time with offset; years that no calendar here reaches are no times."""
    try:
        moment = datetime.fromisoformat(told)
        if moment.tzinfo is None:
            raise NotUnderstood("bad_time")
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotUnderstood("bad_time") from error
