"""Export: what was handed in as rows, for spreadsheets and programs."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from kiosk.central.platform import sheets
from kiosk.central.programme.models import Workshop
from kiosk.central.submissions.models import Correction, Submission
from kiosk.central.tenants.hours import clock
from kiosk.central.tenants.models import Branch
from kiosk.domain.texts import text_for
from kiosk.errands import ERRANDS

Row = dict[str, Any]

HIDDEN = "•"
"""Stands for an answer that may tell who she is."""

NAMES = ("submissions", "registrations")
"""What can be exported."""

_ABOUT_IT = (
    *("id", "errand", "branch", "language", "captured_at", "captured_exactly", "received_at"),
    *("state", "corrected_at"),
)
_ABOUT_WORKSHOP = ("workshop", "workshop_title", "workshop_starts", "seats")
_QUESTIONS = tuple(
    dict.fromkeys(question.name for errand in ERRANDS.values() for question in errand.questions)
)
_OTHER = "answers.other"


def rows(
    name: str, submissions: QuerySet[Submission] | None = None, *, personal: bool = False
) -> Iterator[Row]:
    """Yield the rows of the export called *name*, one of `NAMES`, newest first.

    Without *submissions* all there are. Unless *personal* is asked for, every answer that may tell
    who somebody is reads `HIDDEN`; so does every answer that no declaration here knows.
    Raises KeyError for a name that is not there.
    """
    chosen = Submission.objects.all() if submissions is None else submissions
    latest = Correction.objects.filter(submission=OuterRef("pk")).order_by("-captured_at", "-id")
    told = chosen.select_related("branch").annotate(
        corrected_at=Subquery(latest.values("captured_at")[:1])
    )
    return _ROWS[name](told, personal=personal)


def body(
    name: str,
    form: str,
    submissions: QuerySet[Submission] | None = None,
    *,
    personal: bool = False,
) -> bytes:
    """Return the export called *name* in *form*, one of `sheets.FORMATS`; one column a question."""
    found = rows(name, submissions, personal=personal)
    if form == "json":
        return sheets.as_json(found)
    return sheets.body(form, _columns(name), (_flat(row) for row in found))


def _submissions(chosen: QuerySet[Submission], *, personal: bool) -> Iterator[Row]:
    for submission in chosen.iterator(chunk_size=500):
        yield {**_about(submission), "answers": _shown(submission, personal=personal)}


def _registrations(chosen: QuerySet[Submission], *, personal: bool) -> Iterator[Row]:
    workshops = {str(each.pk): each for each in Workshop.objects.select_related("branch")}
    for submission in chosen.exclude(workshop_id="").iterator(chunk_size=500):
        workshop = workshops.get(submission.workshop_id)
        yield {
            **_about(submission),
            "workshop": submission.workshop_id,
            "workshop_title": text_for(workshop.title, "sv") if workshop else "",
            "workshop_starts": _local(workshop.starts, workshop.branch) if workshop else "",
            "seats": submission.seats,
            "answers": _shown(submission, personal=personal),
        }


_ROWS = {"submissions": _submissions, "registrations": _registrations}


def _about(submission: Submission) -> Row:
    corrected_at: datetime | None = submission.corrected_at  # type: ignore[attr-defined] # annotated
    return {
        "id": str(submission.pk),
        "errand": submission.errand,
        "branch": submission.branch.key,
        "language": submission.language,
        "captured_at": _local(submission.captured_at, submission.branch),
        "captured_exactly": submission.captured_exactly,
        "received_at": _local(submission.received_at, submission.branch),
        "state": submission.state,
        "corrected_at": _local(corrected_at, submission.branch) if corrected_at else "",
    }


def _local(moment: datetime, branch: Branch) -> str:
    """Write a moment by the clock of the branch, with its offset."""
    return moment.astimezone(clock(branch.timezone)).isoformat()


def _shown(submission: Submission, *, personal: bool) -> dict[str, Any]:
    answers: Mapping[str, Any] = submission.answers
    errand = ERRANDS.get(submission.errand)
    asked = {} if errand is None else {question.name: question for question in errand.questions}
    return {
        name: answer if personal or (name in asked and not asked[name].personal) else HIDDEN
        for name, answer in answers.items()
    }


def _columns(name: str) -> list[str]:
    workshop = _ABOUT_WORKSHOP if name == "registrations" else ()
    return [*_ABOUT_IT, *workshop, *(f"answers.{each}" for each in _QUESTIONS), _OTHER]


def _flat_answers(answers: Mapping[str, Any]) -> Row:
    known = {f"answers.{name}": answers[name] for name in _QUESTIONS if name in answers}
    other = {name: answer for name, answer in answers.items() if name not in _QUESTIONS}
    return {**known, _OTHER: other or None}


def _flat(row: Row) -> dict[str, sheets.Cell]:
    flat = {**row, **_flat_answers(row["answers"])}
    return {
        name: value if type(value) is int else _cell(value)
        for name, value in flat.items()
        if name != "answers"
    }


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(_cell(each) for each in value)
        case dict():
            return "; ".join(f"{name}: {_cell(each)}" for name, each in value.items())
    return str(value)
