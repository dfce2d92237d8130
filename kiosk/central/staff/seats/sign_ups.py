"""Sign-ups for one workshop as its staff page lists them, in the order that counts."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.models import Registration
from kiosk.central.staff.seats import words
from kiosk.central.staff.seats.moves import Move, moves
from kiosk.central.staff.speaking import content_for, spoken
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import branches
from kiosk.domain.content import Content
from kiosk.domain.seats import Standing
from kiosk.errands import ERRANDS
from kiosk.errands.telling import told

_ORDER = (Standing.CONFIRMED, *queries.IN_LINE, Standing.REFUSED, Standing.CANCELLED)
_NAME = "name"


@dataclass(frozen=True, slots=True)
class SignUp:
    """One sign-up in words."""

    registration: Registration
    """Which."""
    number: int
    """Counted from 1 down the list."""
    name: str
    """As written down; empty for those who see no names."""
    personal: list[tuple[str, str]]
    """Needs, contact and the like: what was asked, and the answer; empty for the same."""
    readable: bool
    """Whether whoever looks may open it in the inbox."""
    came: list[datetime]
    """When she checked in, oldest first."""
    moves: list[Move]
    """What has become of it since, oldest first."""

    @property
    def standing(self) -> str:
        """What it has come to."""
        return words.standing(self.registration.standing)

    @property
    def reason(self) -> str:
        """Why."""
        return words.reason(self.registration.why)

    @property
    def is_confirmed(self) -> bool:
        """Whether it has its seats."""
        return self.registration.standing == Standing.CONFIRMED

    @property
    def is_in_line(self) -> bool:
        """Whether it may still get them."""
        return self.registration.standing in queries.IN_LINE

    @property
    def is_refused(self) -> bool:
        """Whether it got none."""
        return self.registration.standing == Standing.REFUSED


def sign_ups(workshop: Workshop, staff: Staff, *, named: bool) -> list[SignUp]:
    """List the sign-ups for *workshop*: with seats, in line, without; names only if *named*."""
    found = Registration.objects.filter(workshop=workshop)
    rows = sorted(
        found.select_related("submission__branch").prefetch_related(
            "turns", "rulings__by", "submission__attendances"
        ),
        key=_order,
    )
    content = content_for(row.submission for row in rows)
    readable = set(branches(staff, Role.READER).values_list("pk", flat=True))
    return [
        SignUp(
            row,
            number,
            name=str(row.submission.answers.get(_NAME) or "") if named else "",
            personal=_personal(row.submission, content) if named else [],
            readable=named and row.submission.branch_id in readable,
            came=[each.at for each in row.submission.attendances.all()],
            moves=moves(row, named=named),
        )
        for number, row in enumerate(rows, start=1)
    ]


def _order(row: Registration) -> tuple[int, int, datetime, str]:
    submission = row.submission
    in_line = row.standing in queries.IN_LINE
    rank = _ORDER.index(Standing.WAITING if in_line else Standing(row.standing))
    return rank, row.place, submission.captured_at, str(row.pk)


def _personal(submission: Submission, content: Content) -> list[tuple[str, str]]:
    """List what was answered besides the name; of what was taken back nothing more is needed."""
    errand = ERRANDS.get(submission.errand)
    if errand is None or submission.registration.standing == Standing.CANCELLED:
        return []
    speak = spoken()
    return [
        (speak.say(question.ask), answer)
        for question, answer in told(errand, submission.answers, content, speak)
        if question.personal and answer and question.name != _NAME
    ]
