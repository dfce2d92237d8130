"""Words of the handbook in one language: as the program says them, or written for it."""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from kiosk import places
from kiosk.i18n import phrases
from tests.house.handbook import HERE

_A_YEAR = timedelta(days=365)
_NEVER_ENGLISH = "sv"
"""A language whose catalogues have every phrase there is."""


class Unsaid(LookupError):
    """The handbook quotes what the program does not say."""


@cache
def written() -> dict[str, Any]:
    """Read the passages written for the handbook."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def _catalogue(language: str, domain: str) -> Catalog:
    with (places.LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return read_po(file, locale=language)


class Words:
    """One language of one page."""

    def __init__(self, language: str, domains: Iterable[str] = ("kiosk", "django")) -> None:
        """Take the *language*, and in which order the catalogues are asked for a label."""
        self.language = language
        """Code of the language."""
        self.phrases = phrases(language)
        """What the kiosk says in it."""
        self._domains = tuple(domains)

    def label(self, text: str) -> str:
        """Say what stands on a button or over a page as the program does; raises Unsaid."""
        for domain in self._domains:
            if (said := _said(_catalogue(_NEVER_ENGLISH, domain), text)) is None:
                continue
            if self.language == "en":
                return text
            if told := said if self.language == _NEVER_ENGLISH else self._in(domain, text):
                return told
        raise Unsaid(f"{self.language}: nobody says {text!r}")

    def say(self, name: str, **slots: object) -> str:
        """Say the passage called *name* in `words.toml`; raises KeyError."""
        told: Any = written()
        for part in name.split("."):
            told = told[part]
        return str(told[self.language]).format(**slots)

    def listing(self, parts: Iterable[str]) -> str:
        """Join *parts* as the language lists things."""
        return self.phrases.listing(parts)

    def span(self, time: timedelta) -> str:
        """Say how long *time* is, in years or days."""
        years, rest = divmod(time, _A_YEAR)
        name, many = ("years", years) if years and not rest else ("days", time.days)
        return self.say(f"span.{name}{'_one' if many == 1 else ''}", n=many)

    def _in(self, domain: str, text: str) -> str | None:
        return _said(_catalogue(self.language, domain), text)


def _said(catalogue: Catalog, text: str) -> str | None:
    """Return what *catalogue* says for *text*, in the singular; None where it does not."""
    found = [each for each in catalogue if each.id and text == _one(each.id)]
    return _one(found[0].string) if found else None


def _one(told: Any) -> str:
    return told if isinstance(told, str) else str(told[0])
