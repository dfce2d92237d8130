"""Sealing: only the right key opens, and one flipped bit is noticed."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kiosk import seal

OURS = seal.new_sealing_pair()
THEIRS = seal.new_sealing_pair()
SIGNING = seal.new_signing_pair()
KEY = bytes(range(32))
SALT = b"s" * seal.SALT_BYTES


def flipped(sealed: bytes, bit: int) -> bytes:
    """Flip one bit somewhere in *sealed*."""
    place, shift = divmod(bit % (len(sealed) * 8), 8)
    return sealed[:place] + bytes([sealed[place] ^ 1 << shift]) + sealed[place + 1 :]


@given(st.binary(max_size=2000))
def test_what_is_sealed_to_us_we_open(clear: bytes) -> None:
    sealed = seal.seal(OURS.public, clear)
    assert seal.unseal(OURS.secret, sealed) == clear
    assert len(sealed) == len(clear) + 48
    assert sealed != seal.seal(OURS.public, clear)


@given(st.binary(max_size=60), st.integers(0))
def test_nobody_else_opens_it_and_a_flipped_bit_is_noticed(clear: bytes, bit: int) -> None:
    sealed = seal.seal(OURS.public, clear)
    with pytest.raises(seal.NotGenuine):
        seal.unseal(THEIRS.secret, sealed)
    with pytest.raises(seal.NotGenuine):
        seal.unseal(OURS.secret, flipped(sealed, bit))


@given(st.binary(max_size=60))
def test_bytes_that_are_no_seal_are_not_genuine(rubbish: bytes) -> None:
    with pytest.raises(seal.NotGenuine):
        seal.unseal(OURS.secret, rubbish)
    with pytest.raises(seal.NotGenuine):
        seal.unlock(KEY, rubbish)


@given(st.binary(max_size=2000))
def test_an_answer_locked_under_the_receipt_opens_with_it(clear: bytes) -> None:
    assert seal.unlock(KEY, seal.lock(KEY, clear)) == clear
    assert seal.lock(KEY, clear) != seal.lock(KEY, clear)


@given(st.binary(max_size=60), st.integers(0))
def test_an_answer_opens_under_no_other_receipt(clear: bytes, bit: int) -> None:
    locked = seal.lock(KEY, clear)
    with pytest.raises(seal.NotGenuine):
        seal.unlock(bytes(32), locked)
    with pytest.raises(seal.NotGenuine):
        seal.unlock(KEY, flipped(locked, bit))


@given(st.binary(max_size=200), st.binary(max_size=200), st.integers(0))
def test_a_signature_fits_one_message_of_one_key(one: bytes, other: bytes, bit: int) -> None:
    assume(one != other)
    signature = seal.sign(SIGNING.secret, one)
    seal.verify(SIGNING.public, one, signature)
    for key, message, written in (
        (SIGNING.public, other, signature),
        (SIGNING.public, one, flipped(signature, bit)),
        (seal.new_signing_pair().public, one, signature),
        (SIGNING.public, one, b""),
        (b"short", one, signature),
    ):
        with pytest.raises(seal.NotGenuine):
            seal.verify(key, message, written)


def test_a_signing_key_knows_its_public_half() -> None:
    assert seal.public_of(SIGNING.secret) == SIGNING.public


@settings(max_examples=3)
@given(st.sampled_from(["000000000000", "7F3K9XQ2B4MT"]))
def test_a_receipts_keys_are_the_same_every_time_and_do_not_tell_the_code(code: str) -> None:
    keys = seal.receipt_keys(code, SALT)
    assert keys == seal.receipt_keys(code, SALT)
    assert len(bytes.fromhex(keys.locator)) == 16
    assert len(keys.key) == seal.KEY_BYTES
    assert code not in keys.locator.upper()


def test_another_code_or_another_library_gives_other_keys() -> None:
    made = [
        seal.receipt_keys("000000000000", SALT),
        seal.receipt_keys("7F3K9XQ2B4MT", SALT),
        seal.receipt_keys("000000000000", seal.new_salt()),
    ]
    assert len({keys.locator for keys in made}) == 3
    assert len({keys.key for keys in made}) == 3


def test_nothing_is_sealed_to_what_is_no_key() -> None:
    with pytest.raises(seal.NotGenuine):
        seal.seal_to_signer(b"short", b"words")
