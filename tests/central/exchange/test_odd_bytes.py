"""Whatever bytes arrive, central answers plainly: never with an error of its own."""

import gzip
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.tenants.models import Branch
from kiosk.domain.world import new_id
from kiosk.errands import ERRANDS
from tests.central.knocking import WORLD, Knocking

JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
HUGE = st.integers(min_value=-(10**40), max_value=10**40)


def _fine(kiosk: Knocking, body: bytes) -> None:
    answer = kiosk.send(body)
    assert answer.status_code < 500
    if answer.status_code != 200:
        wire.decode(answer.content, wire.Refusal)


@given(st.binary(max_size=200))
def test_odd_bytes_are_refused_plainly(kiosk: Knocking, odd: bytes) -> None:
    _fine(kiosk, odd)
    _fine(kiosk, gzip.compress(odd))


@given(st.data())
@settings(max_examples=25)
def test_an_inbox_with_any_field_wrong_is_answered_plainly(
    kiosk: Knocking, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(wire.Inbox.__struct_fields__))
    _fine(kiosk, wire.encode(kiosk.inbox(**{name: data.draw(JSON | HUGE)})))


@given(st.data())
@settings(max_examples=50)
def test_an_event_with_any_field_wrong_gets_a_verdict(kiosk: Knocking, data: st.DataObject) -> None:
    told: dict[str, Any] = {
        "id": new_id(WORLD),
        "seq": 1,
        "type": data.draw(
            st.sampled_from(["feedback.submitted", wire.WITHDRAWN, wire.ERASED, "x"])
        ),
        "v": 1,
        "captured_at": "2026-11-20T18:05+01:00",
        "boot": "b",
        "mono_ms": 1,
        "payload": {"locator": "0" * 32},
        "about": new_id(WORLD),
    }
    name = data.draw(st.sampled_from(sorted(told)))
    told[name] = data.draw(JSON | HUGE | st.datetimes().map(str))
    event = wire.encode(told)
    first, second = kiosk.bring(event), kiosk.bring(event)
    assert len(first.verdicts) == len(second.verdicts) == 1


@given(st.sampled_from([*ERRANDS, "other"]), st.data())
@settings(max_examples=50)
def test_any_answers_at_all_get_a_verdict(
    kiosk: Knocking, errand: str, data: st.DataObject
) -> None:
    known = ERRANDS.get(errand)
    names = [question.name for question in known.questions] if known else ["a", "b"]
    answers = data.draw(st.dictionaries(st.sampled_from(names) | st.text(), JSON, max_size=5))
    fields: dict[str, Any] = data.draw(
        st.fixed_dictionaries(
            {},
            optional={
                "language": st.text(),
                "locator": st.text(),
                "workshop": st.text(),
                "seats": HUGE,
                "branch": st.text(),
                "key": st.binary(max_size=40),
            },
        )
    )
    (judged,) = kiosk.bring(kiosk.handed(answers, errand, **fields)).verdicts
    assert judged.verdict in {wire.Verdict.STORED, wire.Verdict.HELD}


def test_answers_too_deep_for_any_page_are_held(kiosk: Knocking) -> None:
    answers: dict[str, Any] = {"a": 1}
    for _ in range(200):
        answers = {"a": [answers]}
    assert kiosk.settled(kiosk.handed(answers, "other")) == ("held", "unreadable")
    three = {"a": {"b": [{"c": [1]}]}}
    assert kiosk.settled(kiosk.handed(three, "other")) == ("duplicate", "")


@given(st.binary(max_size=100), st.text())
@settings(max_examples=25)
def test_odd_requests_to_join_are_refused_plainly(hamnen: Branch, odd: bytes, text: str) -> None:
    kiosk = Knocking()
    path = f"{wire.ROOT}/enrol"
    assert kiosk.ask("POST", path, odd, device="").status_code in {400, 401, 403, 429}
    assert kiosk.enrol(text, name=text).status_code in {403, 429}


def test_a_sign_that_no_database_takes_breaks_nothing(kiosk: Knocking) -> None:
    odd = "a\0b"
    assert kiosk.verdict(kiosk.event(odd, {})) == ("held", "unknown_type")
    held = kiosk.handed({"a": odd}, "other")
    assert kiosk.verdict(held)[0] in {"held", "stored"}
    letter = wire.DeadLetter(new_id(WORLD), odd)
    health = wire.Health(odd, 0, faults=(odd,))
    assert kiosk.bring(health=health, dead=[letter]).verdicts == []
    assert kiosk.send(wire.encode(kiosk.inbox(batch=odd))).status_code == 200
