"""An errand under way at the desk: begun, and perhaps refused."""

from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass

from kiosk import seal
from kiosk.domain.errand import Errand
from kiosk.domain.mistake import Mistake
from kiosk.problems import MISTAKES, Trouble


@dataclass(frozen=True, slots=True)
class Begun:
    """An errand a visitor has begun: its identity, and the receipt made ready meanwhile."""

    id: str
    """Identity of the coming submission."""
    errand: Errand
    """Which errand."""
    code: str
    """The code the receipt will show."""
    keys: Future[seal.ReceiptKeys]
    """Derived while the visitor types, so that handing in does not wait for it."""


class ErrandRefused(Trouble):
    """Answers that cannot be handed in; nothing was saved, nothing typed is lost."""

    def __init__(self, found: Mapping[str, Mistake]) -> None:
        """Keep the mistakes, by question name."""
        told = ", ".join(f"{name}: {mistake.reason}" for name, mistake in found.items())
        super().__init__(MISTAKES, mistakes=told)
        self.mistakes = dict(found)
        """What is wrong, by question name."""
