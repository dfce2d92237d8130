"""Agreeing: which terms a volunteer has said yes to, and whether they are still those."""

from typing import Any

from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, Errand, Kind
from kiosk.domain.mistake import Mistake, Reason


def with_terms(errand: Errand, kept: dict[str, Any], content: Content) -> dict[str, Any]:
    """Add to an agreement the version of the terms that the chosen task has today."""
    task = content.task(answered(errand, kept, Kind.TASK) or "")
    if task is None:
        return kept
    terms = {"version": task.version}
    return kept | {name: kept[name] | terms for name in _agreements(errand) if name in kept}


def other_terms(errand: Errand, answers: Answers, content: Content) -> dict[str, Mistake]:
    """Find agreements to terms that were shown, but are no longer those of the chosen task."""
    task = content.task(answered(errand, answers, Kind.TASK) or "")
    today = task.version if task else None
    return {
        name: Mistake(Reason.NOT_ACCEPTED)
        for name in _agreements(errand)
        if isinstance(given := answers.get(name), dict) and given.get("version", today) != today
    }


def answered(errand: Errand, answers: Answers, kind: Kind) -> Any:
    """Return the answer to the first answered question of *kind*, or None."""
    return next(
        (
            answers[each.name]
            for each in errand.questions
            if each.kind is kind and each.name in answers
        ),
        None,
    )


def _agreements(errand: Errand) -> list[str]:
    return [each.name for each in errand.questions if each.kind is Kind.AGREEMENT]
