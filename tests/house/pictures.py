"""`python -m tests.house.pictures`: take the README's two pictures, of one library on one day."""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.drivers.library import Library
from tests.drivers.staff import Staff, browser
from tests.drivers.xterm import XTerm, x_server
from tests.house.source import ROOT

HANDBOOK = ROOT / "assets" / "handbook"
_ERRANDS = (
    ("feedback", {"about": "premises", "mood": 5, "words": "Lugnt och fint på kvällarna."}),
    ("wish", {"title": "Fler romaner på finska"}),
    ("fault", {"what": "printer", "words": "Skrivaren drar in två papper åt gången."}),
)
"""What visitors have handed in when the picture of the inbox is taken."""


def take(folder: Path) -> None:
    """Run a library with its state in *folder*, and take both pictures of it."""
    library = Library(folder).set_up().start().enrol()
    try:
        for errand, answers in _ERRANDS:
            library.hand_in(errand, answers)
        library.sync()
        _take_kiosk(library)
        _take_inbox(library)
    finally:
        library.stop()


def _take_kiosk(library: Library) -> None:
    command = (sys.executable, "-m", "kiosk.cli", "run")
    told = {"KIOSK_HOME": str(library.home), "LANG": "C.UTF-8"}
    with (
        x_server() as display,
        XTerm(command, display, size=(100, 30), environment=told) as terminal,
    ):
        terminal.wait_for("Svenska")
        terminal.types("1")
        terminal.wait_for("Kontakt med biblioteket")
        terminal.wait_for("Ni sa – vi gjorde")
        _save(terminal.picture(), "kiosk.png")


def _take_inbox(library: Library) -> None:
    with browser(library.folder / "chromium") as chrome:
        chrome.set_window_size(1100, 917)
        staff = Staff(chrome, library.url)
        staff.log_in(*library.logins["librarian"])
        staff.inbox()
        picture = library.folder / "inbox.png"
        chrome.save_screenshot(str(picture))
        _save(Image.open(picture), "inbox.png")


def _save(picture: Image.Image, name: str) -> None:
    picture.convert("RGB").quantize(64).save(HANDBOOK / name, optimize=True)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as kept:
        take(Path(kept))
