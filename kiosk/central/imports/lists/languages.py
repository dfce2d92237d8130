"""Languages: read from a cell, and told by the words that only one of them has."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from babel import Locale

from kiosk.central.imports.lists.fault import ListFault, Unclear
from kiosk.central.imports.lists.vocabulary import words_of
from kiosk.domain.text import clean_line, name_key
from kiosk.i18n import LANGUAGES

_FUNCTION_WORDS: Mapping[str, str] = {
    "sv": "och för på till med en ett är från vi vid eller hur att samt åt",
    "da": "og for på til med en et er fra vi ved eller hvordan at samt børn hvad bliver",
    "nb": "og for på til med en et er fra vi ved eller hvordan å samt barn hva blir",
    "fi": "ja tai sekä on kanssa kirjastossa lapsille kaikille aikuisille satutunti lukupiiri "
    "kirjasto vanhemmille",
    "en": "and for the with of a an is from at or how to in",
}
_FEWEST = 2
"""Words that it takes to tell a language."""
_NAMES = {
    name_key(name): language
    for language in LANGUAGES
    for reader in LANGUAGES
    for name in [str(Locale(reader).languages.get(language, ""))]
}
_CODES = {"no": "nb", "nn": "nb", "se": "sv", "dk": "da", "norsk": "nb", "bokmål": "nb"}


def languages(written: str) -> tuple[str, ...]:
    """Read the languages that kiosks speak from codes or names. Raises Unclear for another."""
    found = [_language(each) for each in re.split(r"[,;/&+]| och | og | ja | and ", written)]
    return tuple(dict.fromkeys(found))


def _language(written: str) -> str:
    word = name_key(written)
    code = re.split(r"[-_]", word)[0]
    found = _NAMES.get(word) or _CODES.get(word) or _CODES.get(code) or code
    if found not in LANGUAGES:
        raise Unclear(ListFault.NO_LANGUAGE)
    return found


def language_of(texts: Iterable[str], otherwise: str) -> str:
    """Tell in which language most words of *texts* are that only one language has."""
    votes: Counter[str] = Counter()
    for text in texts:
        for word in re.findall(r"\w+", clean_line(text).casefold()):
            votes.update(_SPOKEN_IN.get(word, ()))
    likely = [*votes.most_common(2), ("", 0), ("", 0)]
    sure = likely[0][1] >= max(_FEWEST, likely[1][1] + 1, 2 * votes[otherwise])
    return likely[0][0] if sure else otherwise


def _speakers() -> dict[str, tuple[str, ...]]:
    """Name the languages of each word that not all of them share."""
    of: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for word in words_of(language) | set(_FUNCTION_WORDS[language].split()):
            of.setdefault(word, set()).add(language)
    return {word: tuple(sorted(spoken)) for word, spoken in of.items() if len(spoken) < 3}


_SPOKEN_IN = _speakers()
