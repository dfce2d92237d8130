"""A member of staff at a real browser: headless Chromium, driven by selenium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
_PATIENCE_S = 20


@contextmanager
def browser(profile: Path, language: str = "sv") -> Iterator[Chrome]:
    """Start Chromium with an empty *profile*; it asks for pages in *language*.

    Where there is no Chromium the test is skipped, and on CI it fails.
    """
    program = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    driver = shutil.which("chromedriver")
    if program is None or driver is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium with its driver on this machine")
        pytest.skip("no Chromium with its driver on this machine")
    options = ChromeOptions()
    options.binary_location = program
    for switch in (*_SWITCHES, f"--user-data-dir={profile}", f"--accept-lang={language}"):
        options.add_argument(switch)
    chrome = Chrome(options=options, service=Service(driver))
    try:
        yield chrome
    finally:
        chrome.quit()


class Staff:
    """What a librarian does, in her words."""

    def __init__(self, chrome: Chrome, address: str) -> None:
        """Sit down at *chrome*, with central at *address*."""
        self.chrome = chrome
        self.address = address.rstrip("/")

    def visit(self, path: str) -> None:
        """Open one page."""
        self.chrome.get(self.address + path)

    def log_in(self, user: str, password: str) -> None:
        """Log in at the login page, as somebody new."""
        self.chrome.delete_all_cookies()
        self.visit("/login/")
        self.write("username", user)
        self.write("password", password)
        self.press("main .main-button")

    def choose_language(self, code: str) -> None:
        """Show the pages in another language."""
        self.press(f".tongues button[value={code}]")

    def inbox(self, query: str = "") -> list[str]:
        """Open the inbox and read its lines, the newest first."""
        self.visit(f"/inbox/{query}")
        return [line.text for line in self.all("table.list tbody tr")]

    def open(self, line: int = 0) -> str:
        """Open one line of the inbox list; read the page."""
        link = self.all("table.list tbody .col-errand a")[line]
        self.follow(link)
        return self.text()

    def answer(self, text: str, signed: str = "me") -> str:
        """Write an answer on the page of a submission; read the page that comes."""
        self.write("text", text)
        self.one(f"input[name=signed][value={signed}]").click()
        self.press(".answering .main-button")
        return self.text()

    def import_programme(self, file: Path, first: str = "") -> str:
        """Upload a list, move its dates so that it begins on *first*, confirm; read the page."""
        self.look_at_list(file)
        if first:
            self.visit(f"/programme/import/preview/?first={first}")
        self.press(".sure .main-button")
        return self.text()

    def look_at_list(self, file: Path) -> str:
        """Upload a list and read what it would bring."""
        self.visit("/programme/import/")
        self.one("input[type=file]").send_keys(str(file.resolve()))
        self.press("main .main-button")
        return self.text()

    def log_out(self) -> None:
        """End the session."""
        self.press(".leave button")

    def on_paper(self) -> str:
        """Read what would stand on the printed page; the screen is a screen again afterwards."""
        self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        try:
            return self.one("body").text
        finally:
            self.chrome.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})

    def text(self) -> str:
        """Read what stands on the page."""
        return self.one("main").text

    def write(self, field: str, text: str) -> None:
        """Fill in one field."""
        found = self.one(f"main [name={field}]")
        found.clear()
        found.send_keys(text)

    def press(self, selector: str) -> None:
        """Press one button and wait for the page that comes."""
        self.follow(self.one(selector))

    def follow(self, link: WebElement) -> None:
        """Press *link* and wait until its page has given way to the next."""
        leaving = self.one("html")
        link.click()
        WebDriverWait(self.chrome, _PATIENCE_S).until(lambda _: _has_gone(leaving))
        WebDriverWait(self.chrome, _PATIENCE_S).until(
            lambda chrome: chrome.execute_script("return document.readyState") == "complete"
        )

    def one(self, selector: str) -> WebElement:
        """Find the first element that fits."""
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        """Find every element that fits."""
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def sideways(self, width: int) -> int:
        """Tell by how many pixels the page is wider than a window of *width*."""
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        wider = self.chrome.execute_script(
            "return document.documentElement.scrollWidth - window.innerWidth"
        )
        self.chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        return max(0, int(wider))

    def small_targets(self) -> list[str]:
        """List what can be pressed but is less than 24 pixels high (WCAG 2.2, 2.5.8).

        Links inside a sentence are exempt there, and here; a line of the inbox opens as a whole.
        """
        found: list[str] = self.chrome.execute_script(
            """return [...document.querySelectorAll("a, button, select, input, textarea, summary")]
            .filter(each => each.type !== "hidden" && !each.closest("p:not(.back), .skip"))
            .map(each => each.closest("label, .row") || each)
            .filter(each => each.getBoundingClientRect().height < 24 && each.offsetParent)
            .map(each => each.outerHTML.slice(0, 90))"""
        )
        return found

    def unnamed(self) -> list[str]:
        """List fields without a label and buttons and links without a name."""
        found: list[str] = self.chrome.execute_script(
            """return [...document.querySelectorAll("a, button, select, input, textarea")]
            .filter(each => each.type !== "hidden")
            .filter(each => !(each.labels && each.labels.length) && !each.textContent.trim())
            .map(each => each.outerHTML.slice(0, 90))"""
        )
        return found

    def first_stop(self) -> str:
        """Press Tab once on a fresh page; tell where the link leads that has the focus."""
        self.one("body").send_keys(Keys.TAB)
        focused = self.chrome.switch_to.active_element
        return (focused.get_dom_attribute("href") or focused.tag_name).strip()

    def screenshot(self, file: Path, width: int = 1280, height: int = 0) -> None:
        """Take a picture of the page, as high as it is when no *height* is given."""
        metrics = {"width": width, "height": height or 800, "deviceScaleFactor": 1, "mobile": False}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        if not height:
            tall = self.chrome.execute_script("return document.documentElement.scrollHeight")
            self.chrome.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride", {**metrics, "height": tall}
            )
        self.chrome.save_screenshot(str(file))
        self.chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def _has_gone(element: WebElement) -> bool:
    from selenium.common.exceptions import StaleElementReferenceException, WebDriverException

    try:
        element.is_enabled()
    except (StaleElementReferenceException, WebDriverException):
        return True
    return False
