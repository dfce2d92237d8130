"""Gzip: what we write any program reads, and what any program writes we read, within a limit."""

import contextlib
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.gzipped import BreaksOff, TooLarge, gzipped, inflated

BODIES = st.binary(max_size=3_000) | st.binary(min_size=1, max_size=4).map(lambda each: each * 900)


@given(BODIES)
def test_any_other_program_reads_what_is_compressed_here(clear: bytes) -> None:
    assert gzip.decompress(gzipped(clear)) == clear


@given(BODIES, st.integers(0, 9))
def test_what_any_other_program_has_compressed_is_read(clear: bytes, level: int) -> None:
    assert inflated(gzip.compress(clear, level), len(clear)) == clear


@given(BODIES.filter(bool))
def test_more_than_its_reader_wants_is_never_made(clear: bytes) -> None:
    with pytest.raises(TooLarge):
        inflated(gzip.compress(clear), len(clear) - 1)


def test_a_bomb_is_stopped_at_the_limit() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(TooLarge, match="more than 1000 bytes"):
        inflated(bomb, 1_000)


@given(BODIES, st.data())
def test_half_a_member_is_none(clear: bytes, data: st.DataObject) -> None:
    member = gzip.compress(clear)
    cut = data.draw(st.integers(0, len(member) - 1))
    with pytest.raises(BreaksOff):
        inflated(member[:cut], len(clear))


@given(BODIES, st.binary(min_size=1, max_size=30))
def test_nothing_may_follow_a_member(clear: bytes, more: bytes) -> None:
    with pytest.raises(BreaksOff):
        inflated(gzip.compress(clear) + more, len(clear))


@given(BODIES, st.data())
def test_a_changed_byte_gives_back_no_other_words(clear: bytes, data: st.DataObject) -> None:
    member = bytearray(gzip.compress(clear, mtime=0))
    at = data.draw(st.integers(10, len(member) - 1), label="after its head")
    member[at] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(BreaksOff, TooLarge):
        assert inflated(bytes(member), len(clear) + 1_000) == clear


@given(st.binary(max_size=200))
def test_what_is_no_gzip_breaks_off(odd: bytes) -> None:
    with pytest.raises((BreaksOff, TooLarge)):
        inflated(odd, 100)
