"""Changing the key: at every moment a key that central knows is on the kiosk's disk."""

import base64

import pytest
from msgspec.structs import replace

from kiosk import seal, wire
from kiosk.problems import DEVICE_REFUSED
from kiosk.store.device import load_device, save_device
from kiosk.sync.outcome import ExchangeOutcome
from tests.drivers.branch import Branch
from tests.drivers.played_central import (
    NOW,
    Heard,
    Play,
    PlayedCentral,
    Reply,
    good,
    refusing,
)
from tests.sync.conftest import save

LATER = "2027-02-25T10:31:00.000+00:00"
"""More than ninety days after NOW."""


class Keeper:
    """Central's door: knows one key and perhaps the next, as the library's does."""

    def __init__(self, public_key: bytes) -> None:
        """Know the key a kiosk enrolled with."""
        self.key = public_key
        self.next: bytes | None = None
        self.lose_answer = False

    def play(self, central: PlayedCentral, heard: Heard) -> Reply:
        """Let in whoever signs with a key that is known; an announced one ends the old one."""
        if not self._knows(heard):
            return refusing(401, "bad_signature")(central, heard)
        if heard.path != "/sync/1/rotate":
            return good(central, heard)
        asked = wire.decode(heard.body, wire.Rotate)
        device = heard.headers["kiosk-device"]
        seal.verify(asked.public_key, wire.rotation_text(device, asked.public_key), asked.proof)
        if asked.public_key != self.key:
            self.next = asked.public_key
        return Reply(502) if self.lose_answer else good(central, heard)

    def _knows(self, heard: Heard) -> bool:
        if _signed_by(heard, self.key):
            return True
        if self.next and _signed_by(heard, self.next):
            self.key, self.next = self.next, None
            return True
        return False


def _signed_by(heard: Heard, public_key: bytes) -> bool:
    text = wire.signed_text(heard.method, heard.path, heard.headers["kiosk-device"], heard.body)
    try:
        seal.verify(public_key, text, base64.b64decode(heard.headers["kiosk-signature"]))
    except seal.NotGenuine:
        return False
    return True


@pytest.fixture
def keeper(connected: Branch, central: PlayedCentral) -> Keeper:
    keeper = Keeper(connected.kiosk_keys.public)
    central.plays = [keeper.play]
    return keeper


def run(branch: Branch) -> ExchangeOutcome:
    """Exchange as a program that has just started would."""
    return branch.exchange().run()


def public(branch: Branch) -> bytes:
    """Return the public key that the kiosk would sign with after a start."""
    return seal.public_of(load_device(branch.home).secret_key)


def test_a_key_of_ninety_days_is_changed_and_the_new_one_is_used(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    exchange = connected.exchange()
    assert exchange.run().reached
    assert load_device(connected.home).keyed_at == NOW
    first = keeper.key
    central.told = {"server_time": "2027-02-20T10:31:00.000+00:00"}
    exchange.run()
    assert public(connected) == first
    central.told = {"server_time": LATER}
    save(connected, 1)
    assert exchange.run().stored == 1
    assert keeper.next == public(connected) != first
    assert exchange.run().reached
    assert keeper.key == public(connected)
    device = load_device(connected.home)
    assert (device.keyed_at, seal.public_of(device.former_key)) == (LATER, first)
    exchange.run()
    assert [each.path for each in central.heard].count("/sync/1/rotate") == 1


def test_a_key_whose_age_was_told_by_a_clock_that_ran_ahead_is_young_again(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    central.told = {"server_time": "2031-01-01T00:00:00.000+00:00"}
    run(connected)
    central.told = {"server_time": NOW}
    run(connected)
    assert load_device(connected.home).keyed_at == NOW


def test_central_may_ask_for_a_new_key_at_any_time(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    central.told = {"hints": {"content": central.content.version, "rotate": True, "dance": 1}}
    run(connected)
    central.told = {}
    run(connected)
    assert keeper.key == public(connected) != connected.kiosk_keys.public


def test_the_answer_to_a_new_key_may_be_lost_again_and_again(
    connected: Branch, central: PlayedCentral, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    central.told = {"hints": {"content": central.content.version, "rotate": True}}
    keeper.lose_answer = True
    for _ in range(3):
        outcome = run(connected)
        assert (outcome.error, outcome.reached) == ("", True)
    assert "the key could not be changed" in caplog.text
    assert public(connected) == connected.kiosk_keys.public
    assert seal.public_of(load_device(connected.home).next_key) == keeper.next
    keeper.lose_answer = False
    run(connected)
    central.told = {}
    run(connected)
    assert keeper.key == public(connected) != connected.kiosk_keys.public


def test_a_kiosk_that_forgot_it_had_begun_to_use_its_new_key_finds_it(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    run(connected)
    device = replace(load_device(connected.home), next_key=b"n" * 32)
    save_device(connected.home, device)
    keeper.key = seal.public_of(b"n" * 32)
    assert run(connected).reached
    device = load_device(connected.home)
    assert (device.secret_key, device.next_key) == (b"n" * 32, b"")
    assert seal.public_of(device.former_key) == connected.kiosk_keys.public


def test_a_key_that_central_turns_out_to_have_had_for_long_is_not_offered_again(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    save_device(connected.home, replace(load_device(connected.home), next_key=b"n" * 32))
    central.told = {"hints": {"content": central.content.version, "rotate": True}}
    exchange = connected.exchange()

    def changed_meanwhile(central: PlayedCentral, heard: Heard) -> Reply:
        if heard.path == "/sync/1/rotate":
            keeper.key = seal.public_of(b"n" * 32)
        return keeper.play(central, heard)

    central.plays = [changed_meanwhile]
    assert exchange.run().error == ""
    device = load_device(connected.home)
    assert (device.secret_key, device.next_key) == (b"n" * 32, b"")


def test_a_central_restored_from_before_the_change_still_knows_its_kiosk(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    central.told = {"hints": {"content": central.content.version, "rotate": True}}
    run(connected)
    central.told = {}
    run(connected)
    changed = public(connected)
    keeper.key, keeper.next = connected.kiosk_keys.public, None
    save(connected, 1)
    assert run(connected).stored == 1
    assert public(connected) == connected.kiosk_keys.public
    assert seal.public_of(load_device(connected.home).former_key) == changed


def test_a_kiosk_none_of_whose_keys_is_known_keeps_everything_and_says_so(
    connected: Branch, central: PlayedCentral, keeper: Keeper
) -> None:
    keeper.key = b"?" * 32
    device = replace(load_device(connected.home), next_key=b"n" * 32, former_key=b"f" * 32)
    save_device(connected.home, device)
    save(connected, 1)
    outcome = run(connected)
    assert (outcome.error, outcome.pending) == (DEVICE_REFUSED.code, 1)
    assert load_device(connected.home) == device
    assert len(central.heard) == 3


def answering_another_device(central: PlayedCentral, heard: Heard) -> Reply:
    """Answer a new key as if another kiosk had asked."""
    if heard.path == "/sync/1/rotate":
        return central.signed(wire.encode(wire.Rotated("another")), heard.path)
    return good(central, heard)


def turning_back_a_new_key(status: int, error: str) -> Play:
    """Answer well, but to a new key."""
    refused = refusing(status, error)
    return lambda central, heard: (
        refused(central, heard) if heard.path == "/sync/1/rotate" else good(central, heard)
    )


@pytest.mark.parametrize(
    "play",
    [
        answering_another_device,
        turning_back_a_new_key(404, "unknown_endpoint"),
        turning_back_a_new_key(400, "bad_key"),
    ],
)
def test_a_new_key_is_used_only_when_central_has_it(
    connected: Branch, central: PlayedCentral, play: Play
) -> None:
    central.told = {"hints": {"content": central.content.version, "rotate": True}}
    central.plays = [play]
    assert run(connected).error == ""
    assert public(connected) == connected.kiosk_keys.public


def test_keys_of_a_wrong_length_are_told(connected: Branch) -> None:
    save_device(connected.home, replace(connected.device, next_key=b"short"))
    with pytest.raises(Exception, match="not of its length"):
        load_device(connected.home)
