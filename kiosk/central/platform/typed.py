"""Typed: what a form of staff sends, read, judged and shown in the same way wherever they write."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.utils.translation import gettext as _

from kiosk.domain.identity_number import holds_identity_number
from kiosk.domain.text import clean, clean_line
from kiosk.i18n import EASY, LANGUAGES, Phrases, ordinary

WRITTEN = tuple(code for each in LANGUAGES for code in (each, EASY.get(each)) if code)
"""Codes of the languages in which staff write, each easy variant after its language."""
_NUMBER = re.compile(r"[0-9]{1,6}")
_MORE_THAN_A_PAGE = re.compile(r"[?#@]")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]{3,190}")


class Overtaken(Exception):
    """A colleague has changed it meanwhile."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text in one language, as the form shows it."""

    name: str
    language: str
    """Code of the language."""
    tongue: str
    """Name of the language."""
    label: str
    """What the text is; empty where the form has only one and the language says enough."""
    value: str
    most: int
    """Characters there is room for; 0 where each line is judged by itself."""
    rows: int
    """Lines that are shown; 0 for a field of one line."""
    mistake: str


@dataclass(frozen=True, slots=True)
class Block:
    """All texts of a form in one language."""

    tongue: str
    open: bool
    """Whether it is the page's own, or something stands there."""
    fields: Sequence[Field]


def text(sent: object) -> str:
    """Return what was typed, as text."""
    return clean(str(sent)).strip()


def line(sent: object) -> str:
    """Return what was typed as one line without doubled spaces."""
    return clean_line(str(sent))


def lines(sent: object) -> str:
    """Return what was typed line by line, each without doubled spaces."""
    return "\n".join(" ".join(each.split()) for each in text(sent).split("\n"))


def texts(
    sent: Mapping[str, Any], name: str, read: Callable[[object], str] = text
) -> dict[str, str]:
    """Read one text in all languages in which something stands."""
    typed = {code: read(sent.get(f"{name}-{code}", "")) for code in WRITTEN}
    return {code: words for code, words in typed.items() if words}


def wrong_texts(
    name: str, told: Mapping[str, str], most: int, *, by_line: bool = False
) -> dict[str, str]:
    """Say what is wrong with one text, by field: too long, also any line of it, or a number."""
    wrong = {}
    for code, words in told.items():
        if max(map(len, words.split("\n") if by_line else [words])) > most:
            told_most = _("Make it shorter: at most %(most)d characters.") % {"most": most}
            wrong[f"{name}-{code}"] = told_most
        elif mistake := number_mistake(words):
            wrong[f"{name}-{code}"] = mistake
    return wrong


def number_mistake(*told: str) -> str:
    """Say that somebody's identity number stands in a text; empty where none does."""
    if any(map(holds_identity_number, told)):
        return _("Take out the personal identity number.")
    return ""


def number(sent: object) -> int:
    """Return a whole number of a hidden field; 0 for what is none."""
    typed = str(sent)
    return int(typed) if _NUMBER.fullmatch(typed) else 0


def address_mistake(typed: str) -> str:
    """Say what is wrong with the address of a web page; empty where nothing is."""
    return "" if _ADDRESS.fullmatch(typed) else _("A web address begins with https://")


def page_mistake(typed: str) -> str:
    """Say what is wrong with an address that others are made from; empty where nothing is."""
    if wrong := address_mistake(typed):
        return wrong
    bare = _("Write the address alone, such as https://library.example/")
    return bare if _MORE_THAN_A_PAGE.search(typed) or not urlsplit(typed).hostname else ""


def day(typed: str) -> date | None:
    """Return the day that was typed, None where nothing was. Raises ValueError."""
    return date.fromisoformat(typed) if typed else None


def day_mistake(typed: str) -> str:
    """Say what is wrong with a day; empty where nothing is."""
    try:
        day(typed)
    except ValueError:
        return _("Write a date like 2026-12-31, or leave it empty.")
    return ""


def mark(row: Model | None, *columns: str) -> str:
    """Return a mark of how *columns* of *row* stand: it lasts until somebody changes one of them.

    A form carries it as `seen`, where its row has no number of its own that every change raises.
    """
    told = [str(getattr(row, each)) for each in columns] if row else []
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]


def must_have_seen(seen: object, now: object) -> None:
    """Let nobody overwrite what she has not *seen*; call it with the row locked. Raises Overtaken.

    *now* is the row's mark, or the number of its latest change.
    """
    if str(seen) != str(now):
        raise Overtaken


def overtaken() -> str:
    """Say that a colleague was quicker, and what saving again would do."""
    return _(
        "A colleague has changed it meanwhile, so nothing is saved yet. If you save again, your "
        "words replace theirs."
    )


def fields(
    name: str,
    told: Mapping[str, str],
    speak: Phrases,
    *,
    label: str = "",
    most: int = 0,
    rows: int = 0,
    mistakes: Mapping[str, str] | None = None,
) -> list[Field]:
    """Return the fields of one text, the language of the page first.

    What is wrong in no one language stands in *mistakes* under *name*, and is told at the first.
    """
    wrong = mistakes or {}
    ordered = sorted(WRITTEN, key=lambda code: ordinary(code) != speak.locale)
    in_none = {ordered[0]: wrong.get(name, "")}
    return [
        Field(
            f"{name}-{code}",
            code,
            speak.language_name(code),
            label,
            told.get(code, ""),
            most,
            rows,
            wrong.get(f"{name}-{code}") or in_none.get(code, ""),
        )
        for code in ordered
    ]


def blocks(speak: Phrases, *columns: Sequence[Field]) -> list[Block]:
    """Put the fields of several texts together, language by language."""
    return [
        Block(
            row[0].tongue,
            row[0].language == speak.language or any(each.value or each.mistake for each in row),
            row,
        )
        for row in zip(*columns, strict=True)
    ]
