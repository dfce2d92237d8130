"""Themes: each made for the colours that a terminal really has."""

import pytest

from screens.terminal import readable
from screens.themes import CONTRAST, PAPER_IN_256

CUBE = {"00", "5F", "87", "AF", "D7", "FF"}
GREYS = {f"{8 + 10 * step:02X}" for step in range(24)}


@pytest.mark.parametrize("token", PAPER_IN_256.variables)
def test_paper_in_256_colours_needs_no_rounding(token: str) -> None:
    colour = PAPER_IN_256.variables[token]
    if colour.startswith("#"):
        parts = {colour[at : at + 2].upper() for at in (1, 3, 5)}
        assert parts <= CUBE or (len(parts) == 1 and parts <= GREYS)


def test_a_terminal_gets_the_paper_it_can_show() -> None:
    assert readable("paper", "256") == PAPER_IN_256.name
    assert readable("paper", "truecolor") == "paper"
    assert readable("contrast", "256") == CONTRAST.name
