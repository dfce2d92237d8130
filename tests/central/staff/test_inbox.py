"""The inbox list and one submission."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.translation import override

from kiosk.central.staff.accounts.views import failed
from kiosk.central.submissions import actions
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.receipt import State
from tests.central.conftest import Arrive
from tests.central.knocking import PRAISE, Knocking

TIP = {"title": "Bröderna Lejonhjärta", "stars": 5, "why": "<b>Modig</b>"}


def page(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def lines(browser: Client, query: str = "") -> int:
    return page(browser, f"/inbox/{query}").count('<tr class="row')


def test_an_empty_inbox_says_so_kindly(browser: Client) -> None:
    assert "All quiet" in page(browser, "/inbox/")


def test_what_was_handed_in_is_listed_in_words(browser: Client, arrive: Arrive) -> None:
    arrive(PRAISE)
    shown = page(browser, "/inbox/")
    assert "Feedback" in shown
    assert "The staff · Tack för hjälpen!" in shown


def test_unread_is_said_in_words_and_not_by_colour_only(browser: Client, arrive: Arrive) -> None:
    praise = arrive(PRAISE)
    assert re.search(r'badge-sent">New<', page(browser, "/inbox/"))
    page(browser, f"/inbox/{praise.pk}/")
    assert re.search(r'badge-read">Read<', page(browser, "/inbox/"))


def test_opening_it_tells_the_visitor_that_it_was_read(browser: Client, arrive: Arrive) -> None:
    praise = arrive(PRAISE)
    page(browser, f"/inbox/{praise.pk}/")
    praise.refresh_from_db()
    assert praise.state == State.READ
    assert Record.objects.filter(verb="opened", subject_id=str(praise.pk)).count() == 1


def test_the_list_can_be_narrowed(browser: Client, arrive: Arrive) -> None:
    arrive(PRAISE)
    arrive(TIP, "book-tip")
    assert lines(browser) == 2
    assert lines(browser, "?errand=feedback") == 1
    assert lines(browser, "?errand=book-tip") == 1
    assert lines(browser, "?text=lejonhjärta") == 1
    assert lines(browser, "?state=open") == 2
    assert lines(browser, "?state=answered") == 0
    assert lines(browser, "?branch=hamnen") == 2
    assert lines(browser, "?language=fi") == 0
    assert lines(browser, "?state=nonsense&page=x&text=%00") == 0


def test_a_narrowed_list_takes_its_columns_from_the_declaration(
    browser: Client, arrive: Arrive
) -> None:
    arrive(PRAISE)
    shown = page(browser, "/inbox/?errand=feedback")
    assert 'role="columnheader">What is it about?</th>' in shown
    assert ">The staff</td>" in shown


def test_an_errand_nobody_has_declared_is_shown_plainly_and_safely(
    browser: Client, arrive: Arrive
) -> None:
    shown = page(browser, f"/inbox/{arrive(TIP, 'book-tip').pk}/")
    assert "newer than this page" in shown
    assert "Bröderna Lejonhjärta" in shown
    assert "&lt;b&gt;Modig&lt;/b&gt;" in shown


def test_the_visitors_own_words_are_marked_with_her_language(
    browser: Client, arrive: Arrive
) -> None:
    shown = page(browser, f"/inbox/{arrive(PRAISE).pk}/")
    assert 'lang="sv">Tack för hjälpen!</dd>' in shown


def test_a_page_that_breaks_says_so_and_asks_the_database_nothing() -> None:
    with override("en"):
        answer = failed(RequestFactory().get("/inbox/"))
    assert answer.status_code == 500
    assert "Something broke at our end" in answer.content.decode()


def test_a_long_list_has_pages_that_keep_what_was_asked(browser: Client, arrive: Arrive) -> None:
    for _ in range(26):
        arrive(PRAISE)
    assert 'href="?errand=feedback&amp;page=2"' in page(browser, "/inbox/?errand=feedback")
    assert lines(browser, "?errand=feedback&page=2") == 1


def test_what_could_not_be_understood_is_shown_with_the_reason(
    browser: Client, kiosk: Knocking
) -> None:
    kiosk.bring(kiosk.event("meteor.seen", {"size": 3}))
    assert "need a look" in page(browser, "/inbox/")
    shown = page(browser, "/inbox/held/")
    assert "something that central does not know yet" in shown
    assert "meteor.seen" in shown


def test_other_branches_are_none_of_her_business(
    tenant: Tenant, hamnen: Branch, arrive: Arrive
) -> None:
    praise = arrive(PRAISE)
    staff = Staff.objects.create(username="nora")
    elsewhere = tenant.branches.exclude(pk=hamnen.pk)[0]
    Membership.objects.create(tenant=tenant, staff=staff, branch=elsewhere, role=Role.LIBRARIAN)
    client = Client()
    client.force_login(staff)
    assert lines(client) == 0
    assert client.get(f"/inbox/{praise.pk}/").status_code == 404
    assert client.post(f"/inbox/{praise.pk}/answer/", {"text": "Hej"}).status_code == 404


def test_what_was_taken_back_is_shown_as_such(
    browser: Client, arrive: Arrive, kiosk: Knocking
) -> None:
    praise = arrive(PRAISE)
    kiosk.bring(kiosk.changed("submission.withdrawn", str(praise.pk), praise.locator))
    shown = page(browser, f"/inbox/{praise.pk}/")
    assert "The visitor has taken this back." in shown
    assert "Send the answer" not in shown


def test_what_was_erased_is_gone_and_the_page_says_why(
    browser: Client, arrive: Arrive, kiosk: Knocking
) -> None:
    praise = arrive(PRAISE)
    kiosk.bring(kiosk.changed("submission.erased", str(praise.pk), praise.locator))
    answer = browser.get(f"/inbox/{praise.pk}/")
    assert answer.status_code == 404
    assert "has been erased" in answer.content.decode()
    assert lines(browser) == 0


@pytest.mark.parametrize("doing", ["reading", "answering"])
def test_what_is_erased_at_that_very_moment_is_told_as_gone(
    browser: Client, arrive: Arrive, tenant: Tenant, doing: str
) -> None:
    submission = arrive(PRAISE)
    path = f"/inbox/{submission.pk}/"
    erased: list[str] = []

    def erase_meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if not erased and 'FROM "inbox_submission"' in sql:
            erased.append(sql)
            actions.erase(tenant, submission.pk)
        return result

    with connection.execute_wrapper(erase_meanwhile):
        if doing == "reading":
            answer = browser.get(path)
        else:
            answer = browser.post(f"{path}answer/", {"text": "Tack!", "signed": "me", "seen": "0"})
    assert erased
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("language", "names"),
    [("sv", ["norskt bokm\u00e5l", "finska"]), ("da", ["bokm\u00e5l", "finsk"])],
)
def test_languages_are_named_in_the_language_of_whoever_reads(
    librarian: Staff, language: str, names: list[str]
) -> None:
    client = Client(headers={"Accept-Language": language})
    client.force_login(librarian)
    told = client.get("/inbox/").content.decode()
    assert all(f">{name}</option>" in told for name in names)
    assert "Norwegian" not in told
