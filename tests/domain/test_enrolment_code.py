"""The code with which a kiosk joins: read back however somebody typed it."""

import pytest

from kiosk.domain.enrolment_code import spelled


@pytest.mark.parametrize("typed", ["7F3K-9XQ1", "7f3k 9xq1", "7F3K\u20139xql", " 7f3k9xqI\n"])
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert spelled(typed) == "7F3K9XQ1"
