"""Several processes behind one address, on PostgreSQL: nobody can tell which of them answered."""

import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar

import pytest

from kiosk.domain.guessing import MOST_WRONG, slowed_s
from kiosk.domain.receipt import new_code
from tests.drivers import postgres
from tests.drivers.library import Library

LIST = "branch,title,starts\nHamnen,Stickcafé,2027-03-04T18:00"


@pytest.fixture(autouse=True)
def _undo() -> None:
    """Undo nothing: no test here touches the database of this interpreter."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("library"), database=postgres.fresh(), workers=3)
    library.set_up().start().enrol()
    yield library
    library.stop()


class Browser:
    """A browser that opens a new connection for every page, and so meets every process."""

    def __init__(self, library: Library) -> None:
        self.url = library.url
        self._jar = urllib.request.HTTPCookieProcessor(CookieJar())

    def open(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with urllib.request.build_opener(self._jar).open(request) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.open(path)[1])
        assert found, path
        return found[1]

    def post(self, path: str, form: str = "", **fields: str) -> tuple[int, str]:
        fields["csrfmiddlewaretoken"] = self.token(form or path)
        return self.open(path, urllib.parse.urlencode(fields).encode())

    def log_in(self, user: str, password: str) -> tuple[int, str]:
        return self.post("/login/", username=user, password=password)


def test_a_login_holds_at_every_process_and_so_does_its_end(library: Library) -> None:
    assert len(library.serving) == 3
    browser = Browser(library)
    assert browser.log_in(*library.logins["librarian"])[0] == 200
    for _ in range(9):
        status, page = browser.open("/inbox/")
        assert (status, "username" in page) == (200, False)


def test_wrong_passwords_and_codes_are_counted_together(library: Library) -> None:
    browser = Browser(library)
    user, password = library.logins["reader"]
    tried = [browser.log_in(user, "wrong")[0] for _ in range(5)]
    assert tried == [422, 422, 422, 422, 429]
    assert [browser.log_in(user, password)[0] for _ in range(4)] == [429] * 4
    for number in range(MOST_WRONG + 4):
        began = time.monotonic()
        assert browser.open(f"/r/{new_code(number)}")[0] == 404
        assert time.monotonic() - began > slowed_s(number), "whichever process is asked"


def test_a_list_given_to_one_process_is_previewed_by_another(library: Library) -> None:
    browser = Browser(library)
    browser.log_in(*library.logins["librarian"])
    token = browser.token("/programme/import/")
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n',
        '--b\r\nContent-Disposition: form-data; name="list"; filename="a.csv"\r\n\r\n',
        f"{LIST}\r\n--b--\r\n",
    ]
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    assert browser.open("/programme/import/", "".join(parts).encode(), **kind)[0] == 200
    for _ in range(6):
        assert "Stickcafé" in browser.open("/programme/import/preview/")[1]
    form = "/programme/import/preview/"
    assert browser.post("/programme/import/confirm/", form)[0] == 200
    assert "Stickcafé" in browser.open("/programme/")[1]


def test_errands_arrive_once_whichever_process_takes_them(library: Library) -> None:
    words = [f"Nummer {number}" for number in range(3)]
    for each in words:
        library.hand_in("feedback", {"about": "hours", "words": each})
        assert library.kiosk("sync", "--json").json["error"] == ""
    rows = library.exported("--personal")
    assert sorted(row["answers"]["words"] for row in rows) == words


def test_a_restarted_postgresql_heals_by_itself(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    server = postgres.Postgres().start()
    folder = tmp_path_factory.mktemp("library")
    library = Library(folder, database=server.url(server.empty(), through_socket=True), workers=2)
    try:
        library.set_up().start().enrol()
        browser = Browser(library)
        browser.log_in(*library.logins["librarian"])
        library.hand_in("feedback", {"about": "hours"})
        server.stop(signal.SIGQUIT)
        assert [browser.open("/inbox/")[0] for _ in range(6)] == [503] * 6
        away = library.kiosk("sync", "--json").json
        assert (away["stored"], away["pending"]) == (0, 1)
        told = library.kiosk("central", "check", "--json")
        assert (told.code, told.json["error"]) == (1, "C06")
        server.start()
        assert [browser.open("/inbox/")[0] for _ in range(6)] == [200] * 6
        back = library.kiosk("sync", "--json").json
        assert (back["stored"], back["pending"]) == (1, 0)
        library.stop()
    finally:
        server.remove()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("sesam", "sesim", "password authentication failed"),
        ("{port}", "1", "refused"),
        ("/postgres", "/no_such", 'database "no_such" does not exist'),
    ],
)
def test_what_keeps_central_from_its_database_is_told_without_the_password(
    tmp_path_factory: pytest.TempPathFactory, right: str, wrong: str, told: str
) -> None:
    server = postgres.shared()
    url = server.url("postgres").replace(right.format(port=server.port), wrong)
    library = Library(tmp_path_factory.mktemp("library"), database=url)
    refused = library.kiosk("central", "init", "--json")
    assert (refused.code, refused.json["error"]) == (1, "C06")
    assert told in refused.err
    assert "KIOSK_CENTRAL_DATABASE" in refused.err
    assert "Traceback" not in refused.err
    assert "ppna" not in refused.out + refused.err
