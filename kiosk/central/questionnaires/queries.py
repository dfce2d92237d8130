"""Reads about the questionnaires."""

from collections.abc import Iterator
from uuid import UUID

import msgspec
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.tenants.models import Branch
from kiosk.domain import questionnaire as domain
from kiosk.domain.errand import Answers, Errand
from kiosk.errands import ERRANDS
from kiosk.errands.questions import QUESTIONS, as_errand, named


def asked(branch: Branch) -> QuerySet[Wording]:
    """Select what kiosks of *branch* ask, today or later."""
    there = Q(questionnaire__branch=None) | Q(questionnaire__branch=branch)
    going_on = Q(questionnaire__until=None) | Q(questionnaire__until__gte=timezone.localdate())
    rows = Wording.objects.filter(
        there,
        going_on,
        tenant=branch.tenant_id,
        questionnaire__published=True,
        version=F("questionnaire__version"),
    ).select_related("questionnaire")
    return rows.order_by("questionnaire__made_at", "questionnaire")


def current(row: Questionnaire) -> domain.Questionnaire:
    """Return a questionnaire in the words it is asked in now."""
    return as_questionnaire(Wording.objects.get(questionnaire=row, version=row.version))


def as_questionnaire(wording: Wording) -> domain.Questionnaire:
    """Return a wording as the rules know it."""
    row = wording.questionnaire
    return domain.Questionnaire(
        id=str(row.pk),
        title=wording.title,
        questions=msgspec.convert(wording.questions, tuple[domain.WrittenQuestion, ...]),
        version=wording.version,
        audience=row.audience,
        since=row.since,
        until=row.until,
    )


def errand_of(errand: str, answers: Answers, tenant_id: str, language: str) -> Errand | None:
    """Return the declaration that *answers* were given to, a written one in *language*.

    None where no declaration here, and no wording of this library, explains them.
    """
    if errand != QUESTIONS.name:
        return ERRANDS.get(errand)
    told, version = named(answers)
    try:
        key = UUID(told)
    except ValueError:
        return None
    found = Wording.objects.filter(tenant=tenant_id, questionnaire=key, version=version)
    row = found.select_related("questionnaire").first()
    return as_errand(as_questionnaire(row), language) if row else None


def unexplained(errand: Errand | None, answers: Answers) -> Iterator[str]:
    """Yield the names of answers that *errand* does not ask for; its own marks need no words."""
    marks = {name for name, _value in errand.marks} if errand else set()
    asks = {each.name for each in errand.asked(answers)} if errand else set()
    return (name for name in answers if name not in marks | asks)
