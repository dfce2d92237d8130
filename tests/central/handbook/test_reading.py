"""Staff find the handbook in their browser, in their language."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kiosk.central.staff.frame import WAYS
from kiosk.central.tenants.models import Membership, Role, Staff, Tenant
from kiosk.central.tenants.queries import ENOUGH
from tests.house.handbook.staff import guarded, rights
from tests.house.handbook.words import written

FIRST_LINES = {"sv": "För personalen", "da": "Til personalet", "en": "For staff"}


def browser(role: Role, tenant: Tenant, language: str = "en") -> Client:
    """Log somebody in who has one *role* everywhere."""
    staff = Staff.objects.create(username=role)
    Membership.objects.create(tenant=tenant, staff=staff, role=role)
    client = Client(headers={"Accept-Language": language})
    client.force_login(staff)
    return client


def links(page: str) -> list[str]:
    return re.findall(r'href="(/handbook/[^"#]*)', page)


@pytest.mark.parametrize("language", FIRST_LINES)
def test_every_page_leads_to_the_handbook_in_the_language_of_whoever_reads(
    language: str, tenant: Tenant
) -> None:
    reader = browser(Role.READER, tenant, language)
    [address] = links(reader.get("/inbox/").content.decode())
    page = reader.get(address).content.decode()
    assert f'<article class="handbook" lang="{language}">' in page
    assert f"{FIRST_LINES[language]}</h1>" in page


@pytest.mark.parametrize("role", Role)
def test_everybody_who_works_here_reads_all_of_it(role: Role, tenant: Tenant) -> None:
    client = browser(role, tenant, "sv")
    seen, new = set[str](), {"/handbook/"}
    while new:
        address = new.pop()
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        new |= set(links(answer.content.decode())) - seen
    assert {"/handbook/visitor/", "/handbook/technician/"} <= seen


def test_what_is_there_in_english_only_says_so(tenant: Tenant) -> None:
    page = browser(Role.TECHNICIAN, tenant, "da").get("/handbook/technician/").content.decode()
    assert '<html lang="da">' in page
    assert '<article class="handbook" lang="en">' in page


def test_a_link_inside_of_a_page_leads_to_a_heading(tenant: Tenant) -> None:
    page = browser(Role.LIBRARIAN, tenant, "sv").get("/handbook/").content.decode()
    wanted = re.findall(r'href="#([^"]+)"', page)
    assert wanted
    assert {unquote(each) for each in wanted} - {"main"} <= set(re.findall(r' id="([^"]+)"', page))


def test_a_wide_table_can_be_scrolled_by_keys_and_says_what_it_is_about(tenant: Tenant) -> None:
    page = browser(Role.LIBRARIAN, tenant, "sv").get("/handbook/").content.decode()
    region = r'<div class="wide-table" tabindex="0" role="region" aria-label="([^"]+)"><table>'
    named = re.findall(region, page)
    assert len(named) == page.count("<table>") == page.count("</table></div>") > 0
    assert set(named) <= set(re.findall(r"<h[23] [^>]+>([^<]+)</h", page))


def test_a_page_that_is_not_there_is_not_found(tenant: Tenant) -> None:
    assert browser(Role.READER, tenant).get("/handbook/passwd/").status_code == 404


def test_a_stranger_is_asked_to_log_in_and_shown_no_way_to_it(tenant: Tenant) -> None:
    assert Client().get("/handbook/").status_code == 302
    assert links(Client().get("/login/").content.decode()) == []


def test_the_handbook_says_of_every_page_who_may_open_it() -> None:
    assert set(guarded()) == set(written()["may"]) - {"admin"}


@pytest.mark.parametrize("role", Role)
def test_who_may_do_what_is_what_the_pages_do(role: Role, tenant: Tenant) -> None:
    client = browser(role, tenant)
    for name, opened_by in rights():
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        answer = client.get(address)
        if answer.status_code == 302:  # it only takes forms
            answer = client.post(address)
        opens = answer.status_code != 403
        assert opens is any(role in ENOUGH[each] for each in opened_by), name


def test_the_way_to_a_section_is_shown_to_all_who_may_open_it() -> None:
    pages = guarded()
    ways = {name: set(roles) for name, _label, roles in WAYS if name in pages}
    assert ways == {name: set(pages[name]) for name in ways}


@pytest.mark.parametrize("page", ["staff", "visitor", "technician"])
def test_whatever_is_wider_than_the_screen_is_scrolled_by_keys_too(
    page: str, tenant: Tenant
) -> None:
    told = browser(Role.TECHNICIAN, tenant).get(f"/handbook/{page}/").content.decode()
    for opens in re.findall(r'<pre[^>]*>|<div class="wide-table"[^>]*>', told):
        assert 'tabindex="0"' in opens
        assert 'role="region"' in opens
        assert re.search(r'aria-label="[^"]+"', opens)
    assert page != "technician" or "<pre " in told
