"""The desk: what is confirmed is on disk, what is on disk tells nothing."""

import base64
import errno
import json
import os
import shutil
import threading
from collections import namedtuple
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk import places, seal, wire
from kiosk.desk import Desk, ErrandRefused
from kiosk.desk.status import in_words
from kiosk.domain.clock import heard
from kiosk.domain.errand import Errand, Kind, Question
from kiosk.domain.mistake import Mistake, Reason
from kiosk.domain.receipt import State
from kiosk.errands import ERRANDS
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.sign_up import SIGN_UP
from kiosk.errands.volunteer import VOLUNTEER
from kiosk.problems import CANNOT_WRITE, NOT_ENROLLED, Trouble
from kiosk.store.ledger import AMPLE_ROOM
from kiosk.store.published import PublishedContent
from kiosk.store.storage import DurableStorage
from kiosk.sync.courier import Courier
from kiosk.sync.outcome import ExchangeOutcome
from tests.desk.conftest import settle
from tests.drivers.answering import full_answers
from tests.drivers.branch import PRAISE, Branch, event
from tests.drivers.nasty import NASTY, SEQUENCES, harmless
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING, FakeWorld

NOW = datetime.fromisoformat("2026-11-26T10:30")
Room = namedtuple("Room", "total used free")


def test_a_receipt_is_given_only_for_what_is_on_disk(branch: Branch) -> None:
    receipt = branch.hand_in()
    assert receipt.id.encode() in branch.bytes_on_disk()
    assert receipt.errand == "feedback"
    assert receipt.captured_at == BEGINNING
    assert receipt.address == f"https://bibliotek.example/r/{receipt.code}"
    assert receipt.saved_ms > 0
    assert not receipt.connected
    branch.close()
    found = branch.desk.look_up(receipt.code_in_groups.lower())
    assert (found.errand, found.state) == ("feedback", State.SAVED)
    assert [step.state for step in found.history] == [State.SAVED]


def test_a_library_without_phone_pages_gives_no_address(branch: Branch) -> None:
    branch.device = msgspec.structs.replace(branch.device, public_url="")
    branch.desk.device = branch.device
    assert branch.hand_in().address == ""


def test_no_byte_of_the_state_folder_tells_an_answer_or_a_code(branch: Branch) -> None:
    secrets = ["Siri Sommar", "siri@sommar.example", "Rullstol till höger", "070-123 45 67"]
    answers = full_answers(SIGN_UP, CONTENT, NOW) | {
        "name": secrets[0],
        "contact": secrets[1],
        "need_in_words": secrets[2],
        "guardian": secrets[3],
    }
    first = branch.hand_in(SIGN_UP, answers)
    second = branch.hand_in(FEEDBACK, PRAISE | {"words": secrets[0], "about": "creating"})
    branch.desk.look_up(first.code)
    branch.desk.withdraw(second.code)
    branch.close()
    found = branch.bytes_on_disk().lower()
    codes = [said for each in (first, second) for said in (each.code, each.code_in_groups)]
    for secret in [*secrets, *codes, "creating", "siri", "sommar"]:
        for written in spellings(str(secret)):
            assert written not in found, secret


def spellings(secret: str) -> list[bytes]:
    """Write a secret in the ways it could stand in a file, in lower case."""
    plain = secret.encode()
    shifted = [base64.b64encode(b"x" * n + plain)[4 if n else 0 : -4] for n in range(3)]
    forms = [
        plain,
        secret.encode("utf-16-le"),
        secret.encode("utf-16-be"),
        secret.encode("latin-1"),
        plain.hex().encode(),
        msgspec.json.encode(secret)[1:-1],
        secret.encode("ascii", "backslashreplace"),
        *(each for each in shifted if len(each) > 7),
    ]
    return [each.lower() for each in forms]


def test_the_search_for_secrets_finds_what_is_not_sealed(branch: Branch) -> None:
    (branch.home / "leak").write_bytes(b"..." + base64.b64encode(b"xxSiri Sommar!") + b"...")
    assert any(each in branch.bytes_on_disk().lower() for each in spellings("Siri Sommar"))


def test_mistakes_are_named_and_nothing_is_saved(branch: Branch) -> None:
    with pytest.raises(ErrandRefused) as refused:
        branch.hand_in(SIGN_UP, {"workshop": "w-past", "seats": {"adults": 9}, "consent": False})
    assert refused.value.mistakes == {
        "workshop": Mistake(Reason.NOT_A_CHOICE),
        "seats": Mistake(Reason.TOO_MANY, 6),
        "name": Mistake(Reason.REQUIRED),
        "consent": Mistake(Reason.NOT_ACCEPTED),
    }
    assert "seats: too_many" in refused.value.remedy
    assert branch.events() == []


def test_the_same_errand_handed_in_twice_is_saved_once(branch: Branch) -> None:
    begun = branch.desk.begin(FEEDBACK)
    receipts = [branch.desk.hand_in(begun, PRAISE, "sv") for _ in range(3)]
    assert len({receipt.code for receipt in receipts}) == 1
    assert len(branch.events()) == 1


def test_a_hurried_visitor_who_presses_from_two_threads_is_saved_once(branch: Branch) -> None:
    begun = branch.desk.begin(FEEDBACK)
    callers = [
        threading.Thread(target=branch.desk.hand_in, args=(begun, PRAISE, "sv")) for _ in range(6)
    ]
    for each in callers:
        each.start()
    for each in callers:
        each.join()
    assert len(branch.events()) == 1


def test_two_errands_have_two_codes_and_numbers_in_their_order(branch: Branch) -> None:
    receipts = [branch.hand_in() for _ in range(3)]
    assert len({each.code for each in receipts}) == 3
    assert [each.seq for each in branch.events()] == [1, 2, 3]
    assert [each.id for each in branch.events()] == [each.id for each in receipts]


def test_the_event_tells_when_to_the_minute_and_of_which_boot(branch: Branch) -> None:
    branch.world.later(minutes=1, seconds=42)
    branch.hand_in()
    (event,) = branch.events()
    assert datetime.fromisoformat(event.captured_at) == BEGINNING.replace(minute=31)
    assert event.captured_at == "2026-11-26T10:31+01:00"
    assert (event.boot, event.mono_ms, event.v, event.about) == ("b00t0001", 102_000, 1, "")


def test_a_full_disk_lets_no_errand_begin(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = branch.desk
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Room(10**9, 10**9, 19_999_999))
    with pytest.raises(Trouble) as caught:
        desk.begin(FEEDBACK)
    assert caught.value.problem is CANNOT_WRITE
    assert "19 MB" in caught.value.remedy
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Room(10**9, 10**9, 20_000_000))
    assert desk.begin(FEEDBACK).errand is FEEDBACK


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_the_end_saves_nothing_and_can_be_tried_again(
    branch: Branch, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    begun = branch.desk.begin(FEEDBACK)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", fail)
        with pytest.raises(Trouble) as caught:
            branch.desk.hand_in(begun, PRAISE, "sv")
    assert caught.value.problem is CANNOT_WRITE
    assert branch.events() == []
    assert branch.desk.ledger.note(begun.keys.result().locator) is None
    receipt = branch.desk.hand_in(begun, PRAISE, "sv")
    assert receipt.code == begun.code
    assert [each.seq for each in branch.events()] == [1]
    branch.close()
    assert [each.id for each in branch.events()] == [begun.id]


def test_a_withdrawal_that_cannot_be_saved_changes_nothing(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    receipt = branch.hand_in()
    with monkeypatch.context() as disk:
        disk.setattr(os, "fdatasync", fail)
        with pytest.raises(Trouble):
            branch.desk.withdraw(receipt.code, erase=True)
    assert branch.desk.look_up(receipt.code).state is State.SAVED
    assert len(branch.events()) == 1


def test_an_agreement_carries_the_version_of_the_terms(branch: Branch) -> None:
    answers = full_answers(VOLUNTEER, CONTENT, NOW)
    answers["agreement"] = {"accepted": True, "mine": "Jag bakar"}
    branch.hand_in(VOLUNTEER, answers)
    opened = branch.unsealed(branch.events()[0]).answers
    assert opened["agreement"] == {"accepted": True, "mine": "Jag bakar", "version": 4}


def test_nobody_agrees_to_terms_that_were_changed_after_she_read_them(branch: Branch) -> None:
    answers = full_answers(VOLUNTEER, CONTENT, NOW)
    answers["agreement"] = {"accepted": True, "mine": "Jag bakar", "version": 3}
    with pytest.raises(ErrandRefused) as refused:
        branch.hand_in(VOLUNTEER, answers)
    assert refused.value.mistakes == {"agreement": Mistake(Reason.NOT_ACCEPTED)}
    assert branch.events() == []


def test_an_agreement_that_may_be_skipped_can_be_skipped(branch: Branch) -> None:
    loose = Errand(
        "loose",
        "Loose",
        "A task without terms.",
        (
            Question("task", Kind.TASK, "What?", required=True),
            Question("agreement", Kind.AGREEMENT, "Agreed?"),
        ),
        "Thanks.",
    )
    branch.hand_in(loose, {"task": "t-read"})
    assert branch.unsealed(branch.events()[0]).answers == {"task": "t-read"}


@pytest.mark.parametrize("words", ["half \ud83d of a sign", "\udc80", *SEQUENCES, *NASTY])
def test_whatever_a_terminal_pastes_can_be_saved(branch: Branch, words: str) -> None:
    told = f"Vi såg {words} katten"
    branch.hand_in(FEEDBACK, PRAISE | {"words": told})
    branch.hand_in(SIGN_UP, full_answers(SIGN_UP, CONTENT, NOW) | {"name": told})
    for told_event, question in zip(branch.events(), ("words", "name"), strict=True):
        sealed = wire.decode(bytes(told_event.payload), wire.Handed).sealed
        kept = json.loads(seal.unseal(branch.sealing.secret, sealed))["answers"][question]
        assert harmless(kept)
        assert kept.startswith("Vi såg ")
        assert kept.endswith(" katten")


def test_the_clock_on_the_wall_is_the_branchs(branch: Branch) -> None:
    assert branch.desk.now() == NOW
    helsinki = replace(CONTENT, branch=replace(CONTENT.branch, timezone="Europe/Helsinki"))
    branch.desk.published.replace(wire.encode_content(helsinki))
    assert branch.desk.now().hour == 11


@pytest.mark.parametrize("zone", ["Europe/Lyckeby", "", "../../etc/passwd", "Europe", "\0"])
def test_a_time_zone_that_is_none_stops_no_visitor(branch: Branch, zone: str) -> None:
    odd = replace(CONTENT, branch=replace(CONTENT.branch, timezone=zone))
    branch.desk.published.replace(wire.encode_content(odd))
    receipt = branch.hand_in()
    assert branch.desk.look_up(receipt.code).state is State.SAVED
    assert branch.desk.now().tzinfo is None


def test_the_status_line_knows_whether_central_answered_last(branch: Branch) -> None:
    assert branch.desk.connection().last_exchange is None
    assert branch.desk.connection().connected is None
    branch.desk.courier = Courier(branch.exchange(), 60)
    assert branch.desk.connection().connected is None
    branch.desk.courier.last = ExchangeOutcome()
    settle(branch)
    known = branch.desk.connection()
    assert known.connected
    assert known.pending == 0
    assert known.last_exchange == datetime.fromisoformat("2026-11-26T10:31:00+00:00")
    branch.desk.courier.last = ExchangeOutcome(error="S01", remedy="Look at the cable")
    assert branch.desk.connection().connected is False
    assert branch.desk.status().faults == [{"code": "S01", "remedy": "Look at the cable"}]


def test_the_status_tells_a_technician_how_it_is(branch: Branch) -> None:
    assert branch.desk.status().oldest_pending_s == 0
    branch.hand_in()
    branch.world.later(hours=2)
    status = branch.desk.status()
    assert (status.device, status.branch) == (branch.device.device, "ekenas")
    assert (status.pending, status.unsafe, status.oldest_pending_s) == (1, 1, 7200)
    assert (status.content, status.last_exchange, status.faults) == ("v1", "", [])
    assert status.room > 0
    assert set(status.versions) == {"meroppet-kiosk", "textual", "tinydb"}


def test_a_damaged_ledger_is_set_aside_and_the_status_says_so(branch: Branch) -> None:
    places.ledger(branch.home).write_bytes(b"garbage")
    (fault,) = branch.desk.status().faults
    assert fault["code"] == "K03"
    assert "quarantine" in fault["remedy"]
    assert branch.hand_in().code


def test_a_kiosk_that_belongs_to_no_library_does_not_open(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        Desk(tmp_path, FakeWorld())
    assert caught.value.problem is NOT_ENROLLED
    assert list(tmp_path.iterdir()) == []


def test_the_desk_shows_the_content_that_was_published(branch: Branch) -> None:
    assert branch.desk.content == CONTENT
    assert isinstance(branch.desk.published, PublishedContent)
    assert branch.desk.errands is ERRANDS


def test_a_hand_in_wakes_the_courier(branch: Branch) -> None:
    woken: list[str] = []

    class Listening(Courier):
        def wake(self) -> None:
            woken.append("woken")

    branch.desk.courier = Listening(branch.exchange(), 60)
    receipt = branch.hand_in()
    branch.desk.withdraw(receipt.code)
    assert woken == ["woken", "woken"]


def test_status_tells_of_a_clock_that_is_wrong_and_no_place_is_promised_by_it(
    branch: Branch,
) -> None:
    assert not branch.desk.clock_in_doubt()
    branch.desk.ledger.hear_time(heard(branch.world.now() + timedelta(days=2), branch.world))
    assert branch.desk.clock_in_doubt()
    (fault,) = branch.desk.status().faults
    assert fault["code"] == "S09"
    assert "at central it is 2026-11-28 09:30 UTC" in fault["remedy"]
    branch.world.later(hours=1)
    for _ in range(2):
        branch.desk.ledger.hear_time(heard(branch.world.now(), branch.world))
        assert branch.desk.status().faults == []


def test_status_tells_that_central_lets_this_kiosk_in_no_more(branch: Branch) -> None:
    branch.desk.ledger.set_fact("shut_out", "a technician has shut it out")
    (fault,) = branch.desk.status().faults
    assert fault["code"] == "S03"
    assert "shut it out" in fault["remedy"]


def test_room_is_made_ahead_of_need_and_never_while_a_visitor_waits(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_by = []
    real = DurableStorage.prepare

    def prepare(storage: DurableStorage) -> None:
        made_by.append(threading.current_thread().name)
        real(storage)

    desk = branch.desk
    while desk.ledger.room() >= AMPLE_ROOM:
        desk.ledger.append(event(1, words="x" * 5_000))
    monkeypatch.setattr(DurableStorage, "prepare", prepare)
    begun = desk.begin(FEEDBACK)
    begun.keys.result()
    desk.hand_in(begun, {"about": "staff"}, "sv")
    desk.begin(FEEDBACK).keys.result()
    assert desk.ledger.room() >= AMPLE_ROOM
    assert made_by
    assert all(name.startswith("receipt") for name in made_by)


def test_a_status_is_said_in_words_whatever_there_is_of_it(branch: Branch) -> None:
    said = dict(in_words(asdict(branch.desk.status())))
    assert said["waiting to be sent"] == said["last exchange"] == said["faults"] == "none"
    assert "textual" in said["versions"]
    assert not set("{}[]'") & set("".join(said.values()))
    branch.hand_in()
    told = asdict(branch.desk.status()) | {"faults": [{"code": "K05", "remedy": "Make room."}]}
    said = dict(in_words(told))
    assert (said["waiting to be sent"], said["fault K05"]) == ("1", "Make room.")
    assert "faults" not in said
    assert in_words({"pending": 7}) == [("waiting to be sent", "7"), ("faults", "none")]
