"""Cleaning at central: what a browser sends is text before any page reads it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from hypothesis import given

from kiosk import wire
from kiosk.central.accounts.models import Staff
from kiosk.central.branches.models import Tenant
from kiosk.central.cleaning import text_is_text
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


def test_the_stock_admin_saves_clean_text_too(librarian: Staff, tenant: Tenant) -> None:
    browser = Client()
    librarian.is_staff = librarian.is_superuser = True
    librarian.save()
    browser.force_login(librarian)
    sent = {"name": "Ha\u0308mnen\x1b]0;X\x07\u202e ", "public_url": "https://x.example"}
    answer = browser.post(f"/admin/branches/tenant/{tenant.pk}/change/", sent)
    assert answer.status_code == 302, answer.context["errors"]
    tenant.refresh_from_db()
    assert tenant.name == "Hämnen"
