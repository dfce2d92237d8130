"""A button pressed twice makes one thing; the same form with other words makes another."""

import re
from collections.abc import Mapping

import pytest
from django.db.models import Model
from django.test import Client

from kiosk.central.boards.models import Publication
from kiosk.central.guide.models import LocalContact
from kiosk.central.programme.models import Notice
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.tenants.models import Branch, Record

FORMS: Mapping[str, tuple[type[Model], str, Mapping[str, str]]] = {
    "/notices/new/": (Notice, "text-sv", {}),
    "/boards/new/": (Publication, "text-sv", {"board": "answer", "title-sv": "En", "publish": ""}),
    "/questionnaires/new/": (Questionnaire, "q1-ask-sv", {"title-sv": "En", "q1-kind": "text"}),
    "/guide/hamnen/add/": (LocalContact, "about", {"name": "Kontoret", "needs": "letter"}),
}
"""What each form makes, in which field it has its words, and what else it is sent."""


def shown(browser: Client, address: str) -> dict[str, str]:
    """Open a form and return its hidden fields."""
    page = browser.get(address).content.decode()
    hidden = re.findall(r'<input type="hidden" name="(seen|new)" value="([^"]*)">', page)
    assert [name for name, _ in hidden] == ["seen", "new"]
    return dict(hidden)


@pytest.mark.parametrize("address", FORMS)
def test_a_form_that_is_sent_twice_makes_one_thing(
    browser: Client, hamnen: Branch, address: str
) -> None:
    table, field, more = FORMS[address]
    before, lines = table._default_manager.count(), Record.objects.count()
    form = {**shown(browser, address), **more, field: "Öppet i natt"}
    first, second = (browser.post(address, form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.headers["Location"] == second.headers["Location"]
    assert table._default_manager.count() == before + 1
    assert Record.objects.count() == lines + 1
    browser.post(address, {**form, field: "Stängt i natt"})
    assert table._default_manager.count() == before + 2, "she went back and wrote something else"
    browser.post(address, {**form, **shown(browser, address)})
    assert table._default_manager.count() == before + 3, "the same words, in a form of their own"
