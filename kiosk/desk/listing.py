"""The list of errands with all their questions, as scripts and tests read it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from kiosk.domain.content import Branch, Content
from kiosk.domain.errand import Kind, Question
from kiosk.errands import ERRANDS
from kiosk.errands.offer import choices
from kiosk.errands.telling import noted
from kiosk.i18n import Phrases, phrases
from kiosk.problems import Trouble
from kiosk.store.device import load_device
from kiosk.store.published import PublishedContent


def errands(home: Path, language: str) -> list[dict[str, Any]]:
    """List every errand with what can be answered today, labels in *language*.

    Works without a library too; then nothing can be picked from content.
    """
    content, spoken, now = _content(home), phrases(language), datetime.now()  # noqa: DTZ005
    return [
        {
            "name": errand.name,
            "title": spoken.say(errand.title),
            "questions": [_question(each, content, spoken, now) for each in errand.questions],
        }
        for errand in ERRANDS.values()
    ]


def _question(
    question: Question, content: Content, spoken: Phrases, now: datetime
) -> dict[str, Any]:
    condition = question.only_if
    value_of = int if question.kind is Kind.FACES else str
    return {
        "name": question.name,
        "kind": question.kind.value,
        "ask": spoken.say(question.ask),
        "note": noted(question.note, content, spoken),
        "required": question.required,
        "personal": question.personal,
        "choices": [
            {"value": value_of(each.value), "label": each.label}
            for each in choices(question, content, spoken, now)
        ],
        "only_if": (
            {"question": condition.question, "among": list(condition.among)} if condition else None
        ),
        "limit": question.most or None,
    }


def _content(home: Path) -> Content:
    try:
        device = load_device(home)
    except Trouble:
        return Content(Branch("", ""), datetime.fromtimestamp(0).astimezone())
    return PublishedContent(home, device.branch, device.branch_name).current
