"""What the desk promises about seats: hers inside the lease, else an honest place in line."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import places, wire
from kiosk.domain.clock import ServerTime
from kiosk.domain.receipt import State
from kiosk.domain.seats import Standing, Why
from kiosk.domain.submission import Receipt
from kiosk.errands.sign_up import SIGN_UP
from kiosk.problems import CANNOT_WRITE, Trouble
from tests.desk.conftest import settle
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING

WORKSHOP = next(each.id for each in CONTENT.programme if each.sign_up and each.capacity)
DECIDES = BEGINNING + timedelta(days=5)
LEASE = wire.Lease(
    "lease-1", 3, BEGINNING.isoformat(), (DECIDES - timedelta(minutes=10)).isoformat()
)


def told(minutes: int = 0, lease: wire.Lease | None = LEASE, **more: Any) -> bytes:
    """Say what central tells of the seats, so many minutes after the beginning."""
    plain: dict[str, Any] = {
        "capacity": 12,
        "taken": 2,
        "asked": 1,
        "waiting": 1,
        "decides": DECIDES.isoformat(),
        "lease": lease,
    }
    one = wire.WorkshopSeats(WORKSHOP, **(plain | more))
    as_of = BEGINNING + timedelta(minutes=minutes)
    return wire.encode(wire.Seats(as_of.isoformat(), f"v{minutes}", [one]))


def sign_up(branch: Branch, seats: int = 1) -> Receipt:
    answers = {
        "workshop": WORKSHOP,
        "seats": {"adults": seats, "children": 0},
        "name": "Alma",
        "consent": True,
    }
    return branch.hand_in(SIGN_UP, answers)


def handed(event: wire.Event) -> wire.Handed:
    return wire.decode(bytes(event.payload), wire.Handed)


def says(receipt: Receipt) -> str:
    assert receipt.seat
    return f"{receipt.seat.standing} {receipt.seat.place}".removesuffix(" 0")


def test_inside_its_lease_a_kiosk_gives_the_seats_at_once_and_tells_under_which(
    branch: Branch,
) -> None:
    branch.desk.ledger.seats.replace(told())
    receipts = [sign_up(branch, 2), sign_up(branch, 2), sign_up(branch, 1)]
    assert list(map(says, receipts)) == ["confirmed", "provisional 2", "confirmed"]
    assert [handed(event).lease for event in branch.events()] == ["lease-1", "", "lease-1"]
    first = branch.desk.look_up(receipts[0].code).seat
    assert first
    assert (first.standing, first.why, first.seats) == (Standing.CONFIRMED, Why.PROMISED, 2)
    second = branch.desk.look_up(receipts[1].code).seat
    assert second
    assert second.decides == DECIDES


def test_two_in_the_same_second_get_different_places_in_line(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told(lease=None))
    assert [says(sign_up(branch)) for _ in range(3)] == [
        "provisional 2",
        "provisional 3",
        "provisional 4",
    ]
    branch.close()
    assert says(sign_up(branch)) == "provisional 5", "a restart forgets nobody"


def test_a_kiosk_that_was_told_nothing_promises_nothing(branch: Branch) -> None:
    receipt = sign_up(branch)
    assert says(receipt) == "provisional 1"
    assert receipt.seats_as_of is None
    assert receipt.seat
    assert receipt.seat.decides is None


def test_where_there_is_no_limit_everybody_has_a_place(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told(lease=None, capacity=0))
    assert says(sign_up(branch, 6)) == "confirmed"
    assert handed(branch.events()[0]).lease == wire.UNLIMITED


@pytest.mark.parametrize("days", [4.994, 5, 400, -1])
def test_nothing_is_given_after_the_lease_nor_by_a_clock_in_doubt(
    branch: Branch, days: float
) -> None:
    branch.desk.ledger.seats.replace(told())
    branch.desk.ledger.told = ServerTime(BEGINNING, "an earlier boot", 0)
    branch.world.later(days=days)
    told_seats = branch.desk.ledger.seats
    with branch.desk.ledger.atomic():
        now, doubt = branch.world.now(), branch.desk.clock_in_doubt()
        assert told_seats.give(WORKSHOP, 1, now, clock_in_doubt=doubt) == ""


def test_what_is_taken_back_here_is_given_to_nobody_here(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told())
    receipt = sign_up(branch, 3)
    branch.desk.withdraw(receipt.code)
    assert branch.desk.look_up(receipt.code).seat is None
    assert says(sign_up(branch)) == "provisional 2"
    branch.desk.withdraw(receipt.code, erase=True)
    assert branch.desk.look_up(receipt.code).seat is None


def test_newer_news_keeps_what_was_given_and_older_news_changes_nothing(branch: Branch) -> None:
    seats = branch.desk.ledger.seats
    seats.replace(told(1))
    sign_up(branch, 2)
    seats.replace(told(2))
    seats.replace(told(0, wire.Lease("lease-0", 9, LEASE.since, LEASE.ends)))
    assert seats.standpoint() == (("lease-1",), (BEGINNING + timedelta(minutes=2)).isoformat())
    assert [says(sign_up(branch)), says(sign_up(branch))] == ["confirmed", "provisional 2"]
    seats.replace(told(3, None))
    assert seats.standpoint()[0] == ()


def test_a_kiosk_that_forgot_what_it_gave_hears_it_from_central(branch: Branch) -> None:
    spent = msgspec.structs.replace(LEASE, spent=3)
    branch.desk.ledger.seats.replace(told(lease=spent))
    assert says(sign_up(branch)) == "provisional 2"


def test_a_damaged_ledger_holds_no_lease(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told())
    branch.close()
    (branch.home / "kiosk.json").write_bytes(b"torn")
    for journal in branch.home.glob("kiosk.json.*"):
        journal.write_bytes(b"torn")
    seats = branch.desk.ledger.seats
    assert seats.standpoint()[0] == ()
    assert seats.version == "", "so that it is fetched again"
    assert says(sign_up(branch)) == "provisional 2"
    seats.give_up()


def test_a_lease_that_is_given_up_is_fetched_again_and_gives_no_seat_meanwhile(
    branch: Branch,
) -> None:
    seats = branch.desk.ledger.seats
    seats.replace(told())
    assert seats.version
    seats.give_up()
    assert seats.version == ""
    assert says(sign_up(branch)) == "provisional 2"


def test_the_programme_shows_the_seats_that_are_left_as_known_here(branch: Branch) -> None:
    def left() -> int | None:
        shown = branch.desk.content.workshop(WORKSHOP)
        assert shown
        return shown.seats_left

    assert branch.desk.content.workshop(WORKSHOP) == CONTENT.workshop(WORKSHOP)
    branch.desk.ledger.seats.replace(told())
    assert left() == 9
    assert branch.desk.content is branch.desk.content, "put together once"
    sign_up(branch, 2)
    sign_up(branch, 2)
    assert left() == 5
    as_of = branch.desk.seats_as_of()
    assert as_of == BEGINNING


def test_what_central_tells_of_a_sign_up_is_told_on_and_counted_once(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told(lease=None))
    receipt = sign_up(branch)
    (event,) = branch.events()
    moved = wire.Seat("waiting", "a reason of 2031", 1, 1, WORKSHOP, "2026-11-27T08:00:00+00:00")
    state = wire.ReceiptState(
        handed(event).locator, "sent", "2026-11-27T08:00:00+00:00", 1, event.id, seat=moved
    )
    settle(branch, states=[state])
    seat = branch.desk.look_up(receipt.code).seat
    assert seat
    assert (seat.standing, seat.why, seat.place) == (Standing.WAITING, None, 1)
    assert says(sign_up(branch)) == "provisional 2", "the first is counted by central now"
    odd = msgspec.structs.replace(state, seat=wire.Seat("dreaming"), change=2)
    settle(branch, states=[odd])
    assert branch.desk.look_up(receipt.code).seat is None
    settle(branch, states=[msgspec.structs.replace(state, seat=None, change=3)])
    assert branch.desk.look_up(receipt.code).state is State.SENT


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b"not JSON",
        wire.encode(wire.Seats("noon")),
        wire.encode(wire.Seats("2026-11-26T10:00:00")),
        told(lease=wire.Lease("x", 1, "noon", "2026-11-26T10:00:00+00:00")),
    ],
)
def test_seats_that_cannot_be_read_change_nothing(branch: Branch, body: bytes) -> None:
    branch.desk.ledger.seats.replace(told())
    with pytest.raises(wire.Unreadable):
        branch.desk.ledger.seats.replace(body)
    assert says(sign_up(branch)) == "confirmed"


def test_numbers_that_are_gone_from_the_disk_are_fetched_again(branch: Branch) -> None:
    branch.desk.ledger.seats.replace(told())
    branch.close()
    places.seats(branch.home).unlink()
    assert branch.desk.ledger.seats.version == ""
    branch.close()
    places.seats(branch.home).write_bytes(b"torn")
    assert branch.desk.seats_as_of() is None


def test_a_save_that_fails_promises_nothing(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    branch.desk.ledger.seats.replace(told())
    begun = branch.desk.begin(SIGN_UP)
    answers = {
        "workshop": WORKSHOP,
        "seats": {"adults": 3, "children": 0},
        "name": "Alma",
        "consent": True,
    }

    def full(*_told: object, **_more: object) -> None:
        raise Trouble(CANNOT_WRITE, path="x", why="full")

    with monkeypatch.context() as patch:
        patch.setattr(branch.desk.ledger, "begin_note", full)
        with pytest.raises(Trouble):
            branch.desk.hand_in(begun, answers, "sv")
    assert branch.events() == []
    receipt = branch.desk.hand_in(begun, answers, "sv")
    assert says(receipt) == "confirmed", "the lease was as full as before"
    assert says(branch.desk.hand_in(begun, answers, "sv")) == "confirmed", "saved once"
    assert len(branch.events()) == 1


@settings(max_examples=25)
@given(
    st.lists(
        st.one_of(st.integers(1, 4), st.sampled_from(["restart", "news", "back", "later"])),
        max_size=10,
    )
)
def test_whatever_happens_a_kiosk_gives_no_more_than_its_lease(
    tmp_path_factory: pytest.TempPathFactory, steps: list[int | str]
) -> None:
    branch = Branch(tmp_path_factory.mktemp("kiosk"))
    branch.desk.ledger.seats.replace(told())
    codes, minute, given_here = [], 0, 0
    for step in steps:
        if isinstance(step, int):
            receipt = sign_up(branch, step)
            codes.append(receipt.code)
            assert receipt.seat
            given_here += step if receipt.seat.standing is Standing.CONFIRMED else 0
        elif step == "restart":
            branch.close()
        elif step == "news":
            minute += 1
            branch.desk.ledger.seats.replace(told(minute))
        elif step == "back" and codes:
            branch.desk.withdraw(codes.pop())
        else:
            branch.world.later(days=1)
    promised = [handed(each) for each in branch.events() if each.type.endswith(wire.SUBMITTED)]
    under = sum(each.seats for each in promised if each.lease)
    assert under == given_here <= LEASE.seats
    branch.close()


def test_seats_that_have_not_changed_are_known_as_of_the_last_time_central_said_so(
    branch: Branch,
) -> None:
    seats = branch.desk.ledger.seats
    seats.still_so((BEGINNING + timedelta(minutes=1)).isoformat())
    seats.replace(told())
    assert seats.as_of == BEGINNING + timedelta(minutes=1)
    seats.still_so((BEGINNING + timedelta(minutes=5)).isoformat())
    assert branch.desk.seats_as_of() == BEGINNING + timedelta(minutes=5)
    assert seats.standpoint()[1] == BEGINNING.isoformat(), "of its leases it was told then"
