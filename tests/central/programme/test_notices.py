"""Notices: written by staff, shown at the kiosks they are for, from when to when they say."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kiosk.central.content.publishing import published
from kiosk.central.programme.models import Notice
from kiosk.central.programme.queries import wall_clock
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.content import Notice as Shown
from tests.drivers.form import form_with


@pytest.fixture
def browser(librarian: Staff) -> Client:
    """Give a browser in which a librarian of every branch has logged in."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client


@pytest.fixture
def of_one_branch(tenant: Tenant, hamnen: Branch) -> Client:
    """Give a browser in which a librarian of one branch has logged in."""
    staff = Staff.objects.create(username="hanna")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.LIBRARIAN, branch=hamnen)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


def shown(branch: Branch, words: str) -> list[Shown]:
    """List the notices with these Swedish words that kiosks at *branch* get."""
    return [each for each in published(branch).notices if each.text.get("sv") == words]


def test_a_notice_reaches_every_branch_with_whom_it_is_for(
    browser: Client, hamnen: Branch, tenant: Tenant
) -> None:
    before = published(hamnen).version
    sent = {"text-sv": "Bokbytardag", "audience": "children", "readers": ["sv", "fi"]}
    assert browser.post("/notices/new/", sent).status_code == 302
    tenant.refresh_from_db()
    assert published(hamnen).version != before
    for branch in tenant.branches.all():
        (notice,) = shown(branch, "Bokbytardag")
        assert (notice.audience, notice.readers) == ("children", ("sv", "fi"))
    assert Record.objects.filter(verb="notice written").exists()
    page = browser.get("/notices/").content.decode()
    assert "Bokbytardag" in page
    assert "Children" in page


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("", "", "Kiosks show it after their next contact."),
        ("2019-01-01 10:00", "2020-01-01 10:00", "its time is over: no kiosk shows it."),
        ("2098-01-01 10:00", "", "Kiosks show it when its time comes."),
    ],
)
def test_whoever_saves_a_notice_reads_when_kiosks_show_it(
    browser: Client, since: str, until: str, told: str
) -> None:
    sent = {"text-sv": "Bokbytardag", "since": since, "until": until}
    assert told in browser.post("/notices/new/", sent, follow=True).content.decode()


def test_times_are_those_of_the_clock_on_the_wall_of_the_branch(
    browser: Client, hamnen: Branch
) -> None:
    tomorrow = wall_clock(timezone.now(), hamnen) + timedelta(days=1)
    since, until = (
        (tomorrow + timedelta(hours=more)).replace(second=0, microsecond=0) for more in (0, 3)
    )
    sent = {
        "text-sv": "Stängt för städning",
        "branch": hamnen.key,
        "since": since.isoformat(timespec="minutes"),
        "until": until.isoformat(timespec="minutes"),
    }
    assert browser.post("/notices/new/", sent).status_code == 302
    (notice,) = shown(hamnen, "Stängt för städning")
    assert (notice.since, notice.until) == (since, until)
    row = Notice.objects.get(branch=hamnen)
    page = browser.get(f"/notices/{row.pk}/").content.decode()
    assert f'value="{since.isoformat(timespec="minutes")}"' in page
    assert "Not yet" in browser.get("/notices/").content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Write it in at least one language"),
        ({"text-sv": "x" * 301}, "at most 300 characters"),
        ({"text-sv": "Hej", "readers": ["fi"]}, "in a language of those"),
        ({"text-sv": "Hej", "branch": "atlantis"}, "Choose a branch where you work"),
        ({"text-sv": "Hej", "audience": "dogs"}, "Choose one from the list"),
        ({"text-sv": "Hej", "since": "soon"}, "Write date and time like"),
        ({"text-sv": "Hej", "until": "0001-01-01T00:00"}, "Write date and time like"),
        (
            {"text-sv": "Hej", "since": "2027-01-02T10:00", "until": "2027-01-02T09:00"},
            "It ends before it begins",
        ),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(
    browser: Client, sent: dict[str, str], told: str
) -> None:
    before = Notice.objects.count()
    answer = browser.post("/notices/new/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert sent.get("text-sv", "") in page
    assert Notice.objects.count() == before


def test_an_ended_notice_is_shown_no_more_and_stays_among_those_that_are_over(
    browser: Client, hamnen: Branch
) -> None:
    browser.post("/notices/new/", {"text-sv": "Hissen är trasig", "branch": hamnen.key})
    row = Notice.objects.get(branch=hamnen)
    form = form_with(browser.get(f"/notices/{row.pk}/").content.decode(), "seen")
    browser.post(f"/notices/{row.pk}/", form | {"text-sv": "Hissen lagas"})
    assert shown(hamnen, "Hissen lagas")
    assert browser.post(f"/notices/{row.pk}/end/").status_code == 302
    assert not shown(hamnen, "Hissen lagas")
    assert "Hissen lagas" not in browser.get("/notices/").content.decode()
    assert "Hissen lagas" in browser.get("/notices/?over").content.decode()


def test_who_works_at_one_branch_writes_for_that_one_only(
    of_one_branch: Client, browser: Client, hamnen: Branch, tenant: Tenant
) -> None:
    browser.post("/notices/new/", {"text-sv": "Till alla"})
    for_all = Notice.objects.get(text={"sv": "Till alla"})
    other = tenant.branches.exclude(pk=hamnen.pk)[0]
    for branch in ("", other.key):
        told = of_one_branch.post("/notices/new/", {"text-sv": "Hej", "branch": branch})
        assert told.status_code == 422
    assert "Till alla" in of_one_branch.get("/notices/").content.decode()
    assert of_one_branch.get(f"/notices/{for_all.pk}/").status_code == 404
    assert of_one_branch.post(f"/notices/{for_all.pk}/end/").status_code == 404
    assert of_one_branch.post("/notices/new/", {"text-sv": "Hej", "branch": hamnen.key}).url == (  # type: ignore[attr-defined]
        "/notices/"
    )


@pytest.mark.parametrize("since", ["2027-01-01 20:00", "2027-01-01T20:00", "2027-01-01T20:00:00"])
@pytest.mark.parametrize("until", ["2027-01-01 18:00", "2027-01-01T18:00", "20270101T1800"])
def test_times_are_compared_as_times_however_they_are_written(
    browser: Client, since: str, until: str
) -> None:
    sent = {"text-sv": "Kaffe", "since": since, "until": until}
    answer = browser.post("/notices/new/", sent)
    assert answer.status_code == 422
    assert "It ends before it begins." in answer.content.decode()
    turned = {"text-sv": "Kaffe", "since": until, "until": since}
    assert browser.post("/notices/new/", turned).status_code == 302
