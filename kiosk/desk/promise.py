"""What the desk can promise about seats: hers at once, or her place in line."""

from dataclasses import replace
from datetime import datetime

import msgspec

from kiosk import wire
from kiosk.domain.content import Content
from kiosk.domain.posting import Posting, so_far_with
from kiosk.domain.seats import Standing, Why
from kiosk.domain.workshop import Workshop
from kiosk.store.seats import KnownSeats, SeatBook
from kiosk.store.support import SupportBook


def promise(
    handed: wire.Handed,
    event: str,
    content: Content,
    book: SeatBook,
    now: datetime,
    *,
    clock_in_doubt: bool,
) -> tuple[wire.Handed, wire.Seat | None]:
    """Give the seats that *handed* asks for if this kiosk may, and say what its receipt says.

    Call inside the ledger's `atomic`, together with saving the event: a promise without its event,
    or an event without its promise, must not be. Returns no seat for what is no sign-up.
    """
    if not handed.workshop:
        return handed, None
    known = book.known(handed.workshop)
    workshop = content.workshop(handed.workshop)
    limited = known.told.capacity if known.heard else workshop is None or workshop.capacity
    lease = wire.UNLIMITED
    if limited:
        lease = book.give(handed.workshop, handed.seats, now, clock_in_doubt=clock_in_doubt)
    book.count(handed.workshop, event, handed.seats, in_line=not lease)
    seat = wire.Seat(
        standing=Standing.CONFIRMED if lease else Standing.PROVISIONAL,
        why=Why.PROMISED if lease else Why.NOT_YET,
        place=0 if lease else known.place,
        seats=handed.seats,
        workshop=handed.workshop,
        at=now.isoformat(timespec="seconds"),
        decides="" if lease else known.told.decides,
    )
    return msgspec.structs.replace(handed, lease=lease), seat


class ShownContent:
    """The content as visitors see it, put together once for every change."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._of: tuple[object, ...] = ()
        self._content: Content | None = None

    def content(self, published: Content, book: SeatBook, support: SupportBook) -> Content:
        """Return *published* with the seats and the "me too" as they are known here."""
        of = (published, book.told, book.here, support.here)
        if self._content is None or any(a is not b for a, b in zip(of, self._of, strict=True)):
            known = book.shown()
            programme = tuple(_with_seats(each, known.get(each.id)) for each in published.programme)
            postings = tuple(_with_support(each, support) for each in published.postings)
            self._content = replace(published, programme=programme, postings=postings)
            self._of = of
        return self._content


def _with_seats(workshop: Workshop, known: KnownSeats | None) -> Workshop:
    if known is None:
        return workshop
    return replace(workshop, capacity=known.told.capacity, taken=known.taken)


def _with_support(posting: Posting, support: SupportBook) -> Posting:
    here = support.here.get(posting.id, 0)
    return replace(posting, so_far=so_far_with(posting, support.name, here)) if here else posting
