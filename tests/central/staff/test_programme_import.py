"""The programme, and importing a list in two steps."""

import re
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kiosk.central.programme.models import ImportBatch, Workshop

RASEBORG = Path(__file__).parents[1] / "programme_raseborg_2025.csv"


def upload(browser: Client, content: bytes, name: str = "lista.csv") -> str:
    file = SimpleUploadedFile(name, content, "text/csv")
    answer = browser.post("/programme/import/", {"list": file})
    assert answer.headers["Location"] == "/programme/import/preview/"
    return shown(browser, answer.headers["Location"])


def shown(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def imported() -> int:
    return Workshop.objects.exclude(batch=None).count()


def test_the_preview_shows_everything_and_changes_nothing(browser: Client) -> None:
    preview = upload(browser, RASEBORG.read_bytes())
    assert "13 entries in lista.csv" in preview
    assert "Föreläsning om motivation" in preview
    assert "Ekenäs bibliotek" in preview
    assert "All of this is in the past" in preview
    assert imported() == 0


def test_confirming_brings_the_list_into_the_programme_with_moved_dates(browser: Client) -> None:
    upload(browser, RASEBORG.read_bytes())
    wanted = timezone.localdate() + timedelta(days=10)
    moved = shown(browser, f"/programme/import/preview/?first={wanted}")
    assert "All of this is in the past" not in moved
    answer = browser.post("/programme/import/confirm/", {"first": f"{wanted}"}, follow=True)
    assert "13 entries are in the programme" in answer.content.decode()
    first = Workshop.objects.exclude(batch=None).order_by("starts")[0]
    assert 0 <= (timezone.localtime(first.starts).date() - wanted).days < 7
    assert timezone.localtime(first.starts).strftime("%a %H:%M") == "Tue 18:00"


def test_confirming_twice_imports_once(browser: Client) -> None:
    upload(browser, RASEBORG.read_bytes())
    browser.post("/programme/import/confirm/", {"first": ""})
    browser.post("/programme/import/confirm/", {"first": ""})
    assert imported() == 13
    assert ImportBatch.objects.count() == 1


def test_what_the_browser_sends_at_confirmation_is_not_trusted(browser: Client) -> None:
    upload(browser, RASEBORG.read_bytes())
    browser.post("/programme/import/confirm/", {"first": "", "list": "branch,title\nX,Y"})
    assert not Workshop.objects.filter(title__sv="Y").exists()
    browser.post("/programme/import/confirm/", {"first": "9999-12-31"})
    assert imported() == 13


def test_mistakes_are_named_by_line_with_what_to_do(browser: Client) -> None:
    preview = upload(
        browser,
        "branch;title;starts\nHamnen;Sagostund;i morgon\nHamnen;Kör;2026-12-01\n".encode("cp1252"),
    )
    assert "1 thing to mend" in preview
    assert "Line 2, starts" in preview
    assert "i morgon" in preview
    assert "Write the date like" in preview
    assert "Put 1 entry into the programme" in preview


def test_two_hundred_equal_mistakes_are_one_sentence_with_their_lines(browser: Client) -> None:
    lines = "".join(f"Hamnbiblioteket;Kör;snart {number}\n" for number in range(200))
    preview = upload(browser, f"branch;title;starts\n{lines}".encode())
    assert "1 thing to mend" in preview
    assert "Lines 2–201, starts" in preview
    assert preview.count("Write the date like") == 1


def test_columns_are_shown_for_what_they_were_taken_and_those_left_alone(browser: Client) -> None:
    preview = upload(
        browser, b"Bibliotek;Rubrik;Startdatum;Kategori\nHamnbiblioteket;K;2027-02-11;X\n"
    )
    heard = re.sub(r"<[^>]+>|\s+", " ", preview)
    assert "Rubrik → Title" in re.sub(" +", " ", heard)
    assert "Kategori left alone" in re.sub(" +", " ", heard)


def test_the_order_of_day_and_month_is_asked_for_and_then_kept(browser: Client) -> None:
    preview = upload(browser, b"branch;title;starts\nHamnbiblioteket;Kalasdag;03/04/2027\n")
    assert 'name="order" value="month"' in preview
    assert "into the programme</button>" not in preview
    read = shown(browser, "/programme/import/preview/?order=month")
    assert "4 March" in read
    assert '<input type="hidden" name="order" value="month">' in read
    browser.post("/programme/import/confirm/", {"order": "month"})
    assert timezone.localtime(Workshop.objects.get(title__sv="Kalasdag").starts).month == 3


def test_a_list_without_branches_asks_for_one_and_a_new_one_says_its_clock(browser: Client) -> None:
    preview = upload(browser, b"title;starts\nKalasdag;2027-03-04\n")
    assert "Choose the branch below" in preview
    read = shown(browser, "/programme/import/preview/?branch=Hamnbiblioteket&zone=Mars/Base")
    assert "Put 1 entry into the programme" in read
    new = upload(browser, b"branch;title;starts\nKallion kirjasto;Kalasdag;2027-03-04\n")
    assert "with the clock of Europe/Stockholm" in new


def test_what_only_staff_can_know_is_asked_before_anything_is_saved(browser: Client) -> None:
    first = "branch;title;starts;sign_up\nHamnbiblioteket;Kalasdag;2027-03-04 18:00;ja\n"
    upload(browser, first.encode())
    browser.post("/programme/import/confirm/", {})
    preview = upload(browser, first.replace("03-04", "03-11").encode())
    assert "1 entry may have been moved or put right" in preview
    assert "Thursday 4 March" in preview
    before = imported()
    asked = browser.post("/programme/import/confirm/", {})
    assert asked.status_code == 422
    assert "Nothing is saved yet" in asked.content.decode()
    assert imported() == before
    old = Workshop.objects.get(title__sv="Kalasdag")
    browser.post("/programme/import/confirm/", {str(old.pk): "moved"})
    old.refresh_from_db()
    assert (timezone.localtime(old.starts).day, imported()) == (11, before)


def test_a_file_that_is_no_list_can_only_be_exchanged(browser: Client) -> None:
    preview = upload(browser, b"\x89PNG\r\n\x1a\n\0\0\0", "bild.png")
    assert "not a list we can read" in preview
    assert "into the programme</button>" not in preview


def test_no_file_is_a_mistake_linked_to_its_field(browser: Client) -> None:
    answer = browser.post("/programme/import/")
    assert answer.status_code == 422
    assert 'id="list-missing"' in answer.content.decode()


def test_an_impossible_date_is_told_and_moves_nothing(browser: Client) -> None:
    upload(browser, RASEBORG.read_bytes())
    preview = shown(browser, "/programme/import/preview/?first=snart")
    assert 'id="first-mistake"' in preview


def test_a_preview_without_a_list_asks_for_one(browser: Client) -> None:
    answer = browser.get("/programme/import/preview/")
    assert answer.headers["Location"] == "/programme/import/"


def test_the_programme_shows_what_is_to_come_by_branch(browser: Client) -> None:
    everything = shown(browser, "/programme/").count('<li class="entry')
    hamnen = shown(browser, "/programme/?branch=hamnen").count('<li class="entry')
    assert 0 < hamnen < everything
    assert "seats" in shown(browser, "/programme/")


def test_the_signups_of_a_workshop_are_one_click_away(browser: Client) -> None:
    workshop = Workshop.objects.filter(sign_up=True)[0]
    assert f"/inbox/?workshop={workshop.pk}" in shown(browser, "/programme/")
    assert "Nothing fits that" in shown(browser, f"/inbox/?workshop={workshop.pk}")
