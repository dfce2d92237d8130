"""Answers that are not truly central's: nothing leaves until one is."""

import base64
import time

import pytest

from kiosk import seal, wire
from kiosk.problems import NOT_CENTRAL, UNREACHABLE
from kiosk.sync import carrier
from kiosk.sync.line import Patience
from tests.drivers.branch import Branch
from tests.drivers.played_central import (
    Heard,
    Play,
    PlayedCentral,
    Reply,
    good,
    html,
    saying,
    truncated,
)
from tests.sync.conftest import ids, save, unsent


def other_key(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer correctly, signed by somebody else."""
    honest = central.inbox_answer(heard)
    forged = seal.sign(b"x" * 32, wire.answer_text(honest.body, heard.inbox.batch))
    return Reply(200, honest.body, {wire.SIGNATURE_HEADER: base64.b64encode(forged).decode()})


def unsigned(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer correctly, without a signature."""
    return Reply(200, central.inbox_answer(heard).body)


def rubbish_signature(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer correctly, with a signature that is no base64."""
    return Reply(200, central.inbox_answer(heard).body, {wire.SIGNATURE_HEADER: "!!"})


def other_batch(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer a question that was not asked, signed for this one."""
    honest = wire.decode(central.inbox_answer(heard).body, wire.InboxAnswer)
    told = {name: getattr(honest, name) for name in honest.__struct_fields__}
    body = wire.encode(wire.InboxAnswer(**(told | {"batch": "another"})))
    return central.signed(body, heard.inbox.batch)


def replayed(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer with what was signed for another batch."""
    honest = central.inbox_answer(heard)
    return central.signed(honest.body, "another batch")


def not_gzip(central: PlayedCentral, heard: Heard) -> Reply:
    """Promise compression and send something else."""
    honest = central.inbox_answer(heard)
    return Reply(200, b"plain", honest.headers | {"Content-Encoding": "gzip"})


def no_time(central: PlayedCentral, heard: Heard) -> Reply:
    """Say a time that is none."""
    return central.inbox_answer(heard, server_time="soon")


def no_time_of_a_state(central: PlayedCentral, heard: Heard) -> Reply:
    """Tell a state without saying when."""
    return central.inbox_answer(heard, states=[wire.ReceiptState("0" * 32, "read", "then", 1)])


NOT_TRUSTED = [
    html,
    other_key,
    unsigned,
    rubbish_signature,
    other_batch,
    replayed,
    no_time,
    no_time_of_a_state,
    saying(Reply(302, b"", {"Location": "http://127.0.0.1:9/login"})),
    saying(Reply(200, b"")),
    saying(Reply(304)),
    saying(Reply(404, b"<html>")),
    saying(Reply(403, b"<html>Forbidden</html>")),
    saying(Reply(502, b"Bad gateway")),
    saying(Reply(503, b"<html>")),
]


@pytest.mark.parametrize("play", NOT_TRUSTED, ids=range(len(NOT_TRUSTED)))
def test_what_is_not_truly_centrals_answer_lets_nothing_leave(
    connected: Branch, central: PlayedCentral, play: Play
) -> None:
    save(connected, 1, 2)
    central.plays = [play]
    outcome = connected.exchange().run()
    assert outcome.error == NOT_CENTRAL.code
    assert "nothing is lost" in outcome.remedy
    assert outcome.pending == 2
    assert len(central.heard) == 1
    assert connected.desk.ledger.fact("last_exchange") == ""
    central.plays = [good]
    assert connected.exchange().run().pending == 0
    assert sorted(central.stored) == ids(1, 2)


@pytest.mark.parametrize("play", [truncated, not_gzip])
def test_an_answer_that_breaks_off_lets_nothing_leave(
    connected: Branch, central: PlayedCentral, play: Play
) -> None:
    save(connected, 1)
    central.plays = [play]
    outcome = connected.exchange().run()
    assert outcome.error in {UNREACHABLE.code, NOT_CENTRAL.code}
    assert unsent(connected) == [1]
    central.plays = [good]
    outcome = connected.exchange().run()
    assert (outcome.duplicate, outcome.pending) == (1, 0)


def test_an_answer_without_end_is_not_listened_to(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(connected, 1)
    central.plays = [saying(Reply(200, b" ", without_end=True))]
    outcome = connected.exchange().run()
    assert (outcome.error, unsent(connected)) == (UNREACHABLE.code, [1])
    monkeypatch.setattr(carrier, "_PATIENT", Patience(whole_s=0.0))
    central.plays = [good]
    assert connected.exchange().run().error == UNREACHABLE.code


def test_a_central_that_is_slower_than_patience_lets_nothing_leave(
    connected: Branch, central: PlayedCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "_PATIENT", Patience(read_s=0.05))

    def slow(central: PlayedCentral, heard: Heard) -> Reply:
        time.sleep(0.2)
        return good(central, heard)

    save(connected, 1)
    central.plays = [slow, good]
    outcome = connected.exchange().run()
    assert (outcome.error, unsent(connected)) == (UNREACHABLE.code, [1])


def test_where_nobody_listens_nothing_leaves(branch: Branch) -> None:
    save(branch, 1)
    outcome = branch.exchange().run()
    assert (outcome.error, outcome.pending, outcome.reached) == (UNREACHABLE.code, 1, False)
    assert "127.0.0.1" in outcome.remedy
