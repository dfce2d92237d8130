"""Padding: how long what a visitor hands in may be before its sealed length could tell anything."""

from collections.abc import Mapping
from typing import Any

from kiosk import wire
from kiosk.domain.errand import TIMES, Errand, Kind, Question
from kiosk.domain.mistake import Offered

_ID = "0" * 36
_KEY = bytes(32)


def longest_choices(errand: Errand, offered: Offered) -> int:
    """Return the bytes of the longest answers to *errand* that are chosen and not written.

    Whatever is chosen is padded to as much: the length then tells only how many words came along.
    """
    chosen = {
        each.name: _longest(each, list(offered.get(each.name, ()))) for each in errand.questions
    }
    return len(wire.encode(wire.Contents(chosen | dict(errand.marks), _KEY, "xx-simple")))


def _longest(question: Question, offered: list[str]) -> Any:
    values = offered or [each.value for each in question.choices] or [_ID]
    fixed: Mapping[Kind, Any] = {
        Kind.TEXT: "",
        Kind.LONG_TEXT: "",
        Kind.CONTACT: "",
        Kind.CONSENT: True,
        Kind.CHOICES: values,
        Kind.TIMES: TIMES,
        Kind.SEATS: {"adults": question.most, "children": question.most},
        Kind.AGREEMENT: {"accepted": True, "mine": "", "version": 9999},
    }
    return fixed.get(question.kind, question.most or max(values, key=len))
