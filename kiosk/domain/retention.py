"""Retention: how long the library keeps what was handed in, by rule, for each errand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.receipt import State


@dataclass(frozen=True, slots=True)
class KeepingRule:
    """How long one errand is kept."""

    answered: timedelta = timedelta(days=90)
    """After the library's answer: long enough to come back with a question."""
    unanswered: timedelta = timedelta(days=365)
    """After it arrived, when nobody has answered."""
    withdrawn: timedelta = timedelta(days=30)
    """After its visitor took it back."""
    past: timedelta = timedelta(days=30)
    """After the last day of the workshop that it is for."""


@dataclass(frozen=True, slots=True)
class KeptSubmission:
    """What retention needs to know of a submission; nothing that anybody wrote."""

    errand: str
    """Name of the errand."""
    received_at: datetime
    """When it reached the library."""
    state: State
    """How far it has come."""
    state_at: datetime
    """Since when."""
    ends: datetime | None = None
    """The end of the workshop that it is for."""


_A_YEAR = timedelta(days=365)
USUAL = KeepingRule()
"""For every errand that has no rule of its own."""
RULES: Mapping[str, KeepingRule] = {
    "volunteer": KeepingRule(answered=_A_YEAR),
    "partner": KeepingRule(answered=_A_YEAR),
    "idea": KeepingRule(answered=_A_YEAR),
    "panel": KeepingRule(answered=2 * _A_YEAR, unanswered=2 * _A_YEAR),
    "fault": KeepingRule(answered=timedelta(days=30), unanswered=timedelta(days=180)),
}
"""Rules of single errands. Who offers to help, to work together or has an idea is in talks with the
library for longer; the panel is asked for as long as its members said yes to; a fault is mended."""
SHORTEST = min(
    min(rule.answered, rule.unanswered, rule.withdrawn, rule.past)
    for rule in (USUAL, *RULES.values())
)
"""Nothing that arrived less than this ago is due."""


def due_at(kept: KeptSubmission) -> datetime:
    """Return when a submission is to be erased.

    What its visitor took back goes first. Everything else about a workshop stays until its day is
    past, answered or not; an answer given later still than that is kept as long as any answer.
    """
    rule = RULES.get(kept.errand, USUAL)
    if kept.state is State.WITHDRAWN:
        return kept.state_at + rule.withdrawn
    answered = kept.state_at + rule.answered if kept.state is State.ANSWERED else None
    past = kept.ends + rule.past if kept.ends else None
    reasons = [moment for moment in (answered, past) if moment]
    return max(reasons) if reasons else kept.received_at + rule.unanswered
