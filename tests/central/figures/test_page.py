"""The page of the figures: by day and hour, staffed or not, and small numbers hidden."""

import csv
import io
import re
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from kiosk.central.figures import export, queries
from kiosk.central.figures.models import Figure
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff
from kiosk.central.tenants.period import Period

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
PERIOD = "?since=2026-11-19&until=2026-11-22"


@pytest.fixture
def browser(librarian: Staff) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client


def count(
    branch: Branch, hour: int, what: str, many: int, about: str = "", language: str = "sv"
) -> None:
    at = datetime(2026, 11, 19, hour, tzinfo=UTC)
    Figure.objects.create(
        tenant=branch.tenant,
        event=uuid4(),
        branch=branch,
        hour=at,
        what=what,
        about=about,
        language=language,
        many=many,
    )


def page(browser: Client, query: str = PERIOD) -> str:
    answer = browser.get(f"/figures/{query}")
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def downloaded(browser: Client) -> list[dict[str, str]]:
    answer = browser.post("/figures/download/", {"since": "2026-11-19", "until": "2026-11-22"})
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_an_empty_page_says_so(browser: Client) -> None:
    assert "Nothing was counted" in page(browser, "")


def test_an_hour_is_staffed_or_not_by_the_calendar_of_the_branch(hamnen: Branch) -> None:
    count(hamnen, 12, "visit", 7)
    count(hamnen, 5, "visit", 6)
    told = queries.summary([hamnen], Period(THURSDAY, THURSDAY))
    assert (told.whole.visits, told.whole.staffed, told.whole.unstaffed) == (13, 7, 6)
    assert sorted(told.hours) == [6, 13]


def test_nobody_is_called_unstaffed_where_nobody_has_entered_the_hours(
    browser: Client, hamnen: Branch
) -> None:
    count(hamnen, 12, "visit", 7)
    assert "Opening hours not known" not in page(browser)
    hamnen.calendar = {}
    hamnen.save()
    told = queries.summary([hamnen], Period(THURSDAY, THURSDAY)).whole
    assert (told.visits, told.staffed, told.unstaffed, told.unknown) == (7, 0, 0, 7)
    assert "Opening hours not known" in page(browser)


def test_hours_and_days_are_those_of_the_branch(hamnen: Branch) -> None:
    count(hamnen, 23, "visit", 1)
    told = queries.summary([hamnen], Period(FRIDAY, FRIDAY))
    assert [(day.isoformat(), line.visits) for day, line in told.days.items()] == [
        ("2026-11-20", 1)
    ]
    assert list(told.hours) == [0]


def test_errands_are_told_with_the_question_at_which_they_were_left(
    browser: Client, hamnen: Branch
) -> None:
    count(hamnen, 12, "visit", 40)
    count(hamnen, 12, "begun", 30, "feedback")
    count(hamnen, 12, "finished", 21, "feedback")
    count(hamnen, 12, "abandoned", 9, "feedback/words")
    count(hamnen, 12, "abandoned", 2, "feedback/review")
    count(hamnen, 12, "begun", 8, "unheard-of")
    count(hamnen, 12, "abandoned", 8, "unheard-of/first")
    shown = page(browser)
    assert "What do you want to say?" in shown
    assert "Looking through the answers" in shown
    assert "unheard-of" in shown
    assert ">21<" in shown
    assert ">1-4<" in shown


def test_the_guide_is_told_by_need_and_by_whom_people_were_sent_to(
    browser: Client, hamnen: Branch
) -> None:
    count(hamnen, 12, "guide", 12, "letter/migrationsverket/migrationsverket")
    count(hamnen, 12, "guide", 6, "device/settings/library")
    count(hamnen, 12, "solved", 5, "letter/migrationsverket/migrationsverket")
    count(hamnen, 12, "guide", 1, "gone/with/own-123456789abc")
    shown = page(browser)
    assert "A letter" in shown
    assert "Migrationsverket" in shown
    assert "The library" in shown
    assert "own-123456789abc" in shown
    asked = re.findall(r'<tr><th scope="row">[^<]*</th><td class="figure">([^<]*)', shown)
    assert asked[-3:] == ["12", "5+", "1-4"], "none is what the others leave of the whole"


@pytest.mark.parametrize(("counted", "told"), [((12,), "12"), ((2, 1), "–")])
def test_of_a_need_no_more_is_told_than_of_those_who_help(
    browser: Client, hamnen: Branch, counted: tuple[int, ...], told: str
) -> None:
    for place, many in enumerate(counted):
        count(hamnen, 12, "guide", many, f"device/settings/own-{place}")
    (asked,) = re.findall(
        r'<tr><th scope="row">[^<0-9]*</th><td class="figure">([^<]*)</td><td><div>', page(browser)
    )
    assert asked == told


def test_no_small_number_is_what_other_screens_leave_of_all_that_asked_for_help(
    browser: Client, hamnen: Branch
) -> None:
    for screen, many in (("home", 10), ("receipt", 7), ("guide", 2)):
        count(hamnen, 12, "help", many, screen)
    found = re.findall(
        r'</dt><dd class="figure">([^<]*)', page(browser).partition("Help pressed</h2>")[2]
    )
    assert found[:3] == ["10", "5+", "1-4"]


def test_small_numbers_of_a_language_are_hidden(browser: Client, hamnen: Branch) -> None:
    count(hamnen, 12, "visit", 9)
    count(hamnen, 12, "visit", 1, language="fi")
    count(hamnen, 12, "visit", 6, language="")
    shown = page(browser)
    assert "Finnish" in shown
    assert "Unknown" in shown
    assert ">1-4<" in shown


def test_what_is_downloaded_hides_small_numbers_and_is_noted(
    browser: Client, hamnen: Branch, librarian: Staff
) -> None:
    count(hamnen, 12, "visit", 4, language="fi")
    count(hamnen, 12, "visit", 3)
    count(hamnen, 13, "visit", 2)
    rows = downloaded(browser)
    assert [(row["language"], row["many"], row["open"]) for row in rows] == [
        ("fi", "1-4", "staffed"),
        ("sv", "5+", "staffed"),
    ]
    assert Record.objects.filter(verb="downloaded").count() == 1


@pytest.mark.parametrize(
    "query", ["?since=x&until=9999-99-99", "?since=2026-11-22&until=2020-01-05"]
)
def test_days_that_make_no_sense_show_the_usual_ones(browser: Client, query: str) -> None:
    assert "Figures" in page(browser, query)


def test_nobody_sees_the_figures_of_branches_she_does_not_work_at(hamnen: Branch) -> None:
    other = hamnen.tenant.branches.exclude(pk=hamnen.pk).first()
    staff = Staff.objects.create(username="elsewhere")
    Membership.objects.create(tenant=hamnen.tenant, staff=staff, branch=other, role=Role.READER)
    count(hamnen, 12, "visit", 9)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    assert "Nothing was counted" in page(client)
    assert "Nothing was counted" in page(client, f"{PERIOD}&branch=hamnen")


def test_a_command_takes_the_figures_out(hamnen: Branch) -> None:

    count(hamnen, 12, "visit", 9)
    assert b'"many": "9"' in export.body("figures", "json")
    told = export.body("figures", "csv").decode("utf-8-sig")
    assert told.splitlines()[0] == ";".join(export.COLUMNS)
