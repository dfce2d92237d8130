"""The export: rows for a spreadsheet or a program."""

import csv
import io
import json

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.platform import sheets
from kiosk.central.programme.models import Workshop
from kiosk.central.staff.inbox import export
from kiosk.central.tenants.models import Record, Staff
from tests.central.knocking import PRAISE, Knocking

TRICK = {"about": "other", "words": '=HYPERLINK("http://x","y")', "wants_answer": "no"}


def csv_rows(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))


def test_each_submission_is_one_row(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE), kiosk.handed(TRICK))
    rows = json.loads(export.body("submissions", "json"))
    assert len(rows) == 2
    assert rows[0].keys() == {
        *("id", "errand", "branch", "language"),
        *("captured_at", "captured_exactly", "received_at", "state", "answers", "corrected_at"),
    }
    assert {row["errand"] for row in rows} == {"feedback"}


def test_what_may_tell_who_somebody_is_stays_hidden_unless_asked_for(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE))
    hidden = json.loads(export.body("submissions", "json"))[0]["answers"]
    shown = json.loads(export.body("submissions", "json", personal=True))[0]["answers"]
    assert hidden == {**PRAISE, "words": export.HIDDEN}
    assert shown == PRAISE
    assert PRAISE["words"].encode() not in export.body("submissions", "csv")


def test_answers_that_no_declaration_knows_are_hidden_too(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed({"rubrik": "Mio min Mio"}, "unheard-of"))
    assert b"Mio" not in export.body("submissions", "csv")
    (row,) = csv_rows(export.body("submissions", "csv", personal=True))
    assert row["answers.other"] == "rubrik: Mio min Mio"


def test_a_spreadsheet_never_calculates_what_a_visitor_wrote(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(TRICK))
    (row,) = csv_rows(export.body("submissions", "csv", personal=True))
    assert row["answers.words"] == "'" + TRICK["words"]


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not sheets.safe(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("end", [";", "; ", ';"', "\n", "\t", "\r\n", "\";\n '"])
def test_no_end_of_cell_that_another_country_sees_begins_a_formula(end: str) -> None:
    assert sheets.safe(f"Hej{end}=1+1") == f"Hej{end}'=1+1"
    assert sheets.safe(f"Hej{end}Anna") == f"Hej{end}Anna"


def test_registrations_are_the_signups_with_their_workshop(kiosk: Knocking) -> None:
    workshop = Workshop.objects.filter(sign_up=True)[0]
    answers = {
        "workshop": str(workshop.pk),
        "seats": {"adults": 1, "children": 2},
        "name": "Jonas",
        "guardian": "Jonas",
        "consent": True,
    }
    kiosk.bring(
        kiosk.handed(PRAISE),
        kiosk.handed(answers, "sign-up", workshop=str(workshop.pk), seats=3),
    )
    (row,) = csv_rows(export.body("registrations", "csv"))
    assert row["workshop_title"] == workshop.title["sv"]
    assert row["seats"] == "3"
    assert row["answers.seats"] == "adults: 1; children: 2"
    assert row["answers.name"] == export.HIDDEN
    assert row["answers.consent"] == "yes"


def test_an_export_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        export.body("nothing", "csv")


def test_a_librarian_downloads_what_the_list_shows_and_the_record_tells(
    kiosk: Knocking, librarian: Staff
) -> None:
    kiosk.bring(kiosk.handed(PRAISE), kiosk.handed({"title": "Mio"}, "book-tip"))
    browser = Client()
    browser.force_login(librarian)
    asked = {"name": "submissions", "form": "csv", "sieve": "errand=feedback"}
    answer = browser.post("/inbox/download/", asked)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="submissions.csv"'
    assert [row["errand"] for row in csv_rows(answer.content)] == ["feedback"]
    assert PRAISE["words"] not in answer.content.decode()
    browser.post("/inbox/download/", {**asked, "personal": "yes"})
    told = Record.objects.filter(verb="downloaded").values_list("particulars__personal", flat=True)
    assert sorted(told) == [False, True]


def test_a_download_nobody_offers_is_refused(librarian: Staff) -> None:
    browser = Client()
    browser.force_login(librarian)
    assert browser.post("/inbox/download/", {"name": "x", "form": "exe"}).status_code == 400
