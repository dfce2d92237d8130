"""Consequences: who else acts, in the same transaction, when an event has been understood.

Everything here is called while the library is locked (`understanding.py`). A step that raises
undoes the event, which is then held.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.central.boards import actions as boards
from kiosk.central.devices.models import Device
from kiosk.central.seats import actions as seats
from kiosk.central.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Received:
    """A submission that has just been saved, with what it does not keep itself."""

    submission: Submission
    """The row."""
    device: Device
    """The kiosk that brought it."""
    lease: str
    """The seat lease under which the kiosk promised its places."""
    seats: int = 0
    """How many it asked for when it was handed in."""


def received(arrived: Sequence[Received]) -> None:
    """Tell everybody what has arrived, in order of id; all of one library."""
    sign_ups = [each for each in arrived if each.submission.workshop_id]
    if sign_ups:
        seats.register((e.submission, e.device, e.lease, e.seats) for e in sign_ups)
    for each in arrived:
        boards.received(each.submission)


def withdrawn(submission: Submission) -> None:
    """Tell everybody what its visitor has just taken back."""
    seats.taken_back(submission)
    boards.take_down(submission)


def fewer(gone: int, submission: Submission) -> None:
    """Tell everybody that a party has become smaller by *gone*."""
    seats.let_go(submission, gone)
