"""A browser in kiosk mode that shows an errand as a web page: the peer of the whole app."""

import html
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kiosk.domain.errand import Errand, Kind, Question

CHROMIUM = "/usr/bin/chromium"
SHOWN_WITHIN_S = 120
_FACES = range(1, 6)
_TICKED = {Kind.CHOICES: "checkbox"}


@contextmanager
def chromium(errand: Errand) -> Iterator[int]:
    """Give the process of a Chromium that shows *errand*; what it has started ends with it."""
    with (
        _page_of(errand) as (address, shown),
        _display() as display,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
    ):
        browser = subprocess.Popen(
            [CHROMIUM, *_options(profile), address],
            env={**os.environ, "DISPLAY": display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            assert shown.wait(SHOWN_WITHIN_S), "the browser has not shown the page"
            yield browser.pid
        finally:
            os.killpg(browser.pid, signal.SIGTERM)
            browser.wait(20)


def _options(profile: str) -> list[str]:
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    plain = ["--kiosk", "--no-first-run", "--no-default-browser-check"]
    return [*as_root, *plain, f"--user-data-dir={profile}"]


def page(errand: Errand) -> str:
    """Return an errand as a page with the same questions, choices and fields."""
    title, blurb = html.escape(errand.title), html.escape(errand.blurb)
    fields = "\n".join(_field(each) for each in errand.questions)
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body {{ font: 20px sans-serif; margin: 2em }} label {{ display: block; padding: .5em }}
fieldset {{ margin: 1em 0 }} textarea, input[type=text] {{ width: 100%; font: inherit }}</style>
<h1>{title}</h1><p>{blurb}</p><form>{fields}<button>Next</button></form>
<script>requestAnimationFrame(() => setTimeout(() => fetch("/shown")))</script></html>"""


def _field(question: Question) -> str:
    name = html.escape(question.name)
    asked = f"<legend>{html.escape(question.ask)}</legend><p>{html.escape(question.help)}</p>"
    if question.kind is Kind.LONG_TEXT:
        inside = f'<textarea name="{name}" rows="5"></textarea>'
    elif question.kind is Kind.FACES:
        inside = "".join(_ticked(question, str(each), str(each)) for each in _FACES)
    elif question.choices:
        inside = "".join(
            _ticked(question, each.value, f"{each.label} {each.note}") for each in question.choices
        )
    else:
        inside = f'<input type="text" name="{name}">'
    return f"<fieldset>{asked}{inside}</fieldset>"


def _ticked(question: Question, value: str, label: str) -> str:
    kind, name = _TICKED.get(question.kind, "radio"), html.escape(question.name)
    said = html.escape(label.strip())
    return f'<label><input type="{kind}" name="{name}" value="{html.escape(value)}"> {said}</label>'


@contextmanager
def _page_of(errand: Errand) -> Iterator[tuple[str, threading.Event]]:
    """Serve the page; the event tells that a browser has drawn it."""
    shown = threading.Event()
    body = page(errand).encode()

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/shown":
                shown.set()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/", shown
        finally:
            server.shutdown()


@contextmanager
def _display() -> Iterator[str]:
    """Give an X display that nobody looks at."""
    reads, writes = os.pipe()
    x_server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1280x800x24"],
        pass_fds=(writes,),
        stderr=subprocess.DEVNULL,
    )
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            yield f":{told.readline().strip()}"
    finally:
        x_server.terminate()
        x_server.wait(20)
