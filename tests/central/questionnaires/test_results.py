"""Results: what staff read of a questionnaire, question by question, and what is marked."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from kiosk.central.figures.hiding import hidden
from kiosk.central.questionnaires import actions
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.questionnaires.queries import current
from kiosk.central.questionnaires.results import Results, results
from kiosk.central.staff.inbox.presenters import in_full, parts
from kiosk.central.staff.inbox.rows import line
from kiosk.central.staff.questionnaires import results_presenters
from kiosk.central.staff.speaking import content_for
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.central.tenants.period import Period
from kiosk.domain.errand import Kind
from kiosk.domain.questionnaire import Option, WrittenQuestion
from kiosk.i18n import phrases
from tests.central.conftest import Arrive

QUESTIONS = (
    WrittenQuestion("q1", Kind.FACES, {"sv": "Hur var det?", "en": "How was it?"}, required=True),
    WrittenQuestion(
        "q2",
        Kind.CHOICE,
        {"sv": "Kväll eller natt?", "en": "Evening or night?"},
        choices=(Option("1", {"sv": "Kväll"}), Option("2", {"sv": "Natt"})),
    ),
    WrittenQuestion(
        "q3",
        Kind.CHOICES,
        {"sv": "Vad mer?"},
        choices=(Option("1", {"sv": "Kaffe"}), Option("2", {"sv": "Te"})),
    ),
    WrittenQuestion("q4", Kind.TEXT, {"sv": "Vilken tid?"}, limit=10),
    WrittenQuestion("q5", Kind.NUMBER, {"sv": "Hur ofta?"}, limit=30),
)


@pytest.fixture
def row(tenant: Tenant, librarian: Staff) -> Questionnaire:
    """Give a questionnaire with a question of each kind."""
    values = {"published": True, "branch": None}
    return actions.add(tenant, librarian, {"sv": "Natten"}, QUESTIONS, values)


@pytest.fixture
def answer(arrive: Arrive, row: Questionnaire) -> Any:
    """Let a visitor answer it."""

    def answering(version: int = 1, **answers: Any) -> Submission:
        marks = {"questionnaire": str(row.pk), "version": version}
        return arrive(answers | marks, "questions", event=now())

    return answering


@pytest.fixture
def browser(librarian: Staff) -> Client:
    """Give a browser in which a librarian of every branch has logged in."""
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(librarian)
    return client


def now() -> dict[str, str]:
    return {"captured_at": timezone.localtime().isoformat(timespec="minutes")}


def told(row: Questionnaire, branch: Branch | None = None) -> Results:
    today = timezone.localdate()
    branches = [branch] if branch else row.tenant.branches.all()
    row.refresh_from_db()
    return results(row, branches, Period(today - timedelta(days=2), today))


def bars(found: Results, number: int) -> list[tuple[str, str]]:
    block = results_presenters.blocks(found, 1, phrases("sv"))[number]
    return [(bar.label, bar.many) for bar in block.bars]


def test_every_question_is_added_up_in_the_way_of_its_kind(answer: Any, row: Questionnaire) -> None:
    for face in (5, 5, 5, 5, 5, 4, 3, 3, 3, 3, 3):
        answer(q1=face, q2="1", q3=["1", "2"], q4="sent", q5=face, words="Tack")
    found = told(row)
    faces, choice, choices, text, number, last = results_presenters.blocks(found, 1, phrases("sv"))
    assert found.returned == 11
    assert (faces.average, faces.most, faces.answered) == (None, 5, "11"), "it gave some away"
    assert [bar.many for bar in faces.bars] == ["–"] * 5, "5 + 5 + 1 could be computed"
    assert [bar.length for bar in faces.bars] == [0] * 5
    assert bars(found, 1) == [("Kväll", "11"), ("Natt", "0")]
    assert [(bar.label, bar.many) for bar in choices.bars] == [("Kaffe", "11"), ("Te", "11")]
    assert (choice.average, text.average, number.average) == (None, None, 4.0)
    assert [each.text for each in text.texts] == ["sent"] * 11
    assert last.ask == "Är det något mer du vill säga?"
    assert last.texts[0].text == "Tack"


def test_few_answers_tell_of_nobody(answer: Any, row: Questionnaire) -> None:
    for _ in range(4):
        answer(q1=1, q2="2")
    faces, choice, *_ = results_presenters.blocks(told(row), 1, phrases("sv"))
    assert (faces.answered, faces.average) == ("1-4", None)
    assert [(bar.many, bar.length) for bar in choice.bars] == [("0", 0), ("1-4", 0)]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([9, 3], ["5+", "1-4"]),
        ([20, 9, 3], ["20", "5+", "1-4"]),
        ([9, 3, 2], ["9", "1-4", "1-4"]),
        ([9, 8], ["9", "8"]),
        ([3, 0], ["1-4", "0"]),
    ],
)
def test_a_small_number_cannot_be_told_from_the_others(counts: list[int], shown: list[str]) -> None:
    assert hidden(counts, sum(counts)) == shown


def test_what_does_not_fit_is_kept_and_marked_and_counted_nowhere(
    answer: Any, row: Questionnaire
) -> None:
    odd = answer(q2="9", q4="mycket för lång", q5=5, extra="?", q3="1")
    with override("en"):
        marks = {
            each.ask: each.doubt for each in parts(odd, content_for([]), phrases("en"), named=True)
        }
    assert marks == {
        "How was it?": "Should have been answered.",
        "Evening or night?": "None of the choices.",
        "Vad mer?": "No answer of the kind that was asked for.",
        "Vilken tid?": "Longer than allowed.",
        "Hur ofta?": "",
        "Is there anything else you want to say?": "",
        "extra": "No question of this version.",
    }
    assert {each.answer for each in parts(odd, content_for([]), phrases("en"), named=True)} >= {
        "9",
        "?",
    }
    assert in_full(odd, named=True)["doubtful"] is True
    assert line(odd, content_for([]), phrases("en"), named=True).doubtful
    found = told(row)
    assert (found.returned, found.doubtful) == (1, 4)
    assert [each.answered for each in found.tallies] == [0, 0, 0, 0, 1, 0]


def test_answers_that_fit_and_other_errands_are_not_marked(arrive: Arrive, answer: Any) -> None:
    for fits in (answer(q1=3), arrive({"about": "staff", "words": "Hej"})):
        assert in_full(fits, named=True)["doubtful"] is False


def test_answers_to_a_version_that_is_not_here_are_only_told_of(
    answer: Any, row: Questionnaire
) -> None:
    answer(version=7, q1=3)
    assert (told(row).unreadable, told(row).returned) == (1, 1)


def test_versions_are_added_up_where_they_ask_the_same(
    answer: Any, row: Questionnaire, librarian: Staff
) -> None:
    answer(q1=5, q2="2", q4="nio")
    first, choice, _more, _text, number = QUESTIONS
    turned = WrittenQuestion(
        "q1", Kind.CHOICE, {"sv": "Kväll, eller natt?"}, choices=choice.choices
    )
    again = (turned, WrittenQuestion("q2", Kind.FACES, {**first.ask, "da": "Hvordan?"}), number)
    values = {"published": True, "branch": None}
    actions.change(row, librarian, {"sv": "Natten"}, again, values, 1)
    answer(version=2, q1="2", q2=4)
    found = told(row)
    assert [(each.asked.name, each.last_version) for each in found.tallies] == [
        ("q1", 2),
        ("q2", 2),
        ("q5", 2),
        ("q2", 1),
        ("q3", 1),
        ("q4", 1),
        ("words", 2),
    ], "other words in one language and none the same: another question"
    assert found.tallies[1].picked == {5: 1, 4: 1}
    assert found.tallies[5].texts[0].text == "nio"
    blocks = results_presenters.blocks(found, 2, phrases("sv"))
    assert [each.earlier for each in blocks] == [0, 0, 0, 1, 1, 1, 0]


def test_only_the_days_and_the_branch_asked_for_count_and_nothing_taken_back(
    answer: Any, row: Questionnaire, hamnen: Branch, tenant: Tenant
) -> None:
    answer(q1=5)
    early, gone = answer(q1=4), answer(q1=3)
    Submission.objects.filter(pk=early.pk).update(captured_at=timezone.now() - timedelta(days=9))
    inbox.withdraw(gone, timezone.now())
    elsewhere = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    assert told(row).returned == told(row, hamnen).returned == 1
    assert told(row, elsewhere).returned == 0


def test_the_page_shows_them_and_the_file_hides_own_words_unless_asked(
    browser: Client, answer: Any, row: Questionnaire
) -> None:
    for _ in range(6):
        answer(q1=4, q2="1", q4="=nio")
    answer(q9="?")
    page = browser.get(f"/questionnaires/{row.pk}/results/").content.decode()
    for words in ("Natten", "4.0</strong> of 5", "=nio", "1 answer does not fit", "Evening or"):
        assert words in page
    assert (
        f'href="/questionnaires/{row.pk}/results/"'
        in browser.get("/questionnaires/").content.decode()
    )
    sent = browser.post(f"/questionnaires/{row.pk}/results/download/")
    assert _rows(sent.content)[:3] == [
        ["question", "asked", "answer", "many", "average"],
        ["1", "How was it?", "", "6", "4,0"],
        ["1", "How was it?", "Very good", "0", ""],
    ]
    assert "nio" not in sent.content.decode()
    whole = browser.post(f"/questionnaires/{row.pk}/results/download/", {"personal": "yes"})
    assert ["4", "Vilken tid?", "'=nio", "", ""] in _rows(whole.content)
    assert Record.objects.filter(verb="downloaded", subject_id=str(row.pk)).count() == 2
    none = browser.get(f"/questionnaires/{row.pk}/results/?until=2024-01-01").content.decode()
    assert "Nobody has answered" in none


def test_who_reads_at_one_branch_sees_its_answers_and_takes_no_file(
    tenant: Tenant, row: Questionnaire, answer: Any, hamnen: Branch
) -> None:
    answer(q1=5, q4="här")
    for username, branch, sees in (("hanna", hamnen, True), ("bo", None, False)):
        staff = Staff.objects.create(username=username)
        there = branch or tenant.branches.exclude(pk=hamnen.pk).earliest("position")
        Membership.objects.create(tenant=tenant, staff=staff, role=Role.READER, branch=there)
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(staff)
        page = client.get(f"/questionnaires/{row.pk}/results/").content.decode()
        assert ("här" in page) is sees
        assert client.post(f"/questionnaires/{row.pk}/results/download/").status_code == 403


def test_a_shipped_questionnaire_has_its_results(arrive: Arrive, browser: Client) -> None:
    for row in Questionnaire.objects.all():
        title = current(row).title["en"]
        if title == "5 quick ones":
            marks = {"questionnaire": str(row.pk), "version": 1}
            arrive(
                {"visit": 4, "came_for": ["read"], "found": "yes"} | marks, "questions", event=now()
            )
            page = browser.get(f"/questionnaires/{row.pk}/results/").content.decode()
            assert "Did you get what you came for?" in page


def _rows(content: bytes) -> list[list[str]]:
    lines: Iterator[str] = iter(StringIO(content.decode("utf-8-sig")))
    return list(csv.reader(lines, delimiter=";"))


def test_the_page_of_an_errand_marks_what_does_not_fit(browser: Client, answer: Any) -> None:
    odd, strange = answer(q1=3, q4="mycket för lång"), answer(version=7, q1=3)
    page = browser.get(f"/inbox/{odd.pk}/").content.decode()
    assert "Longer than allowed." in page
    assert "not counted in the results" in page
    assert "Does not fit" in browser.get("/inbox/").content.decode()
    assert "questions that are not here" in browser.get(f"/inbox/{strange.pk}/").content.decode()
