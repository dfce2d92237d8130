"""The visitor's language: phrases (gettext), plurals, dates and times (Babel)."""

import gettext
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kiosk import places

LANGUAGES = {
    "sv": "Svenska",
    "da": "Dansk",
    "nb": "Norsk",
    "fi": "Suomi",
    "en": "English",
}
"""What a visitor can choose, each in its own name; English is the language of the sources."""

EASY = {"sv": "sv-simple", "da": "da-simple"}
"""The easy-to-read variant that some languages have, by language; `simple` is the registered subtag
(https://www.iana.org/assignments/language-subtag-registry)."""

DOMAIN = "kiosk"
_REGIONS = {"en": "en_GB"}
"""By whose rules dates and lists are written, where they differ from place to place."""


def ordinary(language: str) -> str:
    """Return the language of which *language* is the easy variant, or itself."""
    return language.partition("-")[0]


class Phrases:
    """Everything one language needs to speak."""

    def __init__(self, language: str) -> None:
        """Load the catalogue of *language*, one of `LANGUAGES` or `EASY`; OSError when missing.

        What an easy variant does not say in other words it says like its language.
        """
        self.language = language
        """Code of the language."""
        self.locale = ordinary(language)
        """Code of the language whose easy variant it is, or its own."""
        self._region = _REGIONS.get(self.locale, self.locale)
        self._catalogue = _catalogue(self.locale)
        if language != self.locale:
            easy = _catalogue(language)
            easy.add_fallback(self._catalogue)
            self._catalogue = easy

    def say(self, text: str, **slots: object) -> str:
        """Return the phrase *text* in this language, its named slots filled.

        Slots are filled in after translation, so nothing a visitor typed is ever read as a slot.
        """
        if not text:
            return ""
        spoken = self._catalogue.gettext(text)
        return spoken.format(**slots) if slots else spoken

    def count(self, one: str, many: str, n: int, **slots: object) -> str:
        """Return the form for *n* of a phrase with singular and plural; `{n}` is the number."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **slots)

    def day(self, day: date) -> str:
        """Write a date in full with its weekday, without the year: `torsdag 26 november`."""
        pattern = {"en": "EEEE d MMMM", "sv": "EEEE d MMMM", "fi": "cccc d. MMMM"}.get(
            self.locale, "EEEE d. MMMM"
        )
        return str(self._babel().format_date(day, pattern, locale=self._region))

    def short_day(self, day: date) -> str:
        """Write a date short, with weekday: `tors 26 nov.`."""
        pattern = {"en": "EEE d MMM", "sv": "EEE d MMM", "fi": "ccc d.M."}.get(
            self.locale, "EEE d. MMM"
        )
        return str(self._babel().format_date(day, pattern, locale=self._region))

    def month(self, day: date) -> str:
        """Write a month with its year: `december 2026`."""
        return str(self._babel().format_date(day, "LLLL y", locale=self._region))

    def short_weekday(self, number: int) -> str:
        """Name a day of the week, Monday being 0, as the head of a column: `mån`."""
        names = self._babel().get_day_names("abbreviated", "stand-alone", self._region)
        return str(names[number]).removesuffix(".")

    def clock(self, moment: datetime) -> str:
        """Write a time of day with the language's own separator: `18:00`, Danish `18.00`."""
        pattern = "H.mm" if self.locale in {"da", "fi"} else "HH:mm"
        return str(self._babel().format_time(moment, pattern, locale=self._region))

    def moment(self, moment: datetime) -> str:
        """Write date and time of day."""
        return f"{self.day(moment)} {self.clock(moment)}"

    def dated(self, told: str) -> str:
        """Write a date with its year, or a month where *told* (ISO 8601) has no day."""
        whole = len(told) > len("2026-11")
        day = date.fromisoformat(told if whole else f"{told}-01")
        pattern = "long" if whole else "LLLL y"
        return str(self._babel().format_date(day, pattern, locale=self._region))

    def listing(self, parts: Iterable[str]) -> str:
        """Join *parts* the way the language lists things: `a, b och c`."""
        from babel.lists import format_list

        return format_list(list(parts), locale=self._region)

    def language_name(self, code: str) -> str:
        """Name the language *code* as one does in this one: `finska`; the code where unknown."""
        from babel import Locale

        known = Locale.parse(self._region).languages
        if code in EASY.values():
            return self.say("{language}, easy to read", language=known[ordinary(code)])
        return str(known.get(code, code))

    @staticmethod
    def _babel() -> Any:
        """Import Babel's dates when first needed: 48 ms that the first frame does not wait for."""
        from babel import dates

        return dates


def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, places.LOCALE, [language])


@lru_cache(maxsize=len(LANGUAGES) + len(EASY))
def phrases(language: str) -> Phrases:
    """Return the phrases of *language*; an unknown code speaks English."""
    return Phrases(language if language in {*LANGUAGES, *EASY.values()} else "en")
