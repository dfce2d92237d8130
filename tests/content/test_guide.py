"""The shipped guide: real offices, every number with its source, a card at the end of every way."""

import re
import tomllib
from datetime import date

import pytest

from kiosk import places
from kiosk.central.guide.national import DENMARK, ELSEWHERE, SWEDEN, country_of, national
from kiosk.domain.figures import is_about
from kiosk.domain.guide import LIBRARY, Guide, HelpRule
from kiosk.domain.texts import Texts
from kiosk.i18n import LANGUAGES

COUNTRIES = pytest.mark.parametrize("country", [SWEDEN, DENMARK])
CATEGORIES = {
    *("letter", "eid", "print", "device", "computer", "forms", "job", "money", "housing"),
    *("care", "residence", "tax", "study", "travel"),
}
PHONES = {SWEDEN: re.compile(r"0\d+-\d[\d ]+|1177"), DENMARK: re.compile(r"\d\d( \d\d){3}")}
ONLY_THERE = {
    SWEDEN: re.compile(r"BankID|Skatteverket|Försäkringskassan|1177|medborgar", re.I),
    DENMARK: re.compile(r"MitID|CPR|borgerservice|lægevagt|\bSU\b", re.I),
    ELSEWHERE: re.compile(r"Kela|\bNAV\b|\bDVV\b"),
}
"""Offices and words of one country, in whatever language; of the others none is shipped."""
LOOKED_UP = date(2026, 11, 24)
FOREIGN = {"sv": "æøÆØ", "da": "äöÄÖ", "nb": "äöÄÖ", "fi": "æøÆØ", "en": "äöåæøÄÖÅÆØ"}
"""Letters that a language does not have: a sign of a text under the wrong language."""


def texts(guide: Guide) -> list[tuple[str, int, Texts]]:
    """List every text: where it stands, how many characters it may have, and what it says."""
    found: list[tuple[str, int, Texts]] = []
    for need in guide.needs:
        found += [(need.id, 34, need.title), (f"{need.id}.ask", 70, need.ask)]
        for topic in need.topics:
            where = f"{need.id}/{topic.id}"
            found += [(where, 40, topic.title), (f"{where}.says", 110, topic.says)]
    for contact in guide.contacts:
        found += [(contact.id, 80, contact.about)]
        found += [(contact.id, 60, each) for each in (contact.where, contact.hours) if each]
    return found


@COUNTRIES
def test_every_category_leads_to_a_card(country: str) -> None:
    guide = national(country)
    assert {need.id for need in guide.needs} == CATEGORIES
    for need in guide.needs:
        assert len(need.topics) >= 2, need.id
        for topic in need.topics:
            assert len(guide.who_helps(topic)) == len(topic.contacts) > 0, (need.id, topic.id)
            assert all(each in {h.id for h in guide.contacts} for each in topic.contacts)


@COUNTRIES
def test_every_letter_has_its_office_and_every_office_of_a_card_is_reachable(country: str) -> None:
    guide = national(country)
    letter = guide.need("letter")
    assert letter
    offices = [topic.contacts for topic in letter.topics if topic.rule is HelpRule.REFER]
    assert len(offices) >= 8
    assert all(len(each) == 1 for each in offices)
    named = {each for need in guide.needs for topic in need.topics for each in topic.contacts}
    assert named == {each.id for each in guide.contacts}


@COUNTRIES
def test_every_phone_number_has_a_source_and_a_date(country: str) -> None:
    for contact in national(country).contacts:
        if contact.phone:
            assert PHONES[country].fullmatch(contact.phone), contact
            assert re.match(r"https://[^ ]+$", contact.source), contact
            day = contact.checked if len(contact.checked) > 7 else f"{contact.checked}-01"
            assert date(2010, 1, 1) < date.fromisoformat(day) <= LOOKED_UP
            assert contact.dated or date.fromisoformat(contact.checked) == LOOKED_UP
        else:
            assert not contact.source


@COUNTRIES
def test_everything_is_told_in_five_languages_and_short_enough_for_a_card(country: str) -> None:
    for where, most, told in texts(national(country)):
        assert set(told) == set(LANGUAGES), where
        for language, words in told.items():
            assert words == words.strip() != "", (where, language)
            assert len(words) <= most, (where, language, len(words))


@COUNTRIES
def test_no_text_stands_under_the_wrong_language(country: str) -> None:
    names = {contact.name for contact in national(country).contacts}
    for where, _, told in texts(national(country)):
        for language, words in told.items():
            if words not in names:
                assert not set(words) & set(FOREIGN[language]), (where, language, words)


@COUNTRIES
def test_all_three_levels_of_rule_are_used(country: str) -> None:
    rules = {topic.rule for need in national(country).needs for topic in need.topics}
    assert rules == set(HelpRule)


@COUNTRIES
def test_every_card_can_be_counted(country: str) -> None:
    guide = national(country)
    for need in guide.needs:
        for topic in need.topics:
            assert all(is_about(f"{need.id}/{topic.id}/{each}") for each in topic.contacts)


@pytest.mark.parametrize("country", [SWEDEN, DENMARK, ELSEWHERE])
def test_what_is_said_follows_the_country_of_the_branch_whoever_reads_it(country: str) -> None:
    others = [words for at, words in ONLY_THERE.items() if at != country]
    for where, _, told in texts(national(country)):
        numbers = {tuple(re.findall(r"\d+", words)) for words in told.values()}
        assert len(numbers) == 1, (where, told)
        for words in told.values():
            assert not any(each.search(words) for each in others), (where, words)


def test_where_no_offices_are_shipped_no_other_countrys_are_named() -> None:
    assert country_of("Europe/Helsinki") == country_of("Europe/Oslo") == ELSEWHERE
    assert {each.id for each in national(ELSEWHERE).contacts} == {LIBRARY, "bank"}


def test_a_branch_sends_people_to_the_offices_of_its_own_country() -> None:
    assert country_of("Europe/Copenhagen") == DENMARK
    assert country_of("Europe/Stockholm") == SWEDEN
    swedish, danish = ({each.id for each in national(c).contacts} for c in (SWEDEN, DENMARK))
    assert {LIBRARY, "bank"} == swedish & danish


def test_every_shipped_contact_stands_in_some_country() -> None:
    told = tomllib.loads((places.CONTENT / "guide" / "contacts.toml").read_text(encoding="utf-8"))
    assert all(set(each["countries"]) <= {SWEDEN, DENMARK} for each in told["contact"])
