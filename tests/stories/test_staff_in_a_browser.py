"""Staff at work, in a real browser, against a real central."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from tests.drivers.library import Library
from tests.drivers.staff import Staff

pytestmark = pytest.mark.browser

RASEBORG = Path(__file__).parents[1] / "central" / "programme_raseborg_2025.csv"
PRAISE = {"about": "staff", "words": "Tack för hjälpen med läsplattan!", "wants_answer": "yes"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Run one library with demo content and one kiosk for all stories of this file."""
    made = Library(tmp_path_factory.mktemp("library")).set_up().start()
    try:
        yield made.enrol()
    finally:
        made.stop()


@pytest.fixture
def linnea(library: Library, chrome: Chrome) -> Staff:
    """Let the librarian of the demonstration log in."""
    staff = Staff(chrome, library.url)
    staff.log_in(*library.logins["librarian"])
    return staff


def test_a_librarian_answers_and_the_visitor_reads_it_at_the_kiosk_and_on_her_phone(
    library: Library, linnea: Staff
) -> None:
    code = library.hand_in("feedback", PRAISE)
    library.sync()
    line = linnea.inbox()[0]
    assert "Synpunkt" in line
    assert "Nytt" in line
    assert PRAISE["words"] in linnea.open()
    assert "Så roligt att höra!" in linnea.answer("Så roligt att höra!")
    assert "Besvarat" in linnea.inbox()[0]
    library.sync()
    told = library.kiosk("look-up", code, "--json").json
    assert [each["text"] for each in told["answers"]] == ["Så roligt att höra!"]
    linnea.visit(f"/r/{code}")
    assert "Så roligt att höra!" in linnea.text()


@pytest.mark.slow
def test_what_a_visitor_takes_back_is_shown_to_staff(library: Library, linnea: Staff) -> None:
    code = library.hand_in("feedback", PRAISE)
    library.sync()
    library.kiosk("withdraw", code)
    library.sync()
    assert "Återtaget" in linnea.inbox()[0]
    assert "Besökaren har tagit tillbaka det här." in linnea.open()


def test_an_imported_programme_shows_up_at_the_kiosk(library: Library, linnea: Staff) -> None:
    first = datetime.now().astimezone().date() + timedelta(days=7)
    page = linnea.import_programme(RASEBORG, first.isoformat())
    assert "13 programpunkter är inlagda" in page
    assert "Diktgruppen Svalan uppträder" in page
    library.sync()
    offered = json.dumps(library.kiosk("errands", "--json").json, ensure_ascii=False)
    assert "Läshunden Scooby-Doo" in offered


def test_a_date_that_moved_in_the_list_is_asked_about_before_it_is_saved(
    library: Library, linnea: Staff, tmp_path: Path
) -> None:
    day = datetime.now().astimezone().date() + timedelta(days=40)
    listed, again = tmp_path / "ett.csv", tmp_path / "två.csv"
    entry = "Bibliotek;Rubrik;Datum;Tid;Kategori\nHamnbiblioteket;Lyrikafton;{};18.30;Dikt\n"
    listed.write_text(entry.format(day), encoding="cp1252")
    again.write_text(entry.format(day + timedelta(days=7)), encoding="utf-16")
    linnea.import_programme(listed)
    shown = linnea.look_at_list(again)
    assert "1 programpunkt kan ha flyttats eller rättats" in shown
    assert "Kategori" in shown
    for width in (360, 1280):
        assert linnea.sideways(width=width) == 0
        assert linnea.small_targets() == []
        assert linnea.unnamed() == []
    linnea.one(".sure .main-button").click()
    assert "/preview/" in linnea.chrome.current_url, "the browser asks for the answer first"
    linnea.one("input[value=moved]").click()
    linnea.press(".sure .main-button")
    assert linnea.text().count("Lyrikafton") == 1


def test_the_pages_can_be_used_from_the_keyboard_and_hold_together_on_a_phone(
    library: Library, linnea: Staff
) -> None:
    library.hand_in("feedback", PRAISE)
    library.sync()
    linnea.inbox()
    linnea.open()
    for path in (
        linnea.chrome.current_url.removeprefix(linnea.address),
        *(
            "/inbox/",
            "/inbox/held/",
            "/programme/",
            "/programme/import/",
            "/figures/",
            "/nowhere/",
            "/r/",
        ),
    ):
        linnea.visit(path)
        assert linnea.sideways(width=360) == 0, path
        assert linnea.small_targets() == [], path
        assert linnea.unnamed() == [], path
        assert linnea.first_stop() in {"#main", "/r/?language=sv"}, path


def test_nobody_is_left_logged_in_after_logging_out(linnea: Staff) -> None:
    linnea.inbox()
    linnea.log_out()
    assert "Du är utloggad" in linnea.text()
    linnea.visit("/inbox/")
    assert "/login/" in linnea.chrome.current_url


def test_a_technician_lets_a_kiosk_in_and_shuts_it_out_on_pages_that_fit_a_phone(
    library: Library, chrome: Chrome
) -> None:
    teo = Staff(chrome, library.url)
    teo.log_in(*library.logins["technician"])
    assert "Kiosker" in teo.text()
    teo.press(".joining button")
    code = teo.one(".enrolment-code").text
    home = library.folder / "second"
    assert library.kiosk("enrol", library.url, code, "--home", str(home)).code == 0
    assert library.kiosk("sync", "--home", str(home)).code == 0
    its_page = f"/kiosks/{json.loads((home / 'device.json').read_text())['device']}/"
    for path in ("/kiosks/", its_page, f"{its_page}shut-out/"):
        teo.visit(path)
        assert teo.sideways(width=360) == 0, path
        assert teo.small_targets() == [], path
        assert teo.unnamed() == [], path
        assert teo.first_stop() == "#main", path
    teo.press("main .main-button")
    assert "Utestängd" in teo.text()
    told = [library.kiosk("sync", "--json", *more).json for more in ([], ["--home", str(home)])]
    assert [each["error"] for each in told] == ["", "S03"]


def test_a_list_filtered_or_not_fits_the_screen_and_the_way_around_stands_in_one_row(
    library: Library, linnea: Staff
) -> None:
    long = "Informationsteknikstödsgruppen" * 3
    library.hand_in("wish", {"title": long[:100]})
    library.hand_in("wish", {"title": "x" * 100})
    library.hand_in("feedback", PRAISE)
    library.sync()
    for query in ("", "?errand=wish", "?errand=feedback"):
        assert linnea.inbox(query)
        assert [linnea.sideways(width=width) for width in (1280, 1024, 900, 820, 360)] == [0] * 5
    linnea.visit("/boards/")
    assert [linnea.sideways(width=width) for width in (900, 820)] == [0, 0]
    admin = Staff(linnea.chrome, library.url)
    for role, widths in (("librarian", (1440, 1100, 1024)), ("chief", (1440, 1280))):
        admin.log_in(*library.logins[role])
        for width in widths:
            linnea.chrome.set_window_size(width, 900)
            ways = [each.rect for each in linnea.all(".ways a, .leave button")]
            last_begins = max(each["y"] for each in ways)
            assert last_begins < ways[0]["y"] + ways[0]["height"], (role, width)


def test_on_paper_stands_nothing_to_press_and_no_heading_of_nothing(
    library: Library, linnea: Staff
) -> None:
    library.hand_in("feedback", {"about": "premises", "words": "Mörkt vid cyklarna"})
    library.sync()
    linnea.inbox()
    linnea.open()
    told = linnea.on_paper()
    assert "Mörkt vid cyklarna" in told
    assert not {"Vårt svar", "På tavlorna", "Publicera", "Skicka svaret"} & {
        line.rstrip(" …") for line in told.splitlines()
    }
