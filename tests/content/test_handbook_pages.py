"""The handbook for visitors and staff: nothing is left out, links lead on, the words are plain."""

import re

import pytest

from kiosk import places
from kiosk.central.staff.handbook.reading import anchor
from kiosk.domain.errand import DEFAULT_LIMITS
from kiosk.domain.receipt import State
from kiosk.errands import NAMED
from kiosk.errands.receipt_words import STATES
from kiosk.errands.rooms import ROOMS
from kiosk.errands.seat_words import REASONS
from kiosk.i18n import phrases
from screens.frame import WISHES
from screens.help_card import RULES
from screens.own_tiles import OWN_TILES
from screens.speech import Speech
from screens.widgets.wish_button import WishButton
from tests.drivers.branch import Branch
from tests.drivers.visitor import visiting

HANDBOOK = places.ASSETS / "handbook"
LANGUAGES = ("sv", "da", "en")
PAGES = [f"{page}.{language}" for page in ("visitor", "staff") for language in LANGUAGES]
JARGON = re.compile(
    r"\b(ledger|outbox|sync\w*|lease\w*|server\w*|database\w*|api|json|sqlite|sealed event|"
    r"backend|token|cache\w*|payload|login-session|endpoint\w*|deploy\w*|bug)\b",
    re.IGNORECASE,
)
"""What a program is made of; no visitor and no librarian needs to know it."""
KIOSKS = {"sv": "Kiosker", "da": "Kiosker", "en": "Kiosks"}
"""Heading of the first section of the staff's page that only technicians need."""
MOST_WORDS = 32
"""In one sentence."""


def page(name: str) -> str:
    return (HANDBOOK / f"{name}.md").read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its depth."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.+?)(?=^\1 |\Z)", text, re.M | re.S)
    assert found, heading
    return found[2]


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


def headings(text: str) -> list[str]:
    return re.findall(r"^#+ (.+)$", text, re.MULTILINE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_finds_every_errand_with_its_questions_in_order(language: str) -> None:
    say = phrases(language).say
    for errand in NAMED.values():
        told = section(page(f"visitor.{language}"), say(errand.title))
        asked = re.findall(r"^\d+\. \*\*(.+?)\*\*", told, re.MULTILINE)
        assert asked == [say(question.ask) for question in errand.questions], errand.name
        assert say(errand.blurb) in told
        assert say(errand.thanks) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_finds_every_answer_she_can_choose_and_how_much_she_can_write(
    language: str,
) -> None:
    say = phrases(language).say
    for errand in NAMED.values():
        told = section(page(f"visitor.{language}"), say(errand.title))
        for question in errand.questions:
            assert all(say(each.label) in told for each in question.choices), question.name
            if question.limit and question.limit not in DEFAULT_LIMITS.values():
                assert str(question.limit) in told, question.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_finds_every_tile_state_reason_and_rule(language: str) -> None:
    told, say = page(f"visitor.{language}"), phrases(language).say
    tiles = [(room.title, room.blurb) for room in ROOMS.values() if room.title]
    tiles += [(tile.title, tile.blurb) for tile in OWN_TILES.values()]
    for title, blurb in tiles:
        assert f"**{say(title)}**: {say(blurb)}" in told
    for sentence in (*STATES.values(), *REASONS.values(), *RULES.values()):
        assert say(sentence) in told
    assert set(STATES) == set(State)


async def test_a_visitor_finds_every_key_beside_the_mark_that_the_screen_shows(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with visiting(branch.desk, language="sv", speech=Speech(["true"])) as visitor:
        await visitor.begins()
        shown = {str(each.render()) for each in visitor.app.screen.query(WishButton)}
    told = dict(re.findall(r"^\| (F\d+) \| (\S*) +\|", page("visitor.sv"), re.MULTILINE))
    assert list(told) == [key.upper() for key in WISHES]
    assert set(told.values()) - {""} == shown


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_page_and_a_heading(name: str) -> None:
    found = links(page(name))
    assert found
    for link in found:
        file, _hash, where = link.partition("#")
        target = (HANDBOOK / file if file else HANDBOOK / f"{name}.md").read_text(encoding="utf-8")
        assert not where or where in map(anchor, headings(target)), link


@pytest.mark.parametrize("name", PAGES)
def test_no_two_headings_of_a_page_are_reached_by_one_link(name: str) -> None:
    reached = [anchor(each) for each in headings(page(name))]
    assert len(reached) == len(set(reached))


@pytest.mark.parametrize("name", [each for each in PAGES if not each.endswith(".en")])
def test_no_sentence_is_left_in_english(name: str) -> None:
    english = _sentences(page(f"{name.partition('.')[0]}.en"))
    left = {each for each in _sentences(page(name)) if len(each.split()) > 2} & set(english)
    assert left == set()


@pytest.mark.parametrize("name", PAGES)
def test_the_words_are_plain_and_the_sentences_can_be_read_in_one_breath(name: str) -> None:
    for_librarians, _heading, _technical = page(name).partition(f"\n## {KIOSKS[name[-2:]]}\n")
    assert JARGON.findall(for_librarians) == []
    long = [each for each in _sentences(page(name)) if len(each.split()) > MOST_WORDS]
    assert long == []


def _sentences(text: str) -> list[str]:
    """Split a page into sentences and cells, without what only draws it."""
    text = re.sub(r"\]\([^)]+\)|\*|^\[//\].*", "", text)
    text = re.sub(r"\n(?![\n|#-]|\s*\d+\.|\s+-)", " ", text)
    parts = re.split(r"(?<=[.!?:;])\s|\n|\||·", text)
    return [re.sub(r"[\[\]`]|^\s*(-|\d+\.)\s", "", each).strip() for each in parts]
