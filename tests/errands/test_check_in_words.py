"""Checking in, in words: whatever stands in the way is told with what to do."""

import pytest

from kiosk.domain.check_in import Hindrance
from kiosk.errands.check_in_words import hindrance_in_words
from kiosk.i18n import EASY, LANGUAGES, Phrases
from tests.drivers.published import KNITTING


@pytest.mark.parametrize("language", [*LANGUAGES, *EASY.values()])
def test_every_hindrance_is_told_with_the_branch_or_the_time_it_is_about(language: str) -> None:
    phrases = Phrases(language)
    told = {why: hindrance_in_words(why, KNITTING, "Hamnen", phrases) for why in Hindrance}
    assert len(set(told.values())) == len(Hindrance)
    assert "Hamnen" in told[Hindrance.ELSEWHERE]
    assert "3" in told[Hindrance.NOT_YET]
    assert not any("{" in each for each in told.values())
    assert hindrance_in_words(Hindrance.OVER, None, "Hamnen", phrases) == told[Hindrance.OVER]
