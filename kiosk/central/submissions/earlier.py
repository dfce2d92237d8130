"""Earlier answers: what a visitor has corrected, and how it read before."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.central.submissions.models import Submission
from kiosk.central.submissions.queries import versions
from kiosk.domain.errand import Errand, blank


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer that stands no more."""

    answer: Any
    """In the shape its kind gives; None where there was none."""
    until: datetime
    """When it was corrected."""


def earlier_answers(submission: Submission, errand: Errand | None) -> dict[str, list[Earlier]]:
    """Return the answers that were corrected, oldest first, by question name."""
    found: dict[str, list[Earlier]] = defaultdict(list)
    if submission.first_answers is not None:
        for name, answer in _replaced(submission, errand):
            found[name].append(answer)
    return dict(found)


def _replaced(submission: Submission, errand: Errand | None) -> Iterator[tuple[str, Earlier]]:
    read, made = versions(submission, errand), submission.corrections.all()
    for before, after, correction in zip(read, read[1:], made, strict=False):
        for name in correction.anew:
            was, now = before.get(name), after.get(name)
            if was != now and not (blank(was) and blank(now)):
                yield name, Earlier(was, correction.captured_at)
