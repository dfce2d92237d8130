"""The pages of the guide: librarians add those who help near their branch."""

from typing import Any

import pytest
from django.test import Client

from kiosk.central.content.publishing import published
from kiosk.central.guide import queries
from kiosk.central.guide.models import LocalContact
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff

OFFICE = {
    "name": "Medborgarkontoret",
    "about": "Läser brev med dig",
    "where": "Torget 1",
    "hours": "Tisdagar 14-16",
    "phone": "0123-456 78",
    "address": "https://kommun.example/kontor",
    "needs": ["letter", "forms"],
}


@pytest.fixture
def browser(librarian: Staff) -> Client:
    client = Client(headers={"Accept-Language": "sv"})
    client.force_login(librarian)
    return client


def add(browser: Client, **changed: Any) -> int:
    return browser.post("/guide/hamnen/add/", OFFICE | changed).status_code


def test_what_a_librarian_adds_is_shown_by_the_kiosks_of_her_branch(
    browser: Client, hamnen: Branch
) -> None:
    before = published(hamnen).version
    assert "Ingen har lagts till" in browser.get("/guide/").content.decode()
    assert browser.get("/guide/hamnen/add/").status_code == 200
    assert add(browser) == 302
    hamnen.tenant.refresh_from_db()
    content = published(hamnen)
    assert content.version != before
    assert "Medborgarkontoret" in {each.name for each in content.guide.contacts}
    assert "Medborgarkontoret" in browser.get("/guide/").content.decode()
    assert Record.objects.filter(verb="added", subject_kind="localcontact").count() == 1


def test_changing_it_says_that_it_was_checked_today(browser: Client, hamnen: Branch) -> None:
    add(browser)
    contact = LocalContact.objects.get()
    assert "Torget 1" in browser.get(f"/guide/{contact.pk}/").content.decode()
    assert 'name="seen" value="1"' in browser.get(f"/guide/{contact.pk}/").content.decode()
    answer = browser.post(f"/guide/{contact.pk}/", OFFICE | {"where": "Torget 2", "seen": "1"})
    assert answer.status_code == 302
    contact.refresh_from_db()
    assert (contact.where, contact.version) == ("Torget 2", 2)


def test_nobody_overwrites_a_contact_that_a_colleague_has_changed_meanwhile(
    browser: Client, hamnen: Branch
) -> None:
    add(browser)
    path = f"/guide/{LocalContact.objects.get().pk}/"
    browser.post(path, OFFICE | {"where": "Torget 2", "seen": "1"})
    late = browser.post(path, OFFICE | {"where": "Torget 3", "seen": "1"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "En kollega har ändrat" in page
    assert "Torget 3" in page
    assert 'name="seen" value="2"' in page
    assert LocalContact.objects.get().where == "Torget 2"
    assert browser.post(path, OFFICE | {"where": "Torget 3", "seen": "2"}).status_code == 302


def test_what_is_taken_away_is_no_longer_shown(browser: Client, hamnen: Branch) -> None:
    add(browser)
    assert browser.post(f"/guide/{LocalContact.objects.get().pk}/remove/").status_code == 302
    assert queries.guide(hamnen).contacts[-1].name != "Medborgarkontoret"
    assert Record.objects.filter(verb="removed").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"about": "x" * 121},
        {"phone": "ring Anna"},
        {"address": "javascript:alert(1)"},
        {"needs": []},
        {"needs": ["astrology"]},
    ],
)
def test_a_mistake_is_said_and_nothing_is_saved(browser: Client, wrong: dict[str, Any]) -> None:
    assert add(browser, **wrong) == 422
    assert not LocalContact.objects.exists()


def test_nobody_adds_at_a_branch_she_does_not_work_at(hamnen: Branch) -> None:
    other = hamnen.tenant.branches.exclude(pk=hamnen.pk).first()
    staff = Staff.objects.create(username="elsewhere")
    role = Role.LIBRARIAN
    Membership.objects.create(tenant=hamnen.tenant, staff=staff, branch=other, role=role)
    client = Client()
    client.force_login(staff)
    assert add(client) == 404
