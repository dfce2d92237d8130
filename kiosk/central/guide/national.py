"""The shipped guide: the offices of a whole country, from files."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.domain.guide import Contact, Guide, Need, Rule, Topic
from kiosk.domain.texts import Texts
from kiosk.i18n import LANGUAGES

FOLDER = places.CONTENT / "guide"
DENMARK, SWEDEN = "dk", "se"
LETTER = "letter"
"""The need whose topics are the senders of letters."""


def country_of(timezone: str) -> str:
    """Return the country whose offices a branch sends people to, by its time zone."""
    return DENMARK if timezone == "Europe/Copenhagen" else SWEDEN


@lru_cache(maxsize=4)
def national(country: str, folder: Path = FOLDER) -> Guide:
    """Return the shipped guide of *country*: `se` or `dk`."""
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
    return Need(told["id"], told["title"], told["ask"], (*before, *topics))


def _topic(told: dict[str, Any], country: str) -> Topic:
    rule = Rule(told["rule"])
    return Topic(told["id"], told["title"], rule, told["says"], tuple(told[country]))


def _sender(told: dict[str, Any], says: Texts) -> Topic:
    """Make a topic of an office that sends letters; its name reads alike in every language."""
    title = dict.fromkeys(LANGUAGES, told["name"])
    return Topic(told["id"], title, Rule.REFER, says, (told["id"],))


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
    return country in told["countries"]


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
