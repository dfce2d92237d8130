"""Searching the inbox: a word is found however its letters are made."""

from django.test import Client

from tests.central.conftest import Arrive


def test_staff_find_a_word_however_its_letters_are_made(browser: Client, arrive: Arrive) -> None:
    arrive({"about": "other", "words": "Hälsningar från A\u030ase Sørensen"})
    for wanted in ("Åse", "A\u030ase", "ase", "SORENSEN", "ha\u0308lsn\u200bingar"):
        assert "Åse" in browser.get("/inbox/", {"text": wanted}).content.decode(), wanted
    assert "Åse" not in browser.get("/inbox/", {"text": "öse"}).content.decode()
