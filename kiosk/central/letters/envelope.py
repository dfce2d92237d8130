"""An envelope: a letter and who gets it."""

from dataclasses import dataclass

from kiosk.errands.letters import Letter


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is handed to the mail server."""

    letter: Letter
    """What it says."""
    addresses: tuple[str, ...]
    """Whom it goes to; never empty."""
    language: str
    """Code of the language it is written in."""
