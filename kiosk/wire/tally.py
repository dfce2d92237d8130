"""The tally of an exchange or of a stick, as both ends tell it with `--json`."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.wire.inbox import Verdict


@dataclass(slots=True)
class BroughtTally:
    """What came of the events that were brought."""

    sent: int = 0
    """Events that central has answered for."""
    stored: int = 0
    duplicate: int = 0
    held: int = 0
    conflict: int = 0
    refused: int = 0
    pending: int = 0
    """Events still waiting afterwards; at central none do."""
    purged: int = 0
    """Sealed copies deleted; only kiosks have any."""
    content: str = "unchanged"
    """`unchanged`, or the version that is shown from now on."""
    error: str = ""
    """Code of the problem that ended it, or central's word; empty when all went well."""
    remedy: str = ""
    """What a technician does about it."""

    def count(self, verdicts: Mapping[Verdict, int]) -> None:
        """Add how many events got each verdict."""
        self.sent += sum(verdicts.values())
        self.stored += verdicts.get(Verdict.STORED, 0)
        self.duplicate += verdicts.get(Verdict.DUPLICATE, 0)
        self.held += verdicts.get(Verdict.HELD, 0)
        self.conflict += verdicts.get(Verdict.CONFLICT, 0)
        self.refused += verdicts.get(Verdict.REFUSED, 0)
