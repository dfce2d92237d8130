"""The wire: what one end writes, the other reads, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.domain.text import clean
from tests.drivers.branch import event
from tests.drivers.nasty import harmless, nasty_text
from tests.drivers.published import CONTENT

_Message = TypeVar("_Message", bound=msgspec.Struct)
texts = nasty_text().map(clean)
"""Such as a border lets through."""


def legible(text: str) -> str:
    """Return *text* as JSON can hold it."""
    return text.encode("utf-8", "replace").decode()


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=6,
)
payloads = st.dictionaries(texts, json_values).map(
    lambda body: msgspec.Raw(msgspec.json.encode(body))
)


def built(shape: type[_Message], **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[_Message]:
    """Build messages whose texts are clean."""
    told = [each.name for each in msgspec.structs.fields(shape) if each.type is str]
    return st.builds(shape, **dict.fromkeys(told, texts) | parts)


events = built(wire.Event, payload=payloads)
answers = built(
    wire.InboxAnswer,
    verdicts=st.lists(built(wire.EventVerdict)),
    states=st.lists(built(wire.ReceiptState)),
    hints=st.dictionaries(texts, json_values),
)


def every_text(message: object) -> Iterator[str]:
    """Yield every text in a message, whatever it is made of."""
    yield from texts_in(msgspec.to_builtins(message))


def texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list() | tuple():
            yield from (text for each in value for text in texts_in(each))
        case dict():
            yield from texts_in([*value, *value.values()])


@given(events)
def test_an_event_reads_back_with_every_byte_of_its_payload(sent: wire.Event) -> None:
    read = wire.decode(wire.encode(sent), wire.Event)
    assert bytes(read.payload) == bytes(sent.payload)
    assert wire.encode(read) == wire.encode(sent)


@given(st.lists(events, max_size=4))
def test_an_inbox_carries_each_event_in_the_bytes_that_were_captured(
    captured: list[wire.Event],
) -> None:
    frozen = [wire.encode(each) for each in captured]
    inbox = wire.Inbox(
        1, "b", "d", "now", 0, "boot", wire.Health("1", 2), [msgspec.Raw(each) for each in frozen]
    )
    read = wire.decode(wire.encode(inbox), wire.Inbox)
    assert [bytes(each) for each in read.items] == frozen


@given(answers)
def test_an_answer_reads_back_as_it_was_meant(answer: wire.InboxAnswer) -> None:
    assert wire.decode(wire.encode(answer), wire.InboxAnswer) == answer


@given(built(wire.Contents, anew=st.just(()), answers=st.dictionaries(texts, json_values)))
def test_what_is_sealed_reads_back(contents: wire.Contents) -> None:
    assert wire.decode(wire.encode(contents), wire.Contents) == contents


@given(nasty_text().map(legible))
def test_no_text_that_crosses_steers_a_terminal_whoever_signed_it(text: str) -> None:
    """Refusals, answers, content, and what is inside the seal: all are read by one function."""
    workshop = replace(CONTENT.programme[0], title={"sv": text, text: "a"}, place=text)
    content = wire.decode_content(wire.encode_content(replace(CONTENT, programme=(workshop,))))
    answer = wire.InboxAnswer(
        "b",
        "e",
        1,
        1,
        "now",
        [wire.EventVerdict("i", wire.Verdict.HELD, text)],
        hints={text: [text]},
    )
    contents = wire.Contents({"words": text, "more": {"a": [text, 1]}}, b"key", text)
    for message in (wire.Refusal("busy", text), answer, contents):
        read = wire.decode(wire.encode(message), type(message))
        assert all(map(harmless, every_text(read)))
    assert all(map(harmless, every_text(content)))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unreadable(body: bytes) -> None:
    for shape in (wire.Event, wire.InboxAnswer, wire.Enrolled):
        with pytest.raises(wire.Unreadable):
            wire.decode(body, shape)


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"batch": "\xff"}', b"", b"<html>"])
def test_deep_broken_and_foreign_bytes_are_unreadable(body: bytes) -> None:
    with pytest.raises(wire.Unreadable):
        wire.decode(body, wire.InboxAnswer)
    with pytest.raises(wire.Unreadable):
        wire.decode_content(body)


def test_fields_that_a_later_protocol_adds_are_passed_over() -> None:
    told = msgspec.json.decode(wire.encode(wire.Refusal("busy"))) | {"since": "today"}
    assert wire.decode(msgspec.json.encode(told), wire.Refusal) == wire.Refusal("busy")


def test_content_reads_back_and_equal_content_has_equal_bytes() -> None:
    body = wire.encode_content(CONTENT)
    assert wire.decode_content(body) == CONTENT
    assert wire.encode_content(wire.decode_content(body)) == body


def test_the_version_of_content_names_what_it_says_not_when() -> None:
    later = datetime(2027, 1, 1, tzinfo=UTC)
    version = wire.content_version(CONTENT)
    assert version == wire.content_version(replace(CONTENT, published=later, version="other"))
    assert version != wire.content_version(replace(CONTENT, tasks=()))
    assert len(version) == 20


def test_a_signature_covers_who_asks_what_and_every_byte() -> None:
    plain = ("POST", "/sync/1/inbox", "device-1", b"body")
    texts_signed = {
        wire.signed_text(*plain),
        wire.signed_text("GET", *plain[1:]),
        wire.signed_text("POST", "/sync/1/content", "device-1", b"body"),
        wire.signed_text("POST", "/sync/1/inbox", "device-2", b"body"),
        wire.signed_text("POST", "/sync/1/inbox", "device-1", b"Body"),
        wire.answer_text(b"body", "/sync/1/inbox"),
        wire.answer_text(b"body", "batch-1"),
    }
    assert len(texts_signed) == 7


def test_an_event_about_nothing_does_not_mention_it() -> None:
    assert b'"about"' not in wire.encode(event(1))
    assert wire.digest(wire.encode(event(1))) == wire.digest(wire.encode(event(1)))
    assert wire.digest(b"") != wire.digest(b" ")


def test_the_proof_of_a_new_key_names_the_device_and_the_key() -> None:
    text = wire.rotation_text("d1", b"\x01\x02")
    assert text == b"kiosk-1\nrotate\nd1\n0102"
    assert text != wire.signed_text("rotate", "d1", "0102", b"")
