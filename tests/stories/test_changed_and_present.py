"""What she changes, and that she came: one program at the kiosk, another for staff."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from selenium.webdriver import Chrome

from kiosk import places, wire
from kiosk.domain.content import Content
from kiosk.domain.receipt import State
from kiosk.errands.receipt_words import CHANGED, MORE, STATES
from tests.drivers.at_terminal import AtTerminal
from tests.drivers.library import Library
from tests.drivers.staff import Staff
from tests.drivers.terminal import Terminal, kiosk

pytestmark = [pytest.mark.terminal, pytest.mark.browser]

COLUMNS = "branch,title,starts,ends,place,audience,drop_in,sign_up,capacity,source"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
TITLE = "Fika med släktforskare"


@pytest.fixture
def linnea(library: Library, chrome: Chrome) -> Staff:
    """Let the librarian of the demonstration log in."""
    staff = Staff(chrome, library.url)
    staff.log_in(*library.logins["librarian"])
    return staff


@pytest.fixture
def visitor(library: Library) -> Iterator[AtTerminal]:
    """Let a visitor stand before the kiosk with nothing but a finger."""
    library.sync()
    settings = {**library.environment, "KIOSK_LANGUAGE": "sv", "KIOSK_IDLE_S": "3600"}
    with Terminal(kiosk("run"), size=(100, 30), environment=settings) as screen:
        standing = AtTerminal(screen, heard_by(library), "sv")
        standing.takes("touch")
        screen.wait_for(standing.speak.say("Touch here, or press any key").split()[0])
        screen.rests()  # its bell is hung up after its first frame
        yield standing


def heard_by(library: Library) -> Content:
    """Return what the kiosk has been told."""
    return wire.decode_content(places.content(library.home).read_bytes())


def arrives(library: Library) -> None:
    """Wait until the kiosk has sent everything, heard the answer, and central understood it."""
    while library.sync()["pending"]:
        pass
    library.sync()


def history(linnea: Staff) -> list[str]:
    """Read what has happened to a submission, from its open page."""
    return [each.text for each in linnea.all("aside ol.history li span")]


def test_staff_read_what_she_corrects_and_she_reads_that_they_have_it(
    library: Library, visitor: AtTerminal, linnea: Staff
) -> None:
    code = visitor.does("wish")
    arrives(library)
    linnea.inbox()
    assert "åkt" in linnea.open()
    arrives(library)

    visitor.hand.words = "skotsk"
    visitor.follows(code)
    assert visitor.screen.shows(visitor.speak.say(STATES[State.READ])), visitor.screen.text
    visitor.corrects("wish", "title")
    assert visitor.screen.shows(visitor.speak.say(MORE[State.SAVED])), visitor.screen.text
    visitor.asks_for_help()
    visitor.leaves(visitor.speak.say("Done"))
    arrives(library)

    assert "Nytt" in linnea.inbox()[0]
    page = linnea.open()
    assert page.index("skotsk") < page.index("Rättat av besökaren") < page.index("åkt")
    assert history(linnea) == ["Nytt", "Läst", "Rättat av besökaren", "Läst"]
    arrives(library)
    visitor.follows(code)
    for said in (CHANGED, STATES[State.READ]):
        assert visitor.screen.shows(visitor.speak.say(said)), visitor.screen.text


def test_she_signs_up_and_checks_in_on_the_day_and_staff_see_that_she_came(
    library: Library, visitor: AtTerminal, linnea: Staff, tmp_path: Path
) -> None:
    soon = datetime.now(UTC) + timedelta(minutes=40)
    starts, ends = (each.astimezone(STOCKHOLM) for each in (soon, soon + timedelta(hours=2)))
    listed = tmp_path / "today.csv"
    when = f"{starts:%Y-%m-%dT%H:%M},{ends:%Y-%m-%dT%H:%M}"
    branch = visitor.content.branch.name
    listed.write_text(f"{COLUMNS}\n{branch},{TITLE},{when},Hörnan,vuxna,nej,ja,8,\n", "utf-8")
    assert "1 programpunkt" in linnea.import_programme(listed)
    arrives(library)
    visitor.content = heard_by(library)
    code = visitor.does("sign-up")
    arrives(library)

    visitor.follows(code)
    assert visitor.screen.shows(TITLE), visitor.screen.text
    visitor.checks_in()
    visitor.leaves(visitor.speak.say("Done"))
    arrives(library)

    linnea.visit("/programme/")
    linnea.follow(next(each for each in linnea.all("main a") if TITLE in each.text))
    (row,) = linnea.all("table.sign-ups tbody tr")
    assert visitor.hand.words in row.text
    assert "✓ Kom" in row.text
