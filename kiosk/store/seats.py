"""Seats as this kiosk knows them: what central told last, and what was given here since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kiosk import places, wire
from kiosk.store.books import Books
from kiosk.store.durable import write_durably

_LEASES = "leases"
"""What this kiosk may give: `{"as_of", "version", "held": {workshop: lease with "spent"}}`."""
_HERE = "seats_here"
"""Sign-ups that central has told nothing of yet, as `Here`."""
Here = dict[str, dict[str, list[int]]]
"""`{workshop: {event: [seats, 1 if in line else 0]}}`"""


@dataclass(frozen=True, slots=True)
class KnownSeats:
    """How one workshop stands, as far as this kiosk can tell."""

    told: wire.WorkshopSeats
    """What central told last; of a workshop it told nothing of, only its id."""
    asked_here: int
    """Seats that were given or asked for here, and that central has told nothing of."""
    in_line_here: int
    """Sign-ups in line among those."""
    heard: bool
    """Whether central told anything of it."""

    @property
    def place(self) -> int:
        """The place in line of whoever signs up now."""
        return self.told.waiting + self.in_line_here + 1

    @property
    def taken(self) -> int:
        """Seats that somebody has or has asked for before."""
        return self.told.taken + self.told.asked + self.asked_here


class SeatBook:
    """The numbers in a file; leases and promises in the ledger, so that both are lost together.

    A kiosk whose ledger is gone must not give under a lease what it has given before.
    """

    def __init__(self, home: Path, books: Books) -> None:
        """Read what is kept in *home*; *books* are the ledger's."""
        self._path = places.seats(home)
        self._books = books
        self.here: Here = books.fact(_HERE, {})
        """Sign-ups that central has told nothing of yet, for a look that waits for no save."""
        self._still_so = ""
        self._show(self._kept())

    @property
    def as_of(self) -> datetime | None:
        """When central told the numbers, or that they are still so; None when it never did."""
        return _moment(self._still_so) or _moment(self.told.as_of)

    def still_so(self, moment: str) -> None:
        """Take note that nothing had changed at *moment*, by central's clock; kept in no file."""
        self._still_so = moment

    @property
    def version(self) -> str:
        """Central's name for what is known here; "" when file and ledger do not agree."""
        version: str = self._leases["version"]
        return version if version == self.told.version else ""

    def known(self, workshop: str) -> KnownSeats:
        """Tell how a workshop stands; may wait for a save that is under way."""
        return self._known(workshop, self._books.fact(_HERE, {}))

    def shown(self) -> dict[str, KnownSeats]:
        """Tell how every workshop stands that central has told of; waits for no save."""
        return {workshop: self._known(workshop, self.here) for workshop in self._by_id}

    def _known(self, workshop: str, every: Here) -> KnownSeats:
        here = every.get(workshop, {}).values()
        told = self._by_id.get(workshop, wire.WorkshopSeats(workshop))
        return KnownSeats(
            told,
            asked_here=sum(seats for seats, _ in here),
            in_line_here=sum(in_line for _, in_line in here),
            heard=workshop in self._by_id,
        )

    def replace(self, body: bytes, *, is_news: bool = False) -> None:
        """Keep *body*, `wire.Seats` as central sent it; what was given under a lease stays given.

        Where it is not sure to be news, older times than what is known change nothing: it may tell
        of a lease that is used up. Raises wire.Unreadable, or Trouble (CANNOT_WRITE).
        """
        told = wire.decode(body, wire.Seats)
        if _moment(told.as_of) is None or not all(_is_readable(each) for each in told.workshops):
            raise wire.Unreadable("a time that is none")
        before = self._leases
        if not is_news and told.as_of <= before["as_of"]:
            return
        write_durably(self._path, body)
        held = {each.workshop: each.lease for each in told.workshops if each.lease}
        spent = {lease["id"]: lease["spent"] for lease in before["held"].values()}
        now = {
            workshop: _as_row(lease, max(lease.spent, spent.get(lease.id, 0)))
            for workshop, lease in held.items()
        }
        leases = {"as_of": told.as_of, "version": told.version, "held": now}
        self._books.set_fact(_LEASES, leases)
        self._still_so = "" if is_news else self._still_so
        self._show(told)

    def give(self, workshop: str, seats: int, now: datetime, *, clock_in_doubt: bool) -> str:
        """Give *seats* under the lease this kiosk holds and return its id; "" when it cannot.

        Call inside `atomic`, together with the event that tells of it.
        """
        leases = self._leases
        lease = leases["held"].get(workshop)
        if lease is None:
            return ""
        rule = wire.Lease(**{name: lease[name] for name in ("id", "seats", "since", "ends")}).read()
        if not rule.allows(seats, lease["spent"], now, clock_in_doubt=clock_in_doubt):
            return ""
        lease["spent"] += seats
        self._books.set_fact(_LEASES, leases)
        return rule.id

    def count(self, workshop: str, event: str, seats: int, *, in_line: bool) -> None:
        """Count a sign-up that central knows nothing of yet; call inside `atomic`."""
        here = self._books.fact(_HERE, {})
        here.setdefault(workshop, {})[event] = [seats, int(in_line)]
        self._books.set_fact(_HERE, here)
        self.here = here

    def forget(self, events: Sequence[str]) -> None:
        """Count these sign-ups no more: central tells of them now, or they are erased."""
        here = self._books.fact(_HERE, {})
        left = {
            workshop: {event: told for event, told in rows.items() if event not in events}
            for workshop, rows in here.items()
        }
        left = {workshop: rows for workshop, rows in left.items() if rows}
        if left != here:
            self._books.set_fact(_HERE, left)
        self.here = left

    def hear(self, answer: wire.InboxAnswer) -> None:
        """Take note of the sign-ups that central has told of; call inside `atomic`."""
        self.forget([*answer.erase, *(each.id for each in answer.states if each.seat)])

    def give_up(self) -> None:
        """Use no lease any more: the ledger is damaged, and what was given may be forgotten."""
        if self._leases["held"] or self._leases["version"]:
            self._books.set_fact(_LEASES, self._leases | {"version": "", "held": {}})

    def standpoint(self) -> tuple[tuple[str, ...], str]:
        """Return the ids of the leases this kiosk may use, and when central told it of them."""
        leases = self._leases
        return tuple(sorted(each["id"] for each in leases["held"].values())), leases["as_of"]

    @property
    def _leases(self) -> dict[str, Any]:
        nothing: dict[str, Any] = {"as_of": "", "version": "", "held": {}}
        leases: dict[str, Any] = self._books.fact(_LEASES, nothing)
        return leases

    def _kept(self) -> wire.Seats:
        try:
            return wire.decode(self._path.read_bytes(), wire.Seats)
        except (OSError, wire.Unreadable):
            return wire.Seats("")

    def _show(self, told: wire.Seats) -> None:
        self.told = told
        """What central told last."""
        self._by_id = {each.workshop: each for each in told.workshops}


def _as_row(lease: wire.Lease, spent: int) -> dict[str, Any]:
    return {
        "id": lease.id,
        "seats": lease.seats,
        "since": lease.since,
        "ends": lease.ends,
        "spent": spent,
    }


def _is_readable(told: wire.WorkshopSeats) -> bool:
    try:
        return told.lease is None or bool(told.lease.read())
    except ValueError:
        return False


def _moment(told: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
