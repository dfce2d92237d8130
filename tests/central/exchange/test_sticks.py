"""The pages for a stick: a file comes through the browser, and its answer goes back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kiosk.central.devices.actions import new_code, revoke
from kiosk.central.devices.models import Device
from kiosk.central.exchange import sticks
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.world import RealWorld
from kiosk.sync.enrolment import ask_by_stick, join_by_stick
from tests.central.roaming import Roaming

WORLD = RealWorld()


@pytest.fixture
def kiosk(hamnen: Branch) -> Iterator[Roaming]:
    kiosk = Roaming(hamnen)
    yield kiosk
    kiosk.close()


@pytest.fixture
def teo(tenant: Tenant) -> Staff:
    """Give a technician."""
    staff = Staff.objects.create(username="teo", first_name="Teo")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    return staff


@pytest.fixture
def browser(teo: Staff) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(teo)
    return client


def bring(browser: Client, file: bytes, name: str = "hamnen.bundle", code: str = "") -> str:
    """Bring a file that is taken in; return the page that comes."""
    answer = send(browser, file, name, code)
    assert answer.headers.get("Location") == "/stick/answer/", answer.content.decode()
    return browser.get("/stick/answer/").content.decode()


def send(browser: Client, file: bytes, name: str = "hamnen.bundle", code: str = "") -> Any:
    return browser.post("/stick/", {"bundle": SimpleUploadedFile(name, file), "code": code})


def refused(browser: Client, file: bytes, code: str = "") -> str:
    """Bring a file that is refused; return the page, which must say so without an error."""
    answer = send(browser, file, code=code)
    assert answer.status_code == 422
    return str(answer.content.decode())


def test_a_technician_takes_a_stick_in_and_carries_the_answer_back(
    browser: Client, kiosk: Roaming, teo: Staff
) -> None:
    identity = kiosk.hand_in()
    page = bring(browser, kiosk.write())
    assert "Taken in from bänken, Hamnbiblioteket" in page
    assert "<dt>New here</dt><dd>1</dd>" in page
    assert str(Submission.objects.get().pk) == identity
    answer = browser.get("/stick/answer/file/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="hamnen.answer"'
    assert kiosk.read(answer.content).stored == 1
    noted = Record.objects.get(verb="stick taken in")
    assert (noted.actor, noted.subject_id) == (teo, kiosk.desk.device.device)
    assert noted.particulars == {"number": 1, "stored": 1}


def test_the_same_file_twice_is_taken_in_once_and_said_so(browser: Client, kiosk: Roaming) -> None:
    kiosk.hand_in()
    file = kiosk.write()
    bring(browser, file)
    assert "<dt>New here</dt><dd>0</dd>" in bring(browser, file)
    assert Submission.objects.count() == 1


def test_a_new_kiosk_joins_through_the_browser(
    browser: Client, hamnen: Branch, teo: Staff, tmp_path: Path
) -> None:
    code, _ends = new_code(hamnen)
    asked = ask_by_stick(tmp_path, code, WORLD)
    assert "Type its one-time code as well" in refused(browser, asked)
    assert "B08" in refused(browser, asked, new_code(hamnen)[0])
    assert "may join Hamnbiblioteket" in bring(browser, asked, "ny.bundle", code.lower())
    answer = browser.get("/stick/answer/file/").content
    device = join_by_stick(tmp_path, code, answer)
    noted = Record.objects.get(verb="device enrolled", subject_id=device.device)
    assert noted.actor == teo


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (lambda file: b"\x89PNG\r\n\x1a\n", "B01"),
        (lambda file: file[:-1], "B02"),
        (lambda file: file[:90], "B02"),
        (lambda file: file.replace(b'"protocol":1', b'"protocol":2', 1), "B06"),
    ],
)
def test_a_file_that_is_not_whole_is_refused_in_words(
    browser: Client, kiosk: Roaming, spoilt: object, code: str
) -> None:
    kiosk.hand_in()
    assert callable(spoilt)
    page = refused(browser, spoilt(kiosk.write()))
    assert f"({code})" in page
    assert str(sticks.WORDS[code]) in page
    assert 'id="bundle-mistake"' in page
    assert not Submission.objects.exists()


def test_the_answer_itself_is_not_taken_in(browser: Client, kiosk: Roaming) -> None:
    bring(browser, kiosk.write())
    answer = browser.get("/stick/answer/file/").content
    assert "This file goes to a kiosk" in refused(browser, answer)


def test_a_kiosk_that_was_shut_out_is_told_of_by_name_of_the_fault(
    browser: Client, kiosk: Roaming
) -> None:
    kiosk.hand_in()
    revoke(Device.objects.get())
    assert "S03" in refused(browser, kiosk.write())
    assert not Submission.objects.exists()


def test_another_librarys_sticks_are_not_taken_in_by_our_staff(
    browser: Client, kiosk: Roaming, tmp_path: Path
) -> None:
    other = found("grannen", "Grannens bibliotek")
    theirs = Branch.objects.create(tenant=other, key="grann", name="Grann", position=1)
    away = Roaming(theirs)
    away.hand_in()
    assert "B03" in refused(browser, away.write())
    code, _ends = new_code(theirs)
    assert "B08" in refused(browser, ask_by_stick(tmp_path, code, WORLD), code)
    away.close()


def test_without_a_file_the_field_says_so(browser: Client) -> None:
    answer = browser.post("/stick/", {"code": ""})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_a_file_larger_than_any_stick_brings_is_not_read(browser: Client) -> None:
    answer = send(browser, b"\0" * (sticks.MOST_BYTES + 1))
    assert answer.status_code == 422
    assert "larger than 16 MB" in answer.content.decode()
    assert send(browser, b"\0" * (sticks.MOST_BYTES + 100_000)).status_code == 413


def test_nobody_fills_the_disk_of_central_with_a_form(browser: Client) -> None:
    for somebody, path in [(Client(), "/stick/"), (Client(), "/login/"), (browser, "/login/")]:
        answer = somebody.post(path, {"bundle": SimpleUploadedFile("x", b"\0" * 3_000_000)})
        assert answer.status_code == 413
        assert answer.templates[0].name == "413.html"


def test_who_only_reads_takes_no_stick_in(tenant: Tenant) -> None:
    reader = Staff.objects.create(username="runa")
    Membership.objects.create(tenant=tenant, staff=reader, role=Role.READER)
    client = Client()
    client.force_login(reader)
    assert client.get("/stick/").status_code == 403
    assert client.get("/stick/answer/file/").status_code == 403
    assert Client().get("/stick/").headers["Location"] == "/login/?next=/stick/"


def test_a_librarian_finds_the_page_on_every_page(librarian: Staff) -> None:
    client = Client(headers={"Accept-Language": "sv"})
    client.force_login(librarian)
    assert '<a href="/stick/">USB-minne</a>' in client.get("/inbox/").content.decode()
    assert client.get("/stick/answer/").headers["Location"] == "/stick/"
    assert client.get("/stick/answer/file/").headers["Location"] == "/stick/"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("till hamnen (2).bundle", "till-hamnen-2.answer"),
        ("--code.bundle", "code.answer"),
        ("…", "kiosk.answer"),
    ],
)
def test_the_answer_has_a_name_that_a_command_takes_without_quotes(
    browser: Client, kiosk: Roaming, name: str, called: str
) -> None:
    assert f"kiosk bundle read {called}" in bring(browser, kiosk.write(), name)
