"""Two colleagues in the same form: the later one is told, and nothing is overwritten unseen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from kiosk.central.boards.models import Publication
from kiosk.central.guide.models import LocalContact
from kiosk.central.programme.models import Notice, Workshop
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from tests.drivers.form import form_with

TOLD = "A colleague has changed it meanwhile"

Row = Callable[[Branch], Model]


def a_notice(branch: Branch) -> Model:
    return Notice.objects.create(tenant=branch.tenant, text={"sv": "Kaffe"})


def a_contact(branch: Branch) -> Model:
    return LocalContact.objects.create(
        tenant=branch.tenant,
        branch=branch,
        name="Seniornet",
        language="en",
        needs=["letter"],
        checked_on="2026-11-01",
    )


def a_workshop(branch: Branch) -> Model:
    return Workshop.objects.filter(branch=branch, sign_up=True, capacity__gt=0).latest("starts")


def a_posting(branch: Branch) -> Model:
    return Publication.objects.filter(published=True, board="answer").latest("made_at")


def a_questionnaire(branch: Branch) -> Model:
    return Questionnaire.objects.latest("made_at")


FORMS: dict[str, tuple[Row, str, str, str, str]] = {
    "a notice": (a_notice, "/notices/{}/", "/notices/{}/", "text-sv", "text"),
    "a contact": (a_contact, "/guide/{}/", "/guide/{}/", "hours", "hours"),
    "seats": (a_workshop, "/programme/{}/", "/programme/{}/seats/", "capacity", "capacity"),
    "a posting": (a_posting, "/boards/{}/", "/boards/{}/", "title-sv", "title"),
    "a questionnaire": (
        a_questionnaire,
        "/questionnaires/{}/",
        "/questionnaires/{}/",
        "until",
        "until",
    ),
}
FIRST = {"capacity": "40", "until": "2030-01-01"}
SECOND = {"capacity": "50", "until": "2031-01-01"}


def logged_in(tenant: Tenant, name: str) -> Client:
    staff = Staff.objects.create(username=name)
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.LIBRARIAN)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


def saved(row: Model, column: str) -> Any:
    return getattr(type(row)._default_manager.get(pk=row.pk), column)


@pytest.mark.parametrize("named", FORMS)
def test_the_later_of_two_is_told_keeps_her_words_and_may_then_decide(
    named: str, tenant: Tenant, hamnen: Branch
) -> None:
    made, page, sent_to, field, column = FORMS[named]
    row = made(hamnen)
    ada, bo = logged_in(tenant, "ada"), logged_in(tenant, "bo")
    hers, his = (
        form_with(each.get(page.format(row.pk)).content.decode(), "seen") for each in (ada, bo)
    )
    his[field] = [FIRST.get(field, "Av Bo")]
    assert bo.post(sent_to.format(row.pk), his).status_code == 302
    by_bo = saved(row, column)
    hers[field] = [SECOND.get(field, "Av Ada")]
    answer = ada.post(sent_to.format(row.pk), hers)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert TOLD in told
    assert saved(row, column) == by_bo
    again = form_with(told, "seen")
    assert again[field] == hers[field], "her words are still there"
    assert ada.post(sent_to.format(row.pk), again).status_code == 302
    assert saved(row, column) != by_bo


@pytest.mark.parametrize("named", FORMS)
def test_a_mistake_in_between_does_not_hide_what_a_colleague_did(
    named: str, tenant: Tenant, hamnen: Branch
) -> None:
    made, page, sent_to, field, _column = FORMS[named]
    row = made(hamnen)
    ada, bo = logged_in(tenant, "ada"), logged_in(tenant, "bo")
    hers, his = (
        form_with(each.get(page.format(row.pk)).content.decode(), "seen") for each in (ada, bo)
    )
    his[field] = [FIRST.get(field, "Av Bo")]
    assert bo.post(sent_to.format(row.pk), his).status_code == 302
    wrong = ada.post(sent_to.format(row.pk), hers | {field: ["811218-9876" * 60]})
    assert wrong.status_code == 422
    mended = form_with(wrong.content.decode(), "seen") | {field: [SECOND.get(field, "Av Ada")]}
    assert ada.post(sent_to.format(row.pk), mended).status_code == 409
