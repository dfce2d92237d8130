"""Every phrase in every language, with its slots and its plurals."""

import ast
import functools
import re
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk import errands, places
from kiosk.errands.rooms import ROOMS
from kiosk.i18n import EASY, LANGUAGES, ordinary, phrases
from screens.own_tiles import OWN_TILES
from tests.house.catalogues import KEYWORDS, declared
from tests.house.source import ROOT, modules, parsed

TRANSLATED = [language for language in LANGUAGES if language != "en"]
WRITTEN = [*TRANSLATED, *EASY.values()]
MOST_WORDS = 12
"""In a sentence that is easy to read."""
STAFF = ["sv", "da"]
_SLOT = re.compile(r"\{(\w*)[^}]*\}|%\((\w+)\)s")


@functools.cache
def declared_keys() -> set[str]:
    """Name every phrase of the sources by its English, singular where there is a plural."""
    return {key(message) for message in declared() if message.id}


def catalogue(language: str, domain: str = "kiosk") -> Catalog:
    """Read a catalogue as its translators see it."""
    with (places.LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=ordinary(language))


def key(message: Message) -> str:
    """Return the English of a message, singular where there is a plural."""
    return message.id if isinstance(message.id, str) else message.id[0]


def slots(text: str) -> set[str]:
    """Name the slots in *text*."""
    return {first or second for first, second in _SLOT.findall(text)}


def test_no_phrase_is_said_where_the_catalogues_do_not_look() -> None:
    said = {
        call.args[0].value
        for path in modules("kiosk", "screens")
        if not {"central", "cli"} & set(path.relative_to(ROOT).parts)
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call) and call.args and _called(call) in KEYWORDS
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    assert said - declared_keys() - {""} == set()


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_phrase_is_there_and_none_that_nobody_says(language: str) -> None:
    known = {key(message) for message in catalogue(language) if message.id}
    assert declared_keys() - known == set()
    assert known - declared_keys() == set()


@pytest.mark.parametrize(
    ("language", "domain"),
    [(each, "kiosk") for each in WRITTEN] + [(each, "django") for each in STAFF],
)
def test_a_catalogue_is_complete_and_keeps_every_slot(language: str, domain: str) -> None:
    for message in catalogue(language, domain):
        if not message.id:
            continue
        told = [message.string] if isinstance(message.string, str) else list(message.string or ())
        asked = [message.id] if isinstance(message.id, str) else list(message.id)
        assert all(told), f"{key(message)!r} is missing"
        assert not message.fuzzy, f"{key(message)!r} is only guessed"
        for text in told:
            assert slots(text) <= set().union(*map(slots, asked)), text
        assert slots(told[-1]) == slots(asked[-1]), told[-1]


@pytest.mark.parametrize(
    ("language", "domain"),
    [(each, "kiosk") for each in WRITTEN] + [(each, "django") for each in STAFF],
)
def test_the_compiled_catalogue_is_the_written_one(language: str, domain: str) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue(language, domain))
    kept = places.LOCALE / language / "LC_MESSAGES" / f"{domain}.mo"
    assert kept.read_bytes() == compiled.getvalue(), "run: just phrases"


@pytest.mark.parametrize("language", EASY.values())
def test_an_easy_variant_says_what_is_said_in_short_sentences(language: str) -> None:
    easier = {key(message) for message in catalogue(language) if message.id}
    assert easier - declared_keys() == set()
    said = {each: phrases(language).say(each) for each in declared_keys()}
    long = [text for text in said.values() if _longest_sentence(text) > MOST_WORDS]
    assert long == []


def _longest_sentence(text: str) -> int:
    return max(len(sentence.split()) for sentence in re.split(r"[.!?:;]\s|\n", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_fit_their_tiles(language: str) -> None:
    titles = [
        *(errand.title for errand in errands.ERRANDS.values()),
        *(room.title for room in ROOMS.values()),
        *(tile.title for tile in OWN_TILES.values()),
    ]
    assert [title for title in titles if len(phrases(language).say(title)) > 24] == []
