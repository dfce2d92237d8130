"""Who gets the seats: the same whatever the order of arrival, nobody demoted, never too many."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.allocation import (
    Allocation,
    Capacity,
    Claimant,
    HeldSeats,
    Rulings,
    allocate,
    complete_until,
)
from kiosk.domain.lease import Lease, Standpoint, share
from kiosk.domain.seats import SeatOutcome, Standing, Why

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOURS = 168
"""The week the kiosks are offline."""


def at(hour: int) -> datetime:
    return MONDAY + timedelta(hours=hour)


def signed_up(name: str, seats: int = 1, hour: int = 0, lease: str = "") -> Claimant:
    return Claimant(name, seats, at(hour), lease)


def told(outcomes: Mapping[str, SeatOutcome]) -> dict[str, str]:
    """Say outcomes in a few words."""
    return {
        name: each.standing.value + (f" {each.place}" if each.place else "")
        for name, each in sorted(outcomes.items())
    }


def now_known(capacity: int | None, **more: bool) -> Capacity:
    """Give a workshop of which every kiosk has told everything."""
    return Capacity(capacity, at(10_000), **more)


def test_seats_go_in_order_of_capture_not_of_arrival() -> None:
    late_first = [signed_up("c", hour=3), signed_up("b", hour=2), signed_up("a", hour=1)]
    found = allocate(late_first, (), (), {}, now_known(2)).outcomes
    assert told(found) == {"a": "confirmed", "b": "confirmed", "c": "waiting 1"}
    assert (found["a"].why, found["c"].why) == (Why.IN_ORDER, Why.FULL)


def test_two_of_the_same_minute_go_by_their_ids() -> None:
    found = allocate([signed_up("b"), signed_up("a")], (), (), {}, now_known(1)).outcomes
    assert told(found) == {"a": "confirmed", "b": "waiting 1"}


def test_nothing_is_decided_before_every_kiosk_has_told_or_the_moment_has_come() -> None:
    waiting = [signed_up("a", hour=1), signed_up("b", hour=5)]
    for known, hoped in (
        (None, {"a": "provisional 1", "b": "provisional 2"}),
        (at(5), {"a": "confirmed", "b": "provisional 1"}),
        (at(6), {"a": "confirmed", "b": "confirmed"}),
    ):
        assert told(allocate(waiting, (), (), {}, Capacity(9, known)).outcomes) == hoped
    decided = allocate(waiting, (), (), {}, Capacity(9, None, decided=True))
    assert told(decided.outcomes) == {"a": "confirmed", "b": "confirmed"}


def test_without_a_limit_everybody_comes_in() -> None:
    found = allocate([signed_up("a", 500)], (), (), {}, now_known(None))
    assert told(found.outcomes) == {"a": "confirmed"}
    assert found.overbooked == 0


def test_what_a_lease_keeps_is_kept_until_it_is_settled() -> None:
    others = [signed_up("a", 2, hour=1), signed_up("p", 1, hour=2, lease="L")]
    held = allocate(others, (), [HeldSeats("L", 3)], {}, now_known(4))
    assert told(held.outcomes) == {"a": "waiting 1", "p": "confirmed"}
    assert (held.confirmed, held.held) == (1, 2)
    settled = allocate(others, (), (), held.outcomes, now_known(4))
    assert told(settled.outcomes) == {"a": "confirmed", "p": "confirmed"}
    assert settled.outcomes["a"].why is Why.MOVED_UP
    erased = allocate(others, (), [HeldSeats("L", 3, erased=2)], {}, now_known(4))
    assert told(erased.outcomes)["a"] == "confirmed"


def test_a_cancellation_gives_the_seat_to_the_first_in_line_even_when_it_comes_first() -> None:
    a, b, c = (signed_up(name, hour=hour) for hour, name in enumerate("abc"))
    early = allocate([b, c], {"a"}, (), {}, now_known(1)).outcomes
    assert told(early) == {"b": "confirmed", "c": "waiting 1"}
    before = allocate([a, b, c], (), (), {}, now_known(1)).outcomes
    assert told(before) == {"a": "confirmed", "b": "waiting 1", "c": "waiting 2"}
    after = allocate([a, b, c], {"a"}, (), before, now_known(1)).outcomes
    assert told(after) == {"a": "cancelled", "b": "confirmed", "c": "waiting 1"}
    assert after["b"].why is Why.MOVED_UP


def test_a_party_is_kept_together_and_passed_only_at_the_decision() -> None:
    line = [signed_up("big", 3, hour=1), signed_up("one", 1, hour=2), signed_up("two", 2, hour=3)]
    before = allocate(line, (), (), {}, now_known(2)).outcomes
    assert told(before) == {"big": "waiting 1", "one": "waiting 2", "two": "waiting 3"}
    assert (before["big"].why, before["one"].why) == (Why.TOO_MANY, Why.BEHIND)
    after = allocate(line, (), (), before, now_known(2, decided=True)).outcomes
    assert told(after) == {"big": "waiting 1", "one": "confirmed", "two": "waiting 2"}
    assert (after["one"].why, after["two"].why) == (Why.PASSED, Why.TOO_MANY)


def test_fewer_seats_than_were_confirmed_demote_nobody_and_staff_see_it() -> None:
    three = [signed_up(name, 2, hour) for hour, name in enumerate("abc")]
    before = allocate(three, (), (), {}, now_known(6))
    after = allocate(three, (), (), before.outcomes, now_known(3))
    assert after.outcomes == before.outcomes
    assert (before.overbooked, after.overbooked) == (0, 3)


def test_what_a_kiosk_promised_is_honoured_even_when_nobody_knows_the_lease() -> None:
    late = [signed_up("a", hour=1), signed_up("p", hour=0, lease="lost in a restore")]
    before = {"a": SeatOutcome(Standing.CONFIRMED, Why.IN_ORDER)}
    found = allocate(late, (), (), before, now_known(1, decided=True))
    assert told(found.outcomes) == {"a": "confirmed", "p": "confirmed"}
    assert found.overbooked == 1


def test_staff_give_move_up_and_decline_and_cannot_take_back_what_was_told() -> None:
    line = [signed_up(name, hour=hour) for hour, name in enumerate("abcd")]
    ruled = Rulings(given={"d"}, first=("c", "b"), declined={"a"})
    found = allocate(line, (), (), {}, now_known(2), ruled).outcomes
    assert told(found) == {
        "a": "refused",
        "b": "waiting 1",
        "c": "confirmed",
        "d": "confirmed",
    }
    assert (found["a"].why, found["d"].why) == (Why.DECLINED, Why.GIVEN)
    too_late = allocate(line, (), (), found, now_known(2), Rulings(declined={"c", "d"})).outcomes
    assert told(too_late)["c"] == told(too_late)["d"] == "confirmed"
    unripe = allocate(line, (), (), {}, Capacity(2, None), Rulings(first=("b",))).outcomes
    assert told(unripe)["b"] == "confirmed"


def test_when_it_is_over_nobody_waits_and_when_called_off_nobody_has_a_seat() -> None:
    two = [signed_up("a"), signed_up("b", hour=1)]
    before = allocate(two, (), (), {}, now_known(1)).outcomes
    over = allocate(two, (), (), before, now_known(5, over=True)).outcomes
    assert told(over) == {"a": "confirmed", "b": "refused"}
    off = allocate(two, {"b"}, (), before, now_known(1, called_off=True)).outcomes
    assert told(off) == {"a": "refused", "b": "cancelled"}
    assert (over["b"].why, off["a"].why) == (Why.OVER, Why.CALLED_OFF)


def test_the_latest_moment_of_which_everything_is_known_is_the_slowest_kiosks() -> None:
    assert complete_until([at(5), at(2), at(9)]) == at(2)
    assert complete_until([at(5), None]) is None
    assert complete_until([]) is None


@dataclass
class Kiosk:
    """A kiosk in the model: what happened at it, and what it has told so far."""

    lease: Lease
    spent: int = 0
    happened: list[tuple[datetime, Claimant | str]] = field(default_factory=list)
    """Sign-ups, and ids of sign-ups taken back, each with its moment."""
    mark: datetime | None = None
    settled: bool = False

    def sign_up(self, name: str, seats: int, now: datetime) -> None:
        """Promise the seats while the lease allows it."""
        promised = self.lease.allows(seats, self.spent, now, clock_in_doubt=False)
        self.spent += seats if promised else 0
        registration = Claimant(name, seats, now, self.lease.id if promised else "")
        self.happened.append((now, registration))


@dataclass
class Central:
    """Central in the model: what has arrived, and what it told everybody last."""

    capacity: int
    kiosks: list[Kiosk]
    registrations: dict[str, Claimant] = field(default_factory=dict)
    cancelled: set[str] = field(default_factory=set)
    told: Mapping[str, SeatOutcome] = field(default_factory=dict)

    def hear(self, kiosk: Kiosk, now: datetime) -> None:
        """Take in everything that happened at *kiosk* before *now*."""
        for moment, what in kiosk.happened:
            if moment >= now:
                continue
            if isinstance(what, Claimant):
                self.registrations[what.id] = what
            else:
                self.cancelled.add(what)
        kiosk.mark = now
        kiosk.settled = kiosk.lease.is_settled(Standpoint(now, [kiosk.lease.id], at(0)))

    def decide(self, told: Mapping[str, SeatOutcome]) -> Allocation:
        """Allocate with what is here."""
        leases = [
            HeldSeats(each.lease.id, each.lease.seats) for each in self.kiosks if not each.settled
        ]
        room = Capacity(self.capacity, complete_until(each.mark for each in self.kiosks))
        arrived = list(self.registrations.values())
        random.Random(len(arrived)).shuffle(arrived)
        return allocate(arrived, self.cancelled, leases, told, room)

    def tell(self) -> None:
        """Decide again; check everything that must always hold."""
        before, found = self.told, self.decide(self.told)
        assert found == self.decide(found.outcomes), "deciding again changes nothing"
        assert found.confirmed + found.held <= self.capacity
        assert found.overbooked == 0
        for key, outcome in before.items():
            if outcome.standing is Standing.CONFIRMED and key not in self.cancelled:
                assert found.outcomes[key].standing is Standing.CONFIRMED
        for key, each in self.registrations.items():
            if each.lease and key not in self.cancelled:
                assert found.outcomes[key].standing is Standing.CONFIRMED
        places = sorted(each.place for each in found.outcomes.values() if each.place)
        assert places == list(range(1, len(places) + 1))
        self.told = found.outcomes


week = st.fixed_dictionaries(
    {
        "capacity": st.integers(0, 14),
        "kiosks": st.integers(1, 5),
        "share": st.sampled_from([0, 50, 100]),
        "signed_up": st.lists(
            st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(1, HOURS - 1)),
            max_size=14,
        ),
        "taken_back": st.lists(
            st.tuples(st.integers(0, 13), st.integers(0, 4), st.integers(1, 30)), max_size=5
        ),
    }
)


def played(
    told_of: dict[str, object], contacts: list[tuple[int, int]], returns: list[int]
) -> Central:
    """Play a week: kiosks make contact at some hours, and come back in the order of *returns*."""
    capacity, many = int(str(told_of["capacity"])), int(str(told_of["kiosks"]))
    sizes = [share(capacity, int(str(told_of["share"])), many, n) for n in range(many)]
    kiosks = [
        Kiosk(Lease(f"L{number}", seats, at(0), at(HOURS - 24)))
        for number, seats in enumerate(sizes)
    ]
    signed: list[tuple[int, int, int]] = told_of["signed_up"]  # type: ignore[assignment]
    taken_back: list[tuple[int, int, int]] = told_of["taken_back"]  # type: ignore[assignment]
    for number, (kiosk, seats, hour) in sorted(enumerate(signed), key=lambda each: each[1][2]):
        kiosks[kiosk % many].sign_up(f"s{number:02}", seats, at(hour))
    for which, kiosk, later in taken_back:
        if which < len(signed):
            moment = at(min(HOURS - 1, signed[which][2] + later))
            kiosks[kiosk % many].happened.append((moment, f"s{which:02}"))
    central = Central(capacity, kiosks)
    for hour, kiosk in sorted(contacts):
        central.hear(kiosks[kiosk % many], at(hour))
        central.tell()
    for kiosk in returns:
        if kiosk < many:
            central.hear(kiosks[kiosk], at(HOURS + 1))
            central.tell()
    return central


@settings(max_examples=150)
@given(
    week,
    st.lists(st.tuples(st.integers(1, HOURS), st.integers(0, 4)), max_size=6),
    st.permutations(range(5)),
    st.permutations(range(5)),
)
def test_a_week_offline_ends_the_same_in_whatever_order_the_kiosks_come_back(
    told_of: dict[str, object],
    contacts: list[tuple[int, int]],
    one_order: list[int],
    other_order: list[int],
) -> None:
    one, other = played(told_of, contacts, one_order), played(told_of, [], other_order)
    assert told(one.told) == told(other.told)
    at_once = other.decide({})
    assert told(one.told) == told(at_once.outcomes), "telling on the way changes nothing"


@given(
    week,
    st.permutations(range(5)),
    st.integers(0, 14),
    st.booleans(),
    st.lists(st.integers(0, 13), max_size=3),
)
def test_decision_lower_capacity_and_rulings_demote_nobody_and_leave_no_gap(
    told_of: dict[str, object],
    returns: list[int],
    capacity: int,
    decided: bool,
    given_to: list[int],
) -> None:
    central = played(told_of, [], returns[:3])
    ruled = Rulings(given={f"s{number:02}" for number in given_to})
    room = Capacity(capacity, None, decided=decided)
    every = list(central.registrations.values())
    found = allocate(every, central.cancelled, (), central.told, room, ruled)
    for key, each in central.told.items():
        if each.standing is Standing.CONFIRMED:
            assert found.outcomes[key].standing is Standing.CONFIRMED
    certain = sum(
        each.seats
        for each in every
        if found.outcomes[each.id].why in {Why.PROMISED, Why.GIVEN}
        or (each.id in central.told and central.told[each.id].standing is Standing.CONFIRMED)
    )
    assert found.confirmed <= max(capacity, certain)
    assert found.overbooked == max(0, found.confirmed - capacity)
    places = sorted(each.place for each in found.outcomes.values() if each.place)
    assert places == list(range(1, len(places) + 1))
