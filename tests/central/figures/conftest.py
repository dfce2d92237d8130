"""What tests of figures can ask for: a kiosk that brings some."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk import seal, wire
from kiosk.domain.figures import Tally
from tests.central.knocking import Knocking

Counts = Callable[..., bytes]


@pytest.fixture
def counts(kiosk: Knocking) -> Counts:
    """Freeze an event of figures, as the kiosk does."""

    def freeze(*tallies: Tally, branch: str = "hamnen", clear: bytes = b"", **more: Any) -> bytes:
        told = clear or wire.encode(wire.Tallies(list(tallies)))
        sealed = seal.seal(kiosk.library.sealing_key, told)
        return kiosk.event(wire.COUNTED, wire.FiguresCounted(branch, sealed), **more)

    return freeze
