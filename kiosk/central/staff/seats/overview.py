"""Overview of the seats of one workshop: how many stand where, and what kiosks still hold."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.central.programme.models import Workshop
from kiosk.central.seats import queries
from kiosk.central.seats.attendance import came_to as came
from kiosk.central.seats.models import Book, Lease, Watermark
from kiosk.central.seats.queries import SeatSums


@dataclass(frozen=True, slots=True)
class Out:
    """A lease that a kiosk still holds."""

    lease: Lease
    """Which."""
    left: int
    """Seats set aside in it of which no promise is known."""
    heard_until: datetime | None
    """The kiosk has told everything before this; None when it never told."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The seats of one workshop."""

    workshop: Workshop
    """Which."""
    sums: SeatSums
    """What has been signed up for."""
    decides: datetime
    """When it is decided at the latest."""
    book: Book | None
    """How its seats are given; None while nobody has written in it."""
    leases: list[Out]
    """What kiosks still hold."""
    came: int
    """Seats of those who have checked in."""

    @property
    def overbooked(self) -> int:
        """How many seats are confirmed beyond those there are."""
        room = queries.capacity(self.workshop)
        return 0 if room is None else max(0, self.sums.confirmed - room)

    @property
    def free(self) -> int | None:
        """How many seats are neither taken nor set aside; None without a limit."""
        room = queries.capacity(self.workshop)
        return None if room is None else max(0, room - self.sums.confirmed - self.sums.held)


def overview(workshop: Workshop) -> Overview:
    """Look at the seats of *workshop*."""
    book = queries.book_of(workshop)
    sums = queries.sums(workshop.tenant, [workshop.pk])[workshop.pk]
    leases = queries.unsettled(workshop.tenant).filter(workshop=workshop)
    kiosks = leases.select_related("device__branch", "device__watermark")
    out = [_out(held, sums) for held in kiosks]
    return Overview(workshop, sums, queries.decides(workshop, book), book, out, came(workshop))


def _out(held: Lease, sums: SeatSums) -> Out:
    try:
        heard_until = held.device.watermark.complete_until
    except Watermark.DoesNotExist:
        heard_until = None
    return Out(held, max(0, held.seats - sums.spent.get(held.pk, 0)), heard_until)
