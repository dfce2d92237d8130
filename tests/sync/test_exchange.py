"""One exchange against a real server: nothing leaves until central's answer allows it."""

import base64
import gzip
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace as replace_struct

from kiosk import seal, wire
from kiosk.problems import DEVICE_REFUSED, NOT_CENTRAL, STUCK, UNREADABLE_CONTENT
from kiosk.sync import report, upload
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.sync.pace import Pace
from kiosk.wire import EventVerdict, Verdict
from tests.drivers.branch import Branch, event
from tests.drivers.played_central import (
    NOW,
    Heard,
    Play,
    PlayedCentral,
    Reply,
    choking_on,
    good,
    html,
    refusing,
    truncated,
)
from tests.drivers.published import CONTENT
from tests.sync.conftest import ids, save, unsent


def test_everything_unsent_arrives_in_the_bytes_that_were_captured(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1, 2, 3)
    outcome = connected.exchange().run()
    assert outcome.told() == {
        "sent": 3,
        "stored": 3,
        "duplicate": 0,
        "held": 0,
        "conflict": 0,
        "refused": 0,
        "pending": 0,
        "purged": 0,
        "content": "unchanged",
        "error": "",
        "remedy": "",
        "retry_after_s": None,
    }
    assert outcome.reached
    assert central.stored == {event(n).id: wire.encode(event(n)) for n in (1, 2, 3)}
    assert connected.desk.ledger.acknowledged() == 3


def test_every_request_is_signed_by_the_device(connected: Branch, central: PlayedCentral) -> None:
    save(connected, 1)
    central.content = replace(CONTENT, version="v2")
    connected.exchange().run()
    assert [each.path for each in central.heard] == ["/sync/1/inbox", "/sync/1/content"]
    for heard in central.heard:
        device = heard.headers["kiosk-device"]
        assert device == connected.device.device
        text = wire.signed_text(heard.method, heard.path, device, heard.body)
        signature = base64.b64decode(heard.headers["kiosk-signature"])
        seal.verify(connected.kiosk_keys.public, text, signature)


def test_without_anything_to_say_there_is_still_a_heartbeat(
    connected: Branch, central: PlayedCentral
) -> None:
    connected.world.later(minutes=3)
    assert connected.exchange().run().reached
    (heard,) = central.heard
    inbox = heard.inbox
    assert inbox.items == []
    assert (inbox.protocol, inbox.device) == (1, connected.device.device)
    assert (inbox.boot, inbox.mono_ms) == ("b00t0001", 180_000)
    assert inbox.now == "2026-11-26T09:33:00.000+00:00"
    assert inbox.health.pending == 0
    assert inbox.health.disk_free_mb > 0


def test_the_heartbeat_tells_how_the_kiosk_is_doing(
    connected: Branch, central: PlayedCentral
) -> None:
    ledger_file = connected.home / "kiosk.json"
    ledger_file.write_bytes(b"garbage")
    save(connected, 1)
    connected.world.clock = connected.world.clock.replace(hour=11)
    connected.exchange().run()
    health = central.heard[0].inbox.health
    assert (health.pending, health.oldest_pending_s, health.faults) == (1, 7200, ("K03",))


def test_a_big_outbox_goes_in_growing_batches_oldest_first(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, *range(1, 301))
    outcome = connected.exchange().run()
    assert (outcome.sent, outcome.pending) == (300, 0)
    assert [len(batch) for batch in central.brought] == [50, 100, 150]
    assert [each for batch in central.brought for each in batch] == ids(*range(1, 301))


@pytest.mark.parametrize("status", [401, 403])
def test_a_device_that_is_shut_out_keeps_everything_and_says_so(
    connected: Branch, central: PlayedCentral, status: int
) -> None:
    save(connected, 1, 2)
    central.plays = [refusing(status, "revoked")]
    outcome = connected.exchange().run()
    assert (outcome.error, outcome.pending) == (DEVICE_REFUSED.code, 2)
    assert "because revoked" in outcome.remedy
    assert len(central.heard) == 1


@pytest.mark.parametrize(
    ("status", "asked", "wait_s"),
    [
        (429, "120", 120.0),
        (503, "7", 7.0),
        (503, None, None),
        (429, "soon", None),
        (429, "²", None),
    ],
)
def test_a_busy_central_is_given_the_time_it_asks_for(
    connected: Branch,
    central: PlayedCentral,
    status: int,
    asked: str | None,
    wait_s: float | None,
) -> None:
    save(connected, 1, 2)
    headers = {"Retry-After": asked} if asked else {}
    central.plays = [refusing(status, "busy", **headers)]
    outcome = connected.exchange().run()
    assert (outcome.error, outcome.retry_after_s, outcome.pending) == ("busy", wait_s, 2)
    assert len(central.heard) == 1


@pytest.mark.parametrize(
    ("asked", "said", "least_s", "most_s"),
    [
        ("Thu, 26 Nov 2026 09:32:00 GMT", "Thu, 26 Nov 2026 09:30:00 GMT", 120, 120),
        ("Thu, 26 Nov 2026 09:29:00 GMT", "Thu, 26 Nov 2026 09:30:00 GMT", 0, 0),
        ("Sun, 26 Nov 2000 09:29:00 GMT", "", 0, 0),
    ],
)
def test_a_busy_central_may_name_a_moment_by_its_own_clock(
    connected: Branch, central: PlayedCentral, asked: str, said: str, least_s: int, most_s: int
) -> None:
    central.plays = [refusing(503, "busy", **{"Retry-After": asked, "Date": said})]
    wait_s = connected.exchange().run().retry_after_s
    assert wait_s is not None
    assert least_s <= wait_s <= most_s


def test_a_batch_that_grows_too_large_on_the_way_is_halved_before_it_leaves(
    connected: Branch, central: PlayedCentral
) -> None:
    noise = [random.Random(n).randbytes(100_000).hex() for n in range(1, 30)]
    with connected.desk.ledger.atomic():
        for number, words in enumerate(noise, 1):
            connected.desk.ledger.append(event(number, words=words))
    pace = Pace(batch_items=500, ratio=0.3)
    outcome = connected.exchange(pace).run()
    assert (outcome.stored, outcome.error, outcome.pending) == (29, "", 0)
    assert all(len(each.body) <= wire.MAX_BATCH_BYTES for each in central.heard)
    assert 0.4 < pace.ratio < 0.7
    assert len(central.brought) <= 8


def test_a_middle_box_that_takes_only_small_batches_gets_small_ones(
    connected: Branch, central: PlayedCentral
) -> None:
    def narrow(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path == "/sync/1/inbox" and len(heard.ids) > 7:
            return Reply(413, b"<html>Request Entity Too Large</html>")
        return good(central, heard)

    save(connected, *range(1, 31))
    central.plays = [narrow]
    exchange = connected.exchange()
    errors = [exchange.run().error for _ in range(20)]
    assert connected.desk.ledger.pending == 0
    assert set(errors) == {"", NOT_CENTRAL.code}


def test_what_central_asks_to_have_again_keeps_nothing_else_waiting(
    connected: Branch, central: PlayedCentral
) -> None:
    def later(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path != "/sync/1/inbox":
            return good(central, heard)
        judged = [
            EventVerdict(each, Verdict.RETRY)
            if each in ids(*range(1, 61))
            else EventVerdict(each, Verdict.STORED)
            for each in heard.ids
        ]
        return central.inbox_answer(heard, verdicts=judged)

    save(connected, *range(1, 201))
    central.plays = [later]
    outcome = connected.exchange().run()
    assert (outcome.stored, outcome.pending, outcome.error) == (140, 60, "")
    assert [len(each) for each in central.brought] == [50, 100, 50]
    central.plays = [good]
    assert connected.exchange().run().pending == 0


def test_a_kiosk_shut_out_remembers_it_until_it_is_let_in_again(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    central.plays = [refusing(403, "revoked")]
    connected.exchange().run()
    assert connected.desk.ledger.fact("shut_out") == "because revoked"
    central.plays = [good]
    connected.exchange().run()
    assert connected.desk.ledger.fact("shut_out") == ""


def test_under_another_name_everything_that_is_still_here_is_brought_again(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1, 2)
    connected.exchange().run()
    connected.device = replace_struct(connected.device, device="d-2")
    outcome = connected.exchange().run()
    assert (outcome.duplicate, outcome.pending) == (2, 0)
    assert central.heard[-1].inbox.device == "d-2"
    assert connected.exchange().run().sent == 0


def test_a_quiet_heartbeat_writes_nothing(connected: Branch, central: PlayedCentral) -> None:
    exchange = connected.exchange()
    exchange.run()
    before = connected.bytes_on_disk()
    for minute in range(31, 59):
        connected.world.later(minutes=1)
        central.told = {"server_time": f"2026-11-26T10:{minute}:00.000+00:00"}
        assert exchange.run().reached
    assert connected.bytes_on_disk() == before
    assert connected.desk.ledger.last_exchange == "2026-11-26T10:58:00.000+00:00"
    connected.close()
    assert connected.desk.ledger.last_exchange == "2026-11-26T10:58:00.000+00:00"


@pytest.mark.parametrize("status", [400, 413, 422, 426, 500])
def test_one_event_that_central_cannot_take_stops_no_other_and_is_never_dropped(
    connected: Branch, central: PlayedCentral, status: int
) -> None:
    save(connected, *range(1, 41))
    poison = event(17).id
    central.plays = [choking_on(poison, status=status)]
    central.content = replace(CONTENT, version="v2")
    pace = Pace()
    outcome = connected.exchange(pace).run()
    assert unsent(connected) == [17]
    assert (outcome.stored, outcome.error, outcome.content) == (39, STUCK.code, "v2")
    assert "choked" in outcome.remedy
    assert outcome.reached
    save(connected, 41)
    before = len(central.brought)
    connected.exchange(pace).run()
    assert central.brought[before:] == [ids(41), ids(17)]
    central.plays = [good]
    assert connected.exchange(pace).run().pending == 0


def test_a_central_that_chokes_on_everything_is_not_asked_about_each_event(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, *range(1, 101))
    central.plays = [refusing(500, "broken")]
    outcome = connected.exchange().run()
    assert (outcome.error, outcome.pending) == ("broken", 100)
    assert len(central.heard) < 20


def test_a_few_stuck_events_keep_neither_heartbeat_nor_content_away(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, *range(1, 6))
    central.plays = [choking_on(*ids(1, 2, 3, 4, 5))]
    central.content = replace(CONTENT, version="v2")
    outcome = connected.exchange().run()
    assert (outcome.error, outcome.content, outcome.pending) == (STUCK.code, "v2", 5)
    assert central.brought[-1] == []
    assert sum(len(batch) == 1 for batch in central.brought) == upload.MOST_STUCK


def test_a_delivery_whose_answer_was_lost_is_a_duplicate_the_next_time(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1)
    central.plays = [truncated, good]
    connected.exchange().run()
    outcome = connected.exchange().run()
    assert (outcome.stored, outcome.duplicate, outcome.pending) == (0, 1, 0)
    assert len(central.stored) == 1


def judging(*verdicts: Verdict) -> Play:
    """Give these verdicts to the events of every batch, in turn."""

    def play(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path != "/sync/1/inbox":
            return good(central, heard)
        judged = [
            EventVerdict(identity, verdict, "too odd")
            for identity, verdict in zip(heard.ids, verdicts, strict=False)
        ]
        return central.inbox_answer(heard, verdicts=judged)

    return play


def test_each_verdict_is_counted(connected: Branch, central: PlayedCentral) -> None:
    save(connected, *range(1, 9))
    central.plays = [judging(*Verdict), judging(Verdict.RETRY, Verdict.MISSING)]
    outcome = connected.exchange().run()
    told = outcome.told()
    assert {name: told[name] for name in ("stored", "held", "conflict", "refused")} == {
        "stored": 1,
        "held": 1,
        "conflict": 1,
        "refused": 1,
    }
    assert unsent(connected) == [7, 8]


def test_an_answer_that_settles_nothing_ends_the_exchange(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1)
    for play in (judging(), judging(Verdict.RETRY)):
        central.plays = [play]
        central.heard.clear()
        connected.exchange().run()
        assert len(central.heard) == 1
    central.plays = [good]
    central.told = {"receipt": 0}
    central.heard.clear()
    assert connected.exchange().run().pending == 1
    assert len(central.heard) == 1


def test_dead_letters_are_reported_until_central_has_noted_them(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1)
    central.plays = [judging(Verdict.REFUSED), html, good]
    connected.exchange().run()
    connected.exchange().run()
    connected.exchange().run()
    connected.exchange().run()
    dead = [each.inbox.dead for each in central.heard]
    letter = wire.DeadLetter(event(1).id, "too odd")
    assert dead == [[], [letter], [letter], []]
    assert connected.desk.ledger.refused() == 1


def test_the_cursor_of_states_goes_out_and_comes_back(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1)
    central.told = {"states": [wire.ReceiptState(f"{1:032x}", "read", "2026-11-26T12:00Z", 41)]}
    connected.exchange().run()
    connected.exchange().run()
    assert asked_after(central) == [0, 41, 41]


def test_news_is_asked_for_by_the_page_until_there_is_none(
    connected: Branch, central: PlayedCentral
) -> None:
    def page(central: PlayedCentral, heard: Heard) -> Reply:
        after = heard.inbox.states_after
        return central.inbox_answer(heard, told_until=after + 1 if after < 2 else 0)

    central.plays = [page]
    connected.exchange().run()
    assert asked_after(central) == [0, 1, 2]


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        ((0.5, 0.9, 1.1, 1.2), [41, 41, 41, 0]),
        ((2, 2.9, 3.1, 3.2), [41, 0, 41, 0]),
        ((-30, -29.9, -28, -28), [41, 0, 41, 0]),
        ((400, 0, 0.1, 0.2), [41, 0, 0, 41]),
    ],
)
def test_once_a_day_all_news_is_heard_anew_whatever_was_heard(
    connected: Branch, central: PlayedCentral, days: list[float], asked: list[int]
) -> None:
    """A central that lost its last seconds may tell other news under numbers that were heard."""
    central.told = {"told_until": 41}
    exchange, first = connected.exchange(), []
    exchange.run()
    for each in days:
        at = datetime.fromisoformat(NOW) + timedelta(days=each)
        central.told["server_time"] = at.isoformat()
        central.heard.clear()
        exchange.run()
        first.append(asked_after(central)[0])
    assert first == asked


def asked_after(central: PlayedCentral) -> list[int]:
    """List up to which change the kiosk said, each time, that it had heard."""
    return [each.inbox.states_after for each in central.heard if each.path == "/sync/1/inbox"]


def test_new_content_is_fetched_once(connected: Branch, central: PlayedCentral) -> None:
    central.content = replace(CONTENT, version="v2")
    one = connected.exchange()
    assert one.run().content == "v2"
    assert one.published.current.version == "v2"
    assert one.run().content == "unchanged"
    paths = [each.path for each in central.heard]
    assert paths == ["/sync/1/inbox", "/sync/1/content", "/sync/1/inbox"]


def test_content_that_is_still_the_same_is_not_sent_again(
    connected: Branch, central: PlayedCentral
) -> None:
    central.told = {"hints": {"content": "v1-or-so"}}
    outcome = connected.exchange().run()
    assert (outcome.content, outcome.error) == ("unchanged", "")
    assert central.heard[-1].headers["if-none-match"] == '"v1"'


def test_seats_that_are_still_the_same_are_not_fetched_but_known_to_be_so(
    connected: Branch, central: PlayedCentral
) -> None:
    one = connected.exchange()
    one.ledger.seats.replace(wire.encode(wire.Seats("2026-11-26T09:00:00+00:00", "s1", [])))
    central.told = {"hints": {"content": central.content.version, "seats": "s1"}}
    assert one.run().error == ""
    assert [each.path for each in central.heard] == ["/sync/1/inbox"]
    assert one.ledger.seats.as_of == datetime.fromisoformat(NOW)


def seats(as_of: str, version: str) -> bytes:
    """Tell of seats."""
    return wire.encode(wire.Seats(as_of, version, []))


def test_after_centrals_clock_ran_ahead_seats_and_content_go_on_as_before(
    connected: Branch, central: PlayedCentral
) -> None:
    one = connected.exchange()
    for number, time in enumerate(("2026-11-26T10:30", "2031-01-01T00:00", "2026-11-26T10:32")):
        moment, name = f"{time}:00+00:00", f"v{number}x"
        central.content = replace(
            CONTENT, version=name, published=datetime.fromisoformat("2026-11-01T00:00+00:00")
        )
        central.seats = seats(moment, name)
        hints = {"content": name, "seats": name}
        central.told = {"server_time": moment, "hints": hints}
        assert one.run().error == ""
        assert one.published.current.version == one.ledger.seats.version == name
        central.told = {"server_time": moment, "hints": hints}
        assert one.run().error == ""
        assert one.ledger.seats.as_of == datetime.fromisoformat(moment)


def test_content_and_seats_that_central_signed_once_and_offers_no_more_are_not_taken(
    connected: Branch, central: PlayedCentral
) -> None:
    one = connected.exchange()
    one.ledger.seats.replace(seats("2026-11-26T09:00:00+00:00", "s2"))
    central.told = {"hints": {"content": "v3", "seats": "s3"}}
    old = datetime(2026, 11, 1, tzinfo=UTC)
    central.content = replace(CONTENT, version="v0", published=old)
    central.seats = seats("2026-11-26T09:30:00+00:00", "s1")
    assert one.run().error == ""
    assert (one.published.current.version, one.ledger.seats.version) == ("v1", "s2")
    later = datetime.fromisoformat(NOW) + timedelta(seconds=1)
    central.content = replace(CONTENT, version="v4", published=later)
    central.seats = seats(later.isoformat(timespec="milliseconds"), "s4")
    assert one.run().error == ""
    assert (one.published.current.version, one.ledger.seats.version) == ("v4", "s4")


@pytest.mark.parametrize("body", [b'{"branch": 5}', b"<html>"])
def test_content_that_this_version_cannot_read_leaves_the_old_one(
    connected: Branch, central: PlayedCentral, body: bytes
) -> None:
    def odd(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path == "/sync/1/content":
            return central.signed(body, heard.path)
        return good(central, heard)

    save(connected, 1)
    central.content = replace(CONTENT, version="v2")
    central.plays = [odd]
    one = connected.exchange()
    outcome = one.run()
    assert (outcome.error, outcome.pending) == ("S06", 0)
    assert one.published.current.version == "v1"


def test_content_that_is_not_centrals_leaves_the_old_one(
    connected: Branch, central: PlayedCentral
) -> None:
    def forged(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path == "/sync/1/content":
            return Reply(200, wire.encode_content(central.content))
        return good(central, heard)

    central.content = replace(CONTENT, version="v2")
    central.plays = [forged]
    one = connected.exchange()
    assert one.run().error == NOT_CENTRAL.code
    assert one.published.current.version == "v1"


def test_a_full_disk_while_settling_keeps_everything_pending(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    save(connected, 1)
    with monkeypatch.context() as disk:
        disk.setattr("os.fdatasync", full)
        outcome = connected.exchange().run()
    assert (outcome.error, outcome.pending) == ("K05", 1)
    assert connected.exchange().run().duplicate == 1


def test_a_restored_central_gets_everything_again(
    connected: Branch, central: PlayedCentral
) -> None:
    save(connected, 1, 2)
    connected.exchange().run()
    central.stored.clear()
    central.told = {"epoch": "e2"}
    outcome = connected.exchange().run()
    assert (outcome.stored, outcome.pending) == (2, 0)
    assert sorted(central.stored) == ids(1, 2)


def test_a_large_answer_may_come_compressed(connected: Branch, central: PlayedCentral) -> None:
    def packed(central: PlayedCentral, heard: Heard) -> Reply:
        honest = good(central, heard)
        headers = honest.headers | {"Content-Encoding": "gzip"}
        return Reply(200, gzip.compress(honest.body), headers)

    save(connected, 1)
    central.plays = [packed]
    assert connected.exchange().run().stored == 1


def test_an_outcome_that_ended_in_an_error_was_not_reached() -> None:
    told: dict[str, Any] = ExchangeOutcome(error="S01").told()
    assert told["error"] == "S01"
    assert not ExchangeOutcome(error="S01").reached
    assert ExchangeOutcome().reached


def test_seats_are_fetched_when_central_has_news_of_them_and_kept_when_it_has_none(
    connected: Branch, central: PlayedCentral
) -> None:
    central.told["hints"] = {"content": CONTENT.version, "seats": "s1"}
    assert connected.exchange().run().error == ""
    assert central.heard[-1].path == "/sync/1/seats"
    central.seats = wire.encode(wire.Seats("2026-11-26T10:30:00+00:00", "s1"))
    assert connected.exchange().run().error == ""
    assert connected.desk.ledger.seats.version == "s1"
    connected.exchange().run()
    assert central.heard[-1].path == "/sync/1/inbox"


def test_seats_that_cannot_be_read_are_a_problem_and_change_nothing(
    connected: Branch, central: PlayedCentral
) -> None:
    central.told["hints"] = {"content": CONTENT.version, "seats": "s1"}
    central.seats = b"[]"
    assert connected.exchange().run().error == UNREADABLE_CONTENT.code
    assert connected.desk.ledger.seats.version == ""


def test_what_was_handed_in_meanwhile_is_not_called_complete(connected: Branch) -> None:
    save(connected, 1)
    ledger = connected.desk.ledger
    before = list(ledger.unsent())
    assert report.complete_until(ledger, connected.world, before)
    ledger.forget(before[0].id)
    save(connected, 2)
    assert report.complete_until(ledger, connected.world, before) == ""
