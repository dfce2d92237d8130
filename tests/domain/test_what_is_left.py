"""What is left of an answer once what it stands on has changed, and what an errand is about."""

import pytest

from kiosk.domain.errand import Kind, anew
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.panel import PANEL


@pytest.mark.parametrize(
    ("kind", "answer", "left"),
    [
        (Kind.CONSENT, True, None),
        (Kind.AGREEMENT, {"accepted": True}, None),
        (Kind.AGREEMENT, {"accepted": True, "mine": " "}, None),
        (Kind.AGREEMENT, {"accepted": True, "mine": "ett"}, {"accepted": False, "mine": "ett"}),
        (Kind.TEXT, "Ida", "Ida"),
    ],
)
def test_no_yes_is_left_and_every_word_is(kind: Kind, answer: object, left: object) -> None:
    assert anew(kind, answer) == left


def test_what_an_errand_is_about_can_be_read_apart_from_who_hands_it_in() -> None:
    assert FEEDBACK.has_matter
    assert not PANEL.has_matter
