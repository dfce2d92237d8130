"""The pages of the questionnaires: written, asked, changed and taken down by staff."""

import html
import re

import pytest
from django.test import Client

from kiosk.central.content.publishing import published
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.errand import OnlyIf
from kiosk.domain.questionnaire import Questionnaire as Asked

NIGHT = {
    "title-sv": "Nattöppet?",
    "title-da": "Natåbent?",
    "q1-kind": "choice",
    "q1-ask-sv": "Vill du komma hit på  natten?",
    "q1-choices-sv": "Ja\n Nej \nKanske",
    "q1-choices-da": "Ja\nNej",
    "q1-required": "on",
    "q2-kind": "text",
    "q2-ask-sv": "När?",
    "q2-limit": "40",
    "q2-if": "1",
    "q2-among": "1, 3",
    "publish": "yes",
}


@pytest.fixture
def browser(librarian: Staff) -> Client:
    """Give a browser in which a librarian of every branch has logged in."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client


def asked(branch: Branch, title: str = "Nattöppet?") -> Asked | None:
    return next((e for e in published(branch).questionnaires if e.title.get("sv") == title), None)


@pytest.mark.parametrize(
    ("changed", "told", "badge"),
    [
        ({}, "Kiosks show it after their next contact.", "Shown"),
        ({"until": "2020-01-01"}, "its time is over: no kiosk shows it.", "Is over"),
        ({"since": "9998-01-01", "until": "9999-12-31"}, "when its time comes.", "Not yet"),
        ({"publish": None, "until": "2020-01-01"}, "Kiosks do not show it.", "Not shown"),
    ],
)
def test_whoever_saves_reads_when_kiosks_show_it(
    browser: Client, changed: dict[str, str | None], told: str, badge: str
) -> None:
    Questionnaire.objects.all().update(published=False)
    sent = {name: each for name, each in (NIGHT | changed).items() if each is not None}
    page = browser.post("/questionnaires/new/", sent, follow=True).content.decode()
    assert told in page
    assert f">{badge}</span>" in page


def test_what_is_written_is_asked_with_choices_condition_and_limit(
    browser: Client, hamnen: Branch
) -> None:
    assert browser.post("/questionnaires/new/", NIGHT).status_code == 302
    told = asked(hamnen)
    assert told
    first, second = told.questions
    assert first.ask == {"sv": "Vill du komma hit på natten?"}
    assert first.required
    assert [each.label for each in first.choices] == [
        {"sv": "Ja", "da": "Ja"},
        {"sv": "Nej", "da": "Nej"},
        {"sv": "Kanske"},
    ]
    assert (second.limit, second.only_if) == (40, OnlyIf("q1", ("1", "3")))
    assert Record.objects.filter(verb="questionnaire written").exists()
    assert "Nattöppet?" in browser.get("/questionnaires/").content.decode()


def test_other_words_make_a_new_version_and_other_dates_do_not(
    browser: Client, hamnen: Branch
) -> None:
    browser.post("/questionnaires/new/", NIGHT)
    told = asked(hamnen)
    assert told
    page = f"/questionnaires/{told.id}/"
    again = {name: value for name, value in NIGHT.items() if name != "publish"}
    browser.post(page, again | {"seen": "1", "until": "2099-01-01"})
    dated = asked(hamnen)
    assert dated
    assert (dated.version, str(dated.until)) == (1, "2099-01-01")
    browser.post(page, again | {"seen": "2", "q2-ask-sv": "Vilken tid?"})
    renewed = asked(hamnen)
    assert renewed
    assert (renewed.version, renewed.questions[1].ask) == (2, {"sv": "Vilken tid?"})
    assert Wording.objects.filter(questionnaire__pk=told.id).count() == 2
    browser.post(page, again | {"seen": "3", "take-down": "yes"})
    assert asked(hamnen) is None


def test_nobody_overwrites_a_colleague_unseen(browser: Client, hamnen: Branch) -> None:
    browser.post("/questionnaires/new/", NIGHT)
    told = asked(hamnen)
    assert told
    browser.post(f"/questionnaires/{told.id}/", NIGHT | {"seen": "1", "title-sv": "Kväll?"})
    late = browser.post(f"/questionnaires/{told.id}/", NIGHT | {"seen": "1"})
    assert late.status_code == 409
    assert "A colleague has changed it meanwhile" in late.content.decode()
    assert asked(hamnen, "Kväll?")


def test_a_shipped_questionnaire_is_saved_again_with_its_condition_intact(
    browser: Client, hamnen: Branch
) -> None:
    told = asked(hamnen, "5 snabba")
    assert told
    page = browser.get(f"/questionnaires/{told.id}/").content.decode()
    assert 'name="q4-among" maxlength="40" value="2, 3"' in page
    assert 'name="q4-if" inputmode="numeric" maxlength="1" value="3"' in page
    assert "Lånade eller lämnade tillbaka" in page


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"title-sv": "", "title-da": ""}, "title-en", "Write a title"),
        ({"q1-ask-sv": "", "q2-ask-sv": ""}, "q1-ask-en", "at least one question"),
        ({"q1-kind": "workshop"}, "q1-kind", "Choose one from the list"),
        ({"q1-choices-sv": "Ja", "q1-choices-da": ""}, "q1-choices-en", "needs two of them"),
        ({"q1-choices-sv": "Ja\n\nNej", "q1-choices-da": ""}, "q1-choices-en", "says nothing"),
        ({"q1-choices-sv": "Ja\nNej\nJA "}, "q1-choices-sv", "say the same"),
        ({"q1-choices-da": "Ja\nJa\u200b"}, "q1-choices-da", "say the same"),
        ({"q2-if": "7"}, "q2-after", "an earlier question"),
        ({"q2-limit": "many"}, "q2-limit", "A limit is a whole number"),
        ({"q1-ask-sv": "x" * 161}, "q1-ask-sv", "at most 160 characters"),
        ({"branch": "atlantis"}, "branch", "Choose a branch where you work"),
        ({"audience": "dogs"}, "audience", "Choose one from the list"),
        ({"since": "soon"}, "since", "Write a date like"),
        ({"since": "2027-01-02", "until": "20270101"}, "until", "It ends before it begins"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
    browser: Client, sent: dict[str, str], field: str, told: str
) -> None:
    before = Questionnaire.objects.count()
    answer = browser.post("/questionnaires/new/", NIGHT | sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    [marked] = re.findall(f'<span class="mistake" id="{field}-mistake">([^<]*)', page)
    described = f'describedby="[^"]*{field}-mistake"'
    assert told in html.unescape(marked)
    assert page.count('aria-invalid="true"') == len(re.findall(described, page)) == 1
    assert Questionnaire.objects.count() == before


def test_all_that_is_wrong_is_told_at_once(browser: Client) -> None:
    sent = {"title-sv": "", "title-da": "", "q1-kind": "workshop", "q2-if": "7", "since": "soon"}
    page = browser.post(
        "/questionnaires/new/", NIGHT | sent | {"q2-limit": "many"}
    ).content.decode()
    assert page.count('aria-invalid="true"') == 5


def test_who_works_at_one_branch_asks_only_there(tenant: Tenant, hamnen: Branch) -> None:
    staff = Staff.objects.create(username="hanna")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.LIBRARIAN, branch=hamnen)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    assert client.post("/questionnaires/new/", NIGHT).status_code == 422
    assert client.post("/questionnaires/new/", NIGHT | {"branch": "hamnen"}).status_code == 302
    elsewhere = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    assert asked(hamnen)
    assert asked(elsewhere) is None
    five = asked(hamnen, "5 snabba")
    assert five
    assert client.get(f"/questionnaires/{five.id}/").status_code == 404
