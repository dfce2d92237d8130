"""Whoever has the machine says who works here as what; no page does."""

import http.client
import re
import urllib.parse
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest

from tests.drivers.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library(tmp_path_factory.mktemp("library")).set_up().start()
    yield made
    made.stop()


def lets_in(library: Library, user: str, password: str) -> bool:
    """Try to log in."""
    asked = http.client.HTTPConnection("127.0.0.1", library.port, timeout=60)
    asked.request("GET", "/login/")
    page = asked.getresponse()
    cookies = SimpleCookie(page.headers["Set-Cookie"])
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert token
    form = {"csrfmiddlewaretoken": token[1], "username": user, "password": password}
    headers = {
        "Cookie": f"csrftoken={cookies['csrftoken'].value}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    asked.request("POST", "/login/", urllib.parse.urlencode(form), headers)
    status = asked.getresponse().status
    asked.close()
    assert status in {302, 422}
    return status == 302


def test_somebody_begins_gets_another_role_forgets_her_password_and_leaves(
    library: Library,
) -> None:
    told = library.kiosk("central", "employ", "ebba", "--role", "reader", "--json").json
    first = told["password"]
    assert told["roles"] == ["reader (Biblioteken i Lindö)"]
    assert lets_in(library, "ebba", first)
    more = ("--role", "librarian", "--branch", "hamnen", "--json")
    told = library.kiosk("central", "employ", "ebba", *more).json
    assert (told["password"], len(told["roles"])) == ("", 2)
    fewer = ("--role", "reader", "--json")
    told = library.kiosk("central", "dismiss", "ebba", *fewer).json
    assert told["roles"] == ["librarian (Hamnbiblioteket)"]
    second = library.kiosk("central", "employ", "ebba", "--new-password", "--json").json["password"]
    assert second not in {"", first}
    assert lets_in(library, "ebba", second)
    assert not lets_in(library, "ebba", first)
    assert library.kiosk("central", "dismiss", "ebba").code == 0
    assert not lets_in(library, "ebba", second)


def test_nobody_is_made_up(library: Library) -> None:
    for words in (("dismiss", "nobody"), ("employ", "nobody")):
        refused = library.kiosk("central", *words, "--json")
        assert (refused.code, refused.json["error"]) == (2, "C10")
        assert "linnea" in refused.err
    nowhere = library.kiosk("central", "employ", "x", "--role", "reader", "--branch", "y", "--json")
    assert (nowhere.code, nowhere.json["error"]) == (2, "C02")
    assert library.kiosk("central", "employ", "x", "--role", "owner").code == 2
