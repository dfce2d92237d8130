"""What became of one attempt to deliver."""

from datetime import timedelta
from enum import Enum, auto


class DeliveryOutcome(Enum):
    """An attempt that needs no other."""

    SENT = auto()
    """The other side has taken it."""
    NEEDLESS = auto()
    """There was nothing to tell any more."""


class NotDelivered(Exception):
    """An attempt that failed."""

    def __init__(self, why: str, *, for_good: bool = False, wait: timedelta | None = None) -> None:
        """Say why in a few words, without any address."""
        super().__init__(why)
        self.why = why
        """In a few words."""
        self.for_good = for_good
        """Whether trying again cannot help."""
        self.wait = wait
        """How long the other side asked us to wait."""
