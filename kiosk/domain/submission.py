"""A submission: one errand, handed in; and what its receipt shows later."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.domain.receipt import State, spaced
from kiosk.domain.seats import SeatStatus
from kiosk.domain.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the visitor leaves with; exists only once the submission is safe on disk."""

    id: str
    """Identity of the submission, made when its form was opened."""
    code: str
    """Twelve characters, the only thing she needs; kept nowhere on the kiosk."""
    errand: str
    """Name of the errand."""
    captured_at: datetime
    """When it was handed in, with offset."""
    connected: bool
    """Whether central was reachable at the last try, so that it will be sent within a minute."""
    address: str = ""
    """Of the phone page for this code; empty when the library has none."""
    seat: SeatStatus | None = None
    """What the desk has promised about seats; None for what is no sign-up."""
    workshop: Workshop | None = None
    """What a sign-up is for; None for what is no sign-up."""
    seats_as_of: datetime | None = None
    """When central told how many are in line, with offset; None when it never did."""
    saved_ms: float = 0.0
    """Milliseconds from handing in to safe on disk."""

    @property
    def code_in_groups(self) -> str:
        """The code as it stands on the receipt: `7F3K-9XQ2-B4MT`."""
        return spaced(self.code)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library answered; travels and rests only under the receipt's key."""

    text: str
    """In the words of the staff member."""
    at: datetime
    """When it was written, with offset."""
    signed: str = ""
    """Who answers, as she or he wants to be called."""


@dataclass(frozen=True, slots=True)
class Step:
    """One state a submission has reached."""

    state: State
    """Which."""
    at: datetime
    """When, with offset."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a receipt's code shows."""

    errand: str
    """Name of the errand."""
    state: State
    """How far it has come."""
    history: tuple[Step, ...]
    """Every state it has reached, oldest first."""
    answers: tuple[Answer, ...] = ()
    """Every answer so far, oldest first."""
    seat: SeatStatus | None = None
    """What has become of a sign-up that she has not taken back; None for what is none."""

    workshop: Workshop | None = None
    """What the sign-up is for, as it is known now, else as she was shown it; None if not known."""
    came: tuple[date, ...] = ()
    """Days on which she checked in at this kiosk."""

    @property
    def can_withdraw(self) -> bool:
        """Whether there is something left to take back."""
        return self.state not in {State.WITHDRAWN, State.ERASED}

    @property
    def can_add(self) -> bool:
        """Whether more can be written to it."""
        return self.can_withdraw

    @property
    def can_erase(self) -> bool:
        """Whether there is something left to erase."""
        return self.state is not State.ERASED
