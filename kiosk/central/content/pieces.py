"""Pieces of content: each is read by itself, and one that cannot be read is left out and named."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

import msgspec
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from kiosk import wire
from kiosk.central.platform.fields.columns import is_unread, unread_columns
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch
from kiosk.domain.content import Notice
from kiosk.domain.guide import Contact
from kiosk.domain.posting import Posting
from kiosk.domain.questionnaire import Questionnaire, QuestionnaireFault, fault
from kiosk.domain.task import Task
from kiosk.domain.workshop import Workshop

R = TypeVar("R", bound=Model)
T = TypeVar("T")

_ODD = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, msgspec.MsgspecError)
"""What a row that nobody expected can do to whoever reads it."""


class PieceKind(StrEnum):
    """What can be left out."""

    ZONE = "zone"
    HOURS = "hours"
    NO_HOURS = "no_hours"
    REACHING = "reaching"
    WORKSHOP = "workshop"
    TASK = "task"
    NOTICE = "notice"
    POSTING = "posting"
    QUESTIONNAIRE = "questionnaire"
    CONTACT = "contact"


WORDS = {
    PieceKind.ZONE: _(
        "Its time zone is not known, so kiosks there go by their own clock, and its programme is "
        "left out. Choose another under Administration, Branches."
    ),
    PieceKind.HOURS: _(
        "Its opening hours cannot be read, so kiosks say that they are not known. Write them "
        "again under Administration, Branches."
    ),
    PieceKind.NO_HOURS: _(
        "Its opening hours have not been entered, so kiosks say that they are not known. Write "
        "them under Administration, Branches."
    ),
    PieceKind.REACHING: _(
        "How to reach the library cannot be read. Write it again under Administration, Tenants."
    ),
    PieceKind.WORKSHOP: _("This entry of the programme cannot be read and is left out."),
    PieceKind.TASK: _("This volunteer task cannot be read and is left out."),
    PieceKind.NOTICE: _("This notice cannot be read and is left out."),
    PieceKind.POSTING: _("This cannot be read and is left out of the boards."),
    PieceKind.QUESTIONNAIRE: _("This questionnaire cannot be read and is left out."),
    PieceKind.CONTACT: _("This contact of the guide cannot be read and is left out."),
}
"""What staff read about each, and what they do."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One piece that kiosks do not show, though they should."""

    what: PieceKind
    """What kind of piece."""
    name: str
    """What it is called: a branch by its name, all else by its title or number."""
    key: str
    """Of its row."""
    why: str = ""
    """What reading it met, for technicians."""

    @property
    def words(self) -> str:
        """What staff read, in the language of the page."""
        return str(WORDS[self.what])


@dataclass(slots=True)
class PieceCheck:
    """Lets through what a kiosk can read, and keeps what it cannot."""

    left_out: list[LeftOut] = field(default_factory=list)
    """What was kept back, in the order it was met."""

    def kept(self, what: PieceKind, rows: Iterable[R], made: Callable[[R], T]) -> tuple[T, ...]:
        """Return what *made* makes of *rows*, as a kiosk will read it."""
        return tuple(self._kept(what, rows, made))

    def _kept(self, what: PieceKind, rows: Iterable[R], made: Callable[[R], T]) -> Iterator[T]:
        for row in rows:
            try:
                _check_columns(row)
                piece = made(row)
                read = wire.decode(wire.encode(piece), type(piece))
                _check(read)
            except _ODD as error:
                self.left_out.append(LeftOut(what, _name(row), str(row.pk), str(error)))
            else:
                yield read

    def look_at(self, branch: Branch) -> None:
        """Note what is not known of a branch itself and of its library."""
        key, name = str(branch.pk), branch.name
        if not hours.is_zone(branch.timezone):
            self.left_out.append(LeftOut(PieceKind.ZONE, name, key, branch.timezone))
        if is_unread(branch.calendar):
            self.left_out.append(LeftOut(PieceKind.HOURS, name, key))
        elif not hours.calendar(branch.calendar).week:
            self.left_out.append(LeftOut(PieceKind.NO_HOURS, name, key))
        if is_unread(branch.tenant.contact):
            tenant = branch.tenant
            self.left_out.append(LeftOut(PieceKind.REACHING, tenant.name, tenant.key))


def _check_columns(row: Model) -> None:
    """Refuse a row of which a part cannot be read. Raises ValueError."""
    if unread := unread_columns(row):
        raise ValueError(f"of another shape: {', '.join(unread)}")


def _check(piece: Any) -> None:
    """Refuse a piece with which nobody could do anything. Raises ValueError."""
    match piece:
        case Questionnaire():
            found = fault(piece)
            if found not in (
                None,
                QuestionnaireFault.UNKNOWN_KIND,
            ):  # newer kiosks may draw that kind
                raise ValueError(found)
        case Workshop(title=said) | Task(title=said) | Posting(title=said) | Notice(text=said):
            if not any(said.values()):
                raise ValueError("it says nothing in any language")
        case Contact(name=""):
            raise ValueError("it has no name")


def _name(row: Model) -> str:
    """Name a row as far as it tells its name."""
    try:
        return str(row)[:80]
    except _ODD:
        return str(row.pk)
