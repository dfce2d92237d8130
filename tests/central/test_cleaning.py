"""Cleaning at central: what a browser sends is text before any page reads it."""

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from hypothesis import given

from kiosk import wire
from kiosk.central.platform.cleaning import text_is_text
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from kiosk.domain.text import clean
from tests.drivers.nasty import harmless, nasty_text


def read_by_a_page(request: HttpRequest) -> HttpRequest:
    """Send *request* through the border, and return it as a page gets it."""
    got: list[HttpRequest] = []

    def page(read: HttpRequest) -> HttpResponse:
        got.append(read)
        return HttpResponse()

    text_is_text(page)(request)
    return got[0]


@given(nasty_text().map(lambda text: text.encode("utf-8", "replace").decode()))
def test_every_field_and_every_question_of_a_request_is_text(text: str) -> None:
    request = RequestFactory().post(
        "/somewhere/", {"name": [text, "Anna"], f"x{text}": text}, query_params={"q": text}
    )
    read = read_by_a_page(request)
    fields: tuple[QueryDict, ...] = (read.GET, read.POST)
    for sent in fields:
        for name, values in sent.lists():
            assert harmless(name)
            assert all(harmless(str(each)) for each in values)
    assert read.POST.getlist("name") == [clean(text), "Anna"]


def test_a_password_is_taken_as_it_was_typed_and_the_exchange_keeps_its_bytes() -> None:
    typed = "hem\u200bligt\u202e e\u0301"
    sent = {"password": typed, "new_password1": typed, "username": typed}
    read = read_by_a_page(RequestFactory().post("/log-in/", sent))
    assert read.POST["password"] == read.POST["new_password1"] == typed
    assert read.POST["username"] == clean(typed)
    exchange = RequestFactory().post(f"{wire.ROOT}/inbox", sent)
    assert read_by_a_page(exchange) is exchange
    assert b"password" in exchange.body


def test_no_second_branch_has_the_name_of_one_in_other_signs(
    hamnen: Branch, tenant: Tenant
) -> None:
    hamnen.name = "Hamnbiblioteket Årla"
    hamnen.save()
    for name in ("hamnbiblioteket  A\u030arla", "Hamn\u00adbiblioteket Årla\u200b"):
        with pytest.raises(ValidationError, match="namn"):
            Branch(tenant=tenant, key="ny", name=name).clean()
    Branch(tenant=tenant, key="ny", name="Hamnbiblioteket Arla").clean()
    hamnen.clean()


def test_the_stock_admin_saves_clean_text_too(librarian: Staff, tenant: Tenant) -> None:
    browser = Client()
    Membership.objects.create(tenant=tenant, staff=librarian, role=Role.TECHNICIAN)
    browser.force_login(librarian)
    sent = {"name": "Ha\u0308mnen\x1b]0;X\x07\u202e ", "public_url": "", "contact": ""}
    answer = browser.post(f"/admin/branches/tenant/{tenant.pk}/change/", sent)
    assert answer.headers["Location"] == "/admin/branches/tenant/"
    tenant.refresh_from_db()
    assert tenant.name == "Hämnen"
