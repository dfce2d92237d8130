"""What kiosks are given to ask, and how staff read what was answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kiosk.central.content.publishing import published
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.run.demo import programme
from kiosk.central.staff.inbox.presenters import in_full, parts
from kiosk.central.staff.inbox.rows import line
from kiosk.central.staff.speaking import content_for
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.questionnaire import Questionnaire as Asked
from kiosk.domain.questionnaire import fault
from kiosk.i18n import phrases
from tests.central.conftest import Arrive


@pytest.fixture
def five(tenant: Tenant) -> Questionnaire:
    return next(
        each.questionnaire for each in Wording.objects.all() if each.title["en"] == "5 quick ones"
    )


def asked(branch: Branch, row: Questionnaire) -> Asked | None:
    next_change(branch.tenant)
    return next((each for each in published(branch).questionnaires if each.id == str(row.pk)), None)


def answers(row: Questionnaire, **more: Any) -> dict[str, Any]:
    return {
        "visit": 4,
        "came_for": ["read", "meet"],
        "found": "no",
        "missing": "En stol",
        "words": "Tack",
        "questionnaire": str(row.pk),
        "version": 1,
    } | more


def test_the_shipped_questionnaires_come_down_whole_and_loading_them_again_doubles_nothing(
    hamnen: Branch, five: Questionnaire
) -> None:
    programme.load()
    told = published(hamnen).questionnaires
    assert [each.title["sv"] for each in told] == ["5 snabba", "Veckans fråga"]
    assert [fault(each) for each in told] == [None, None]
    assert Wording.objects.filter(questionnaire=five).count() == 1


def test_each_branch_is_given_its_own_until_the_last_day(
    tenant: Tenant, hamnen: Branch, five: Questionnaire
) -> None:
    elsewhere = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    today = timezone.localdate()
    changed = Questionnaire.objects.filter(pk=five.pk)
    changed.update(branch=hamnen, until=today)
    assert asked(hamnen, five)
    assert asked(elsewhere, five) is None
    changed.update(until=today - timedelta(days=1))
    assert asked(hamnen, five) is None
    changed.update(until=None, published=False)
    assert asked(hamnen, five) is None


def test_answers_are_told_in_the_words_that_were_asked_also_after_a_new_version(
    arrive: Arrive, hamnen: Branch, five: Questionnaire
) -> None:
    submission = arrive(answers(five), "questions")
    old = Wording.objects.get(questionnaire=five)
    Wording.objects.create(
        tenant=five.tenant,
        questionnaire=five,
        version=2,
        title=old.title,
        questions=[each | {"ask": {"sv": "Nya ord?"}} for each in old.questions],
    )
    Questionnaire.objects.filter(pk=five.pk).update(version=2)
    newest = asked(hamnen, five)
    assert newest
    assert (newest.version, newest.questions[0].ask) == (2, {"sv": "Nya ord?"})
    told = {
        each.ask: each.answer
        for each in parts(submission, content_for([]), phrases("sv"), named=True)
    }
    assert told == {
        "Hur var ditt besök i dag?": "Bra (4/5)",
        "Vad gjorde du här?": "Läste eller arbetade · Träffade någon eller bara var här",
        "Fick du det du kom för?": "Nej",
        "Vad saknade du?": "En stol",
        "Hur är det att klara sig själv här utan personal?": "",
        "Hur många gånger har du varit här den senaste månaden?": "",
        "Är det något mer du vill säga?": "Tack",
    }
    assert in_full(submission, named=True)["known"] is True


def test_the_list_tells_them_in_few_words(arrive: Arrive, five: Questionnaire) -> None:
    submission = arrive(answers(five), "questions")
    told = line(submission, content_for([]), phrases("sv"), named=True)
    assert told.errand == "Svar på frågor"
    assert told.summary.startswith("Bra (4/5) · Läste eller arbetade")


@pytest.mark.parametrize("more", [{"version": 9}, {"questionnaire": "?"}, {"version": None}])
def test_answers_to_words_that_are_not_here_are_shown_as_they_came(
    arrive: Arrive, five: Questionnaire, more: dict[str, Any]
) -> None:
    submission = arrive(answers(five, **more), "questions")
    told = {
        each.ask: each.answer
        for each in parts(submission, content_for([]), phrases("sv"), named=True)
    }
    assert told["missing"] == "En stol"
    assert in_full(submission, named=True)["known"] is False
