"""No identity number of anybody is saved by staff either, whatever form it is written in."""

from collections.abc import Mapping

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from kiosk.central.tenants.models import Branch
from tests.central.conftest import Arrive

WORDS = "Fråga efter 19811218\u2013 9876 i disken"
REFUSED = "Take out the personal identity number."
FORMS: Mapping[str, Mapping[str, str]] = {
    "/inbox/{submission}/answer/": {"text": WORDS, "signed": "me", "seen": "0"},
    "/notices/new/": {"text-sv": WORDS},
    "/boards/new/": {"board": "idea", "title-sv": "En", "text-sv": WORDS, "stage": "heard"},
    "/questionnaires/new/": {"title-sv": "En", "q1-kind": "text", "q1-ask-sv": WORDS},
    "/guide/hamnen/add/": {"name": "Kontoret", "about": WORDS, "needs": "letter"},
}
"""What each form is sent, by its address; all else in it is as it should be."""


def saved() -> str:
    """Return every text that central keeps."""
    texts = (models.CharField, models.TextField, models.JSONField)
    found = []
    for table in apps.get_models():
        named = [each.name for each in table._meta.fields if isinstance(each, texts)]
        found += list(table._default_manager.values_list(*named)) if named else []
    return str(found)


@pytest.mark.parametrize("address", FORMS)
def test_no_form_of_staff_takes_an_identity_number(
    browser: Client, arrive: Arrive, hamnen: Branch, address: str
) -> None:
    handed = arrive({"about": "other", "words": "Hej"})
    path, sent = address.format(submission=handed.pk), FORMS[address]
    refused = browser.post(path, sent)
    assert REFUSED in refused.content.decode()
    assert "9876" not in saved()
    plain = {name: told.replace(WORDS, "Fråga i disken") for name, told in sent.items()}
    assert browser.post(path, plain).status_code == 302
    assert "Fråga i disken" in saved() or "answer" in address
