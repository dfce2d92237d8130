"""Writes about the questionnaires."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone

from kiosk.central.platform import typed
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.questionnaire import WrittenQuestion
from kiosk.domain.texts import Texts


@transaction.atomic
def add(
    tenant: Tenant,
    staff: Staff,
    title: Texts,
    questions: Sequence[WrittenQuestion],
    values: Mapping[str, Any],
) -> Questionnaire:
    """Make a questionnaire of what staff wrote, asked or not; *values* say where and when."""
    row = Questionnaire.objects.create(tenant=tenant, made_at=timezone.now(), **values)
    _word(row, title, questions)
    next_change(tenant)
    record(staff, "questionnaire written", row, **_facts(row))
    return row


@transaction.atomic
def change(
    row: Questionnaire,
    staff: Staff,
    title: Texts,
    questions: Sequence[WrittenQuestion],
    values: Mapping[str, Any],
    seen: int,
) -> Questionnaire:
    """Write what staff changed, who had *seen* it at that change. Raises Overtaken.

    Other words make a new version; answers already given keep the words they were given to.
    """
    current = Questionnaire.objects.select_for_update(of=("self",)).get(pk=row.pk)
    typed.must_have_seen(seen, current.change)
    for name, value in values.items():
        setattr(current, name, value)
    current.change += 1
    wording = Wording.objects.get(questionnaire=current, version=current.version)
    if (wording.title, wording.questions) != (dict(title), _plain(questions)):
        current.version += 1
        _word(current, title, questions)
    current.save()
    next_change(current.tenant)
    record(staff, "questionnaire changed", current, **_facts(current))
    return current


def _word(row: Questionnaire, title: Texts, questions: Sequence[WrittenQuestion]) -> None:
    Wording.objects.create(
        tenant=row.tenant,
        questionnaire=row,
        version=row.version,
        title=dict(title),
        questions=_plain(questions),
    )


def _plain(questions: Sequence[WrittenQuestion]) -> Any:
    """Return questions as the table gives them back."""
    return msgspec.json.decode(msgspec.json.encode(questions))


def _facts(row: Questionnaire) -> dict[str, Any]:
    """Return what the record keeps of a change; never a text."""
    return {"version": row.version, "published": row.published}
