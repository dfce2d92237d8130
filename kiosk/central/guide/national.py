"""The shipped guide: the offices of a whole country, from files."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.domain.guide import Contact, Guide, HelpRule, Need, Topic
from kiosk.domain.texts import Texts
from kiosk.i18n import LANGUAGES

FOLDER = places.CONTENT / "guide"
DENMARK, SWEDEN = "dk", "se"
ELSEWHERE = ""
"""A country whose offices are not shipped: there the library and a branch's own contacts help."""
_COUNTRIES = {"Europe/Copenhagen": DENMARK, "Europe/Stockholm": SWEDEN}
LETTER = "letter"
"""The need whose topics are the senders of letters."""


def country_of(timezone: str) -> str:
    """Return the country whose offices a branch sends people to, by its time zone."""
    return _COUNTRIES.get(timezone, ELSEWHERE)


@lru_cache(maxsize=4)
def national(country: str, folder: Path = FOLDER) -> Guide:
    """Return the shipped guide of *country*, as true in every language it is read in.

    A topic for which nobody is known there has no contacts.
    """
    contacts = [each for each in _read(folder / "contacts.toml")["contact"] if _in(each, country)]
    told = _read(folder / "needs.toml")
    senders = tuple(_sender(each, told["letter"]["says"]) for each in contacts if "letter" in each)
    return Guide(
        needs=tuple(_need(each, country, senders) for each in told["need"]),
        contacts=tuple(_contact(each) for each in contacts),
    )


def _need(told: dict[str, Any], country: str, senders: tuple[Topic, ...]) -> Need:
    topics = tuple(_topic(each, country) for each in told["topic"])
    before = senders if told["id"] == LETTER else ()
    return Need(told["id"], _there(told, "title", country), told["ask"], (*before, *topics))


def _topic(told: dict[str, Any], country: str) -> Topic:
    title, says = (_there(told, field, country) for field in ("title", "says"))
    everywhere = [each for each in told[SWEDEN] if each in told[DENMARK]]
    contacts = tuple(told.get(country, everywhere))
    return Topic(told["id"], title, HelpRule(told["rule"]), says, contacts)


def _there(told: dict[str, Any], field: str, country: str) -> Texts:
    """Return a text as it is so in *country*, else what is so everywhere."""
    found: Texts = told.get(f"{field}_{country}", told[field])
    return found


def _sender(told: dict[str, Any], says: Texts) -> Topic:
    """Make a topic of an office that sends letters; its name reads alike in every language."""
    title = dict.fromkeys(LANGUAGES, told["name"])
    return Topic(told["id"], title, HelpRule.REFER, says, (told["id"],))


def _contact(told: dict[str, Any]) -> Contact:
    return Contact(
        id=told["id"],
        name=told["name"],
        about=told["about"],
        where=told.get("where", {}),
        hours=told.get("hours", {}),
        phone=told.get("phone", ""),
        address=told.get("address", ""),
        source=told.get("source", ""),
        checked=told.get("checked", ""),
        dated=told.get("dated", True),
    )


def _in(told: dict[str, Any], country: str) -> bool:
    return country in told["countries"] or told["countries"] == [SWEDEN, DENMARK]


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
