"""The guide of a branch: the offices of its country, and the contacts that it has added."""

from datetime import date

import pytest

from kiosk import wire
from kiosk.central.content.publishing import published
from kiosk.central.guide import queries
from kiosk.central.guide.models import LocalContact
from kiosk.central.guide.national import national
from kiosk.central.tenants.models import Branch
from kiosk.domain.guide import Need


@pytest.fixture
def own(hamnen: Branch) -> LocalContact:
    return LocalContact.objects.create(
        tenant=hamnen.tenant,
        branch=hamnen,
        name="Medborgarkontoret",
        about="Läser brevet tillsammans med dig",
        where="Torget 1",
        hours="Tisdagar 14–16",
        phone="0123-456 78",
        language="sv",
        needs=["letter", "forms"],
        checked_on=date(2026, 11, 20),
    )


def need(branch: Branch, need_id: str) -> Need:
    found = queries.guide(branch).need(need_id)
    assert found
    return found


def test_a_branch_without_contacts_of_its_own_has_the_shipped_guide(hamnen: Branch) -> None:
    assert queries.guide(hamnen) == national("se")
    hamnen.timezone = "Europe/Copenhagen"
    assert queries.guide(hamnen) == national("dk")


def test_a_branch_of_another_country_shows_only_what_somebody_there_helps_with(
    hamnen: Branch, own: LocalContact
) -> None:
    hamnen.timezone = "Europe/Helsinki"
    guide = queries.guide(hamnen)
    topics = [topic for need in guide.needs for topic in need.topics]
    assert all(guide.who_helps(topic) for topic in topics)
    assert {each.id for each in guide.contacts} == {"library", "bank", queries.key_of(own)}
    assert queries.key_of(own) in need(hamnen, "forms").topics[-1].contacts
    assert guide.need("residence") is not None, "the library shows where one applies"
    assert guide.need("tax") is None


def test_a_contact_of_the_branch_comes_first_but_for_what_only_an_office_can_do(
    hamnen: Branch, own: LocalContact
) -> None:
    key = queries.key_of(own)
    find = need(hamnen, "forms").topic("find")
    fill_in = need(hamnen, "forms").topic("fill-in")
    assert find
    assert fill_in
    assert find.contacts[0] == key
    assert fill_in.contacts[-1] == key
    assert all(key not in topic.contacts for topic in need(hamnen, "money").topics)


def test_its_card_tells_when_somebody_last_checked_it(hamnen: Branch, own: LocalContact) -> None:
    letter = need(hamnen, "letter").topics[0]
    contact = queries.guide(hamnen).who_helps(letter)[-1]
    assert (contact.name, contact.checked, contact.dated) == (
        "Medborgarkontoret",
        "2026-11-20",
        True,
    )
    assert contact.about == {"sv": "Läser brevet tillsammans med dig"}


def test_other_branches_do_not_see_it(hamnen: Branch, own: LocalContact) -> None:
    other = hamnen.tenant.branches.exclude(pk=hamnen.pk).first()
    assert other
    assert queries.guide(other) == national("se")


def test_kiosks_get_the_guide_with_all_other_content(hamnen: Branch, own: LocalContact) -> None:
    content = published(hamnen)
    assert wire.decode_content(wire.encode_content(content)).guide == queries.guide(hamnen)
