"""A bundle as a file: whole and genuine, or refused with what to do about it."""

from functools import partial

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import seal, wire
from kiosk.problems import (
    BUNDLE_DAMAGED,
    BUNDLE_NEWER,
    BUNDLE_WRONG_WAY,
    CATALOGUE,
    NOT_A_BUNDLE,
    Problem,
    Trouble,
)
from kiosk.wire import bundle
from kiosk.wire.bundle import MAGIC, Bundle, BundleKind, Head, SignedBundle, expect, packed, parcel

LIBRARY = seal.new_sealing_pair()
KIOSK = seal.new_signing_pair()
BODY = Bundle([msgspec.Raw(b'{"items":[]}'), msgspec.Raw(b'{"items":[1]}')])


def head(kind: BundleKind = BundleKind.BUNDLE, protocol: int = wire.PROTOCOL) -> "partial[Head]":
    """Write on the outside what every bundle has."""
    return partial(Head, protocol, kind, "raseborg", "d-1", 7, "2026-11-26T10:30+01:00")


def packed_as(kind: BundleKind = BundleKind.BUNDLE, protocol: int = wire.PROTOCOL) -> bytes:
    """Make a whole file."""
    close = partial(seal.seal, LIBRARY.public)
    return packed(head(kind, protocol), BODY, close, KIOSK.secret)


FILE = packed_as()


def opened(file: bytes) -> tuple[Head, Bundle]:
    """Read a file the way the library does."""
    found = parcel(file)
    expect(found, BundleKind.BUNDLE)
    found.check(KIOSK.public)
    return found.head, found.opened(partial(seal.unseal, LIBRARY.secret), Bundle)


def refused(file: bytes) -> Problem:
    """Return the problem with which a file is refused."""
    with pytest.raises(Trouble) as caught:
        opened(file)
    assert caught.value.remedy
    return caught.value.problem


def test_what_was_packed_is_opened_again_and_only_by_the_other_end() -> None:
    outside, inside = opened(FILE)
    assert (outside.kind, outside.tenant, outside.device, outside.number) == (
        BundleKind.BUNDLE,
        "raseborg",
        "d-1",
        7,
    )
    assert [bytes(each) for each in inside.parts] == [bytes(each) for each in BODY.parts]
    assert b"items" not in FILE
    stranger = partial(seal.unseal, seal.new_sealing_pair().secret)
    with pytest.raises(Trouble) as caught:
        parcel(FILE).opened(stranger, Bundle)
    assert caught.value.problem is BUNDLE_DAMAGED


def test_a_bundle_torn_anywhere_is_refused() -> None:
    assert {refused(FILE[:length]) for length in range(len(FILE))} == {BUNDLE_DAMAGED}


def test_a_bundle_with_a_byte_changed_anywhere_is_refused() -> None:
    found = {
        refused(FILE[:place] + bytes([FILE[place] ^ flip]) + FILE[place + 1 :])
        for place in range(len(FILE))
        for flip in (0x01, 0x20, 0xFF)
    }
    assert BUNDLE_DAMAGED in found
    assert found <= {BUNDLE_DAMAGED, NOT_A_BUNDLE, BUNDLE_NEWER, BUNDLE_WRONG_WAY}


@given(st.binary(max_size=300))
def test_anything_else_is_no_bundle(rubbish: bytes) -> None:
    assert refused(rubbish) in {NOT_A_BUNDLE, BUNDLE_DAMAGED}
    assert refused(MAGIC + rubbish) is BUNDLE_DAMAGED
    assert refused(FILE + rubbish + b"x") is BUNDLE_DAMAGED


@given(st.binary(min_size=1, max_size=8), st.integers(0, len(FILE) - 8))
def test_bytes_of_another_file_in_the_middle_are_noticed(other: bytes, place: int) -> None:
    changed = FILE[:place] + other + FILE[place + len(other) :]
    if changed != FILE:
        assert refused(changed).code in CATALOGUE


def test_a_bundle_signed_by_somebody_else_is_refused() -> None:
    close = partial(seal.seal, LIBRARY.public)
    forged = packed(head(), BODY, close, seal.new_signing_pair().secret)
    assert refused(forged) is BUNDLE_DAMAGED


def test_a_bundle_of_a_newer_protocol_asks_for_an_update() -> None:
    assert refused(packed_as(protocol=2)) is BUNDLE_NEWER


@pytest.mark.parametrize("kind", [BundleKind.ANSWER, BundleKind.JOIN, BundleKind.JOINED])
def test_what_belongs_at_the_other_end_says_which_command_reads_it(kind: BundleKind) -> None:
    with pytest.raises(Trouble) as caught:
        opened(packed_as(kind))
    assert caught.value.problem is BUNDLE_WRONG_WAY
    assert "read with: kiosk" in caught.value.remedy


def test_a_body_that_is_none_is_refused_though_it_is_signed() -> None:
    def signed(sealed: bytes) -> bytes:
        return packed(head(), BODY, lambda _body: sealed, KIOSK.secret)

    assert refused(signed(seal.seal(LIBRARY.public, b"not compressed"))) is BUNDLE_DAMAGED
    squeezed = partial(packed, head(), close=partial(seal.seal, LIBRARY.public))
    assert refused(squeezed({"parts": 5}, signing_secret=KIOSK.secret)) is BUNDLE_DAMAGED


def test_a_body_that_swells_past_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "MAX_OPENED_BYTES", 20)
    assert refused(FILE) is BUNDLE_DAMAGED


def test_a_file_has_a_name_of_its_own_for_its_answer() -> None:
    again = packed_as()
    found: set[str] = {parcel(FILE).digest, parcel(again).digest}
    assert len(found) == 2
    assert isinstance(parcel(FILE), SignedBundle)
