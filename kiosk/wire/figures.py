"""Figures: how much a kiosk was used, per hour, sealed like everything that visitors did."""

import msgspec

from kiosk.domain.figures import Tally

COUNTED = "figures.counted"
"""Type of the event that brings figures: one at most for every hour, made when it is over."""


class FiguresCounted(msgspec.Struct, frozen=True):
    """Payload of a `figures.counted` event."""

    branch: str
    sealed: bytes
    """`Tallies` as JSON, sealed to the library's public key: at a small branch the language of an
    hour may tell who was there."""


class Tallies(msgspec.Struct, frozen=True):
    """What is inside the seal."""

    tallies: list[Tally]
