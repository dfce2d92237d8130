"""The exchange on a stick, at the kiosk: nothing leaves before a newer answer allows it."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kiosk import places, seal, wire
from kiosk.problems import (
    BUNDLE_DAMAGED,
    BUNDLE_FOREIGN,
    BUNDLE_OLDER,
    BUNDLE_WRONG_WAY,
    CANNOT_WRITE,
    CATALOGUE,
    NO_NETWORK,
    UNREADABLE_CONTENT,
    Problem,
    Trouble,
)
from kiosk.sync import bundle
from kiosk.sync.bundle import Stick, parts
from kiosk.sync.no_network import NoNetwork
from kiosk.sync.outcome import ExchangeOutcome
from kiosk.wire import EventVerdict, ReceiptState, Verdict
from tests.drivers.branch import Branch, event
from tests.drivers.played_central import PlayedCentral
from tests.drivers.played_stick import PlayedStick
from tests.drivers.published import CONTENT
from tests.sync.conftest import ids, save, unsent

NEWER = replace(CONTENT, version="v2", published=datetime(2026, 11, 27, tzinfo=UTC))


def stick(branch: Branch) -> Stick:
    """Make what the commands use."""
    desk = branch.desk
    return Stick(desk.device, desk.ledger, desk.published, branch.world)


def written(branch: Branch) -> bytes:
    """Write a bundle."""
    return stick(branch).write().file


def read(branch: Branch, file: bytes) -> ExchangeOutcome:
    """Read an answer that has not been read before."""
    again, outcome = stick(branch).read(file)
    assert not again
    return outcome


def refused(branch: Branch, file: bytes) -> Problem:
    """Return the problem with which an answer is refused; nothing may have changed."""
    before = branch.desk.ledger.contents()
    with pytest.raises(Trouble) as caught:
        stick(branch).read(file)
    assert branch.desk.ledger.contents() == before
    return caught.value.problem


@pytest.fixture
def library(branch: Branch) -> PlayedStick:
    return PlayedStick(branch)


def test_all_that_waits_goes_out_in_the_bytes_that_were_captured_and_stays_until_answered(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1, 2, 3)
    made = stick(branch).write()
    assert (made.number, made.outcome.sent, made.outcome.pending) == (1, 3, 3)
    assert unsent(branch) == [1, 2, 3]
    outcome = read(branch, library.answer(made.file))
    assert (outcome.sent, outcome.stored, outcome.pending, outcome.error) == (3, 3, 0, "")
    assert library.stored == {event(n).id: wire.encode(event(n)) for n in (1, 2, 3)}
    assert branch.desk.ledger.acknowledged() == 3
    assert stick(branch).write().number == 2


def test_a_kiosk_with_nothing_to_bring_still_fetches_the_news(
    branch: Branch, library: PlayedStick
) -> None:
    library.content = NEWER
    (inbox,) = library.opened(file := written(branch))
    assert inbox.items == []
    assert read(branch, library.answer(file)).content == "v2"
    assert branch.desk.content == NEWER


def test_a_flood_is_cut_into_inboxes_within_the_limits_of_one(
    branch: Branch, library: PlayedStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_BATCH_ITEMS", 4)
    monkeypatch.setattr(bundle, "MAX_PARTS", 3)
    save(branch, *range(1, 21))
    file = written(branch)
    assert [len(each.items) for each in library.opened(file)] == [4, 4, 4]
    assert read(branch, library.answer(file)).pending == 8
    assert unsent(branch) == list(range(13, 21))
    size = len(branch.desk.ledger.unsent()[0].body)
    monkeypatch.setattr(wire, "MAX_BATCH_BYTES", 2 * size)
    assert [len(each) for each in parts(branch.desk.ledger.unsent())] == [2, 2, 2]
    monkeypatch.setattr(wire, "MAX_BATCH_BYTES", 1)
    assert [len(each) for each in parts(branch.desk.ledger.unsent())] == [1, 1, 1]


def test_an_answer_read_twice_changes_nothing_the_second_time(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    answer = library.answer(written(branch))
    read(branch, answer)
    save(branch, 2)
    before = branch.desk.ledger.contents()
    again, outcome = stick(branch).read(answer)
    assert (again, outcome.sent, outcome.pending) == (True, 0, 1)
    assert branch.desk.ledger.contents() == before


def test_an_answer_older_than_what_is_known_is_refused_and_loses_nothing(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    first = library.answer(written(branch), safe=9)
    save(branch, 2)
    second = library.answer(written(branch))
    assert read(branch, second).sent == 2
    assert refused(branch, first) is BUNDLE_OLDER
    assert branch.desk.ledger.acknowledged() == 2


def test_an_answer_to_an_older_bundle_that_central_gave_later_is_taken(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    first = written(branch)
    save(branch, 2)
    read(branch, library.answer(written(branch)))
    assert read(branch, library.answer(first)).duplicate == 1
    assert branch.desk.ledger.acknowledged() == 2


def test_between_bundles_a_network_may_come_and_go(
    connected: Branch, central: PlayedCentral
) -> None:
    library = PlayedStick(connected, stored=central.stored)
    save(connected, 1)
    late = library.answer(written(connected))
    save(connected, 2)
    central.told = {"server_time": "2026-11-28T08:00:00.000+00:00"}
    assert connected.exchange().run().sent == 2
    assert refused(connected, late) is BUNDLE_OLDER
    assert unsent(connected) == []


def test_a_kiosk_that_knows_no_address_says_so_and_keeps_everything(branch: Branch) -> None:
    save(branch, 1)
    outcome = replace(branch.exchange(), carrier=NoNetwork(branch.device)).run()
    assert (outcome.error, outcome.pending) == (NO_NETWORK.code, 1)
    assert "kiosk bundle write" in outcome.remedy


def test_a_key_that_changes_while_a_stick_travels_still_opens_the_answer(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    answer = library.answer(written(branch))
    new, old = seal.new_signing_pair().secret, branch.device.secret_key
    changed = msgspec.structs.replace(branch.desk.device, secret_key=new, former_key=old)
    stranger = msgspec.structs.replace(changed, former_key=new)
    with pytest.raises(Trouble):
        replace(stick(branch), device=stranger).read(answer)
    assert replace(stick(branch), device=changed).read(answer)[1].stored == 1


def test_central_restored_meanwhile_puts_everything_unpurged_back(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1, 2)
    read(branch, library.answer(written(branch)))
    late = library.answer(written(branch), safe=99)
    library.epoch, library.stored = "e2", {}
    file = written(branch)
    assert library.opened(file)[0].items == []
    assert read(branch, library.answer(file)).pending == 2
    assert refused(branch, late) is BUNDLE_OLDER
    assert read(branch, library.answer(written(branch))).stored == 2


def test_states_answers_erasing_and_purging_come_by_stick(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1, 2, 3)
    read(branch, library.answer(written(branch)))
    news = ReceiptState(f"{1:032x}", "read", "2026-11-27T09:00:00+01:00", change=7)
    answer = library.answer(written(branch), states=[news], erase=ids(2), safe=1)
    assert read(branch, answer).purged == 2
    ledger = branch.desk.ledger
    notes = [ledger.note(f"{number:032x}") for number in (1, 2, 3)]
    assert [note.state for note in notes if note] == ["read", "erased", "sent"]
    assert (ledger.acknowledged(), ledger.fact("states_after")) == (0, 7)


def test_dead_letters_are_reported_until_an_answer_notes_them(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    file = written(branch)
    verdicts = [EventVerdict(ids(1)[0], Verdict.REFUSED, "too_large")]
    assert read(branch, library.answer(file, verdicts=verdicts)).refused == 1
    file = written(branch)
    assert [each.id for each in library.opened(file)[0].dead] == ids(1)
    assert len(branch.desk.ledger.dead_letters()) == 1
    read(branch, library.answer(file))
    assert branch.desk.ledger.dead_letters() == []
    assert library.opened(written(branch))[0].dead == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"tenant": "lovisa"}, BUNDLE_FOREIGN),
        ({"device": "0198c0de-0000-7000-8000-000000000002"}, BUNDLE_FOREIGN),
        ({"answers": "0" * 64}, BUNDLE_FOREIGN),
    ],
)
def test_an_answer_for_somebody_else_is_refused(
    branch: Branch, library: PlayedStick, changed: dict[str, Any], problem: Problem
) -> None:
    file = written(branch)
    answer = library.packed(file, library.answers(file), **changed)
    assert refused(branch, answer) is problem


def test_only_central_itself_can_answer(branch: Branch, library: PlayedStick) -> None:
    file = written(branch)
    genuine, branch.signing = branch.signing, seal.new_signing_pair()
    assert refused(branch, library.answer(file)) is BUNDLE_DAMAGED
    branch.signing = genuine
    assert refused(branch, file) is BUNDLE_WRONG_WAY
    branch.kiosk_keys, _ = seal.new_signing_pair(), branch.kiosk_keys
    with pytest.raises(Trouble):
        library.opened(file)


def test_an_answer_torn_or_changed_anywhere_changes_nothing(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    answer = library.answer(written(branch))
    for length in range(0, len(answer), 7):
        assert refused(branch, answer[:length]) is BUNDLE_DAMAGED
    for place in range(0, len(answer), 5):
        changed = answer[:place] + bytes([answer[place] ^ 4]) + answer[place + 1 :]
        assert refused(branch, changed).code in CATALOGUE
    assert read(branch, answer).sent == 1


def test_an_answer_that_cannot_be_meant_is_refused_whole(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    file = written(branch)
    (plain,) = library.answers(file)
    news = ReceiptState(f"{1:032x}", "read", "yesterday", change=7)
    for wrong in (
        library.answers(file, server_time="soon"),
        library.answers(file, states=[news]),
        [plain, *library.answers(file, epoch="e2")],
        [],
    ):
        assert refused(branch, library.packed(file, wrong)) is BUNDLE_DAMAGED


def test_older_content_never_replaces_newer(branch: Branch, library: PlayedStick) -> None:
    early, late, last = (written(branch) for _ in range(3))
    library.content = NEWER
    read(branch, library.answer(early))
    library.content = replace(CONTENT, version="v0")
    assert read(branch, library.answer(late)).content == "unchanged", "who knows when it was made"
    library.content = replace(NEWER, published=datetime(2026, 11, 28, tzinfo=UTC))
    assert read(branch, library.answer(last)).content == "unchanged"
    assert branch.desk.content == NEWER


def test_after_centrals_clock_ran_ahead_sticks_go_on_as_before(
    branch: Branch, library: PlayedStick
) -> None:
    def seats(taken: int) -> bytes:
        told = [wire.WorkshopSeats("w-knit", capacity=12, taken=taken)]
        return wire.encode(wire.Seats(library.clock.isoformat(), f"v{taken}", told))

    now, ahead = library.clock, library.clock.replace(year=2031)
    for clock, version, taken in ((now, "a", 1), (ahead, "b", 2), (now, "c", 3), (now, "d", 4)):
        save(branch, taken)
        library.clock = clock
        library.content = replace(CONTENT, version=version, published=clock)
        library.seats = seats(taken)
        outcome = read(branch, library.answer(written(branch)))
        assert (outcome.stored, outcome.pending, outcome.error) == (1, 0, "")
        assert branch.desk.content.version == version
        assert branch.desk.ledger.seats.known("w-knit").told.taken == taken
        branch.close()


def test_content_this_version_cannot_read_keeps_no_verdict_back(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    file = written(branch)
    answer = library.packed(file, library.answers(file), content=b'{"branch": 5}')
    outcome = read(branch, answer)
    assert (outcome.error, outcome.stored, outcome.pending) == (UNREADABLE_CONTENT.code, 1, 0)
    assert branch.desk.content == CONTENT


def test_content_that_cannot_be_saved_keeps_no_verdict_back(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    library.content = NEWER
    answer = library.answer(written(branch))
    aside = places.content(branch.home).with_name("content.json.new")
    aside.mkdir()
    outcome = read(branch, answer)
    assert (outcome.error, outcome.stored) == (CANNOT_WRITE.code, 1)
    aside.rmdir()
    assert read(branch, library.answer(written(branch))).content == "v2"


def test_seats_come_by_stick_and_older_ones_change_nothing(
    branch: Branch, library: PlayedStick
) -> None:
    def seats(as_of: str, taken: int) -> bytes:
        told = [wire.WorkshopSeats("w-knit", capacity=12, taken=taken)]
        return wire.encode(wire.Seats(as_of, f"v{taken}", told))

    bundles = [written(branch) for _ in range(3)]
    for as_of, taken, shown in (
        ("2026-11-27T08:00:00.000+00:00", 5, 5),
        ("2026-11-26T08:00:00.000+00:00", 2, 5),
        ("2026-11-28T08:00:00.000+00:00", 7, 7),
    ):
        library.seats = seats(as_of, taken)
        assert read(branch, library.answer(bundles.pop(0))).error == ""
        assert branch.desk.ledger.seats.known("w-knit").told.taken == shown
    library.seats = b'{"as_of": "soon"}'
    assert read(branch, library.answer(written(branch))).error == UNREADABLE_CONTENT.code
    library.seats = seats("2026-11-29T08:00:00.000+00:00", 9)
    aside = places.seats(branch.home)
    aside.with_name(aside.name + ".new").mkdir()
    assert read(branch, library.answer(written(branch))).error == CANNOT_WRITE.code


def test_all_parts_of_a_bundle_together_tell_how_complete_the_news_is(
    branch: Branch, library: PlayedStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "MAX_BATCH_ITEMS", 2)
    save(branch, 1, 2, 3)
    told = [bool(each.complete_until) for each in library.opened(written(branch))]
    assert told == [False, True]
    monkeypatch.setattr(bundle, "MAX_PARTS", 1)
    assert not library.opened(written(branch))[0].complete_until


def test_on_a_full_disk_an_answer_is_read_whole_or_not_at_all(
    branch: Branch, library: PlayedStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    save(branch, 1, 2)
    answer = library.answer(written(branch))
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", full)
        disk.setattr(os, "fsync", full)
        assert refused(branch, answer) is CANNOT_WRITE
        with pytest.raises(Trouble):
            stick(branch).write()
    assert read(branch, answer).stored == 2


def test_a_kiosk_that_starts_again_remembers_its_bundles(
    branch: Branch, library: PlayedStick
) -> None:
    save(branch, 1)
    first = written(branch)
    branch.close()
    answer = library.answer(first)
    assert read(branch, answer).stored == 1
    branch.close()
    assert stick(branch).read(answer) == (True, ExchangeOutcome())
    assert stick(branch).write().number == 2


def test_answers_are_taken_to_the_last_fifty_bundles(
    branch: Branch, library: PlayedStick, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle, "MOST_REMEMBERED", 2)
    files = [written(branch) for _ in range(3)]
    assert refused(branch, library.answer(files[0])) is BUNDLE_FOREIGN
    read(branch, library.answer(files[1]))
    read(branch, library.answer(files[2]))
