"""Words in the cells of a list, in five languages: yes and no, for whom, what state, how many."""

import re
from collections.abc import Mapping

from kiosk.central.imports.lists.fault import ListFault, Unclear
from kiosk.domain.text import name_key
from kiosk.domain.workshop import AUDIENCES

MOST_SEATS = 10_000

_YES: Mapping[str, str] = {
    "sv": "ja j sant obligatorisk krävs ja,krävs anmälan föranmälan",
    "da": "ja sand påkrævet tilmelding nødvendig kræves",
    "nb": "ja sann påkrevd påmelding kreves",
    "fi": "kyllä k tosi vaaditaan tarvitaan ilmoittautuminen",
    "en": "yes y true required",
    "": "x 1 on",
}
_NO: Mapping[str, str] = {
    "sv": "nej n falskt krävs.ej ingen.anmälan utan.anmälan",
    "da": "nej falsk ingen.tilmelding uden.tilmelding",
    "nb": "nei usann ingen.påmelding uten.påmelding",
    "fi": "ei epätosi ei.vaadita ei.tarvita ei.ilmoittautumista",
    "en": "no false none not.required",
    "": "0 - – off drop-in drop.in dropin",
}
_AUDIENCE: Mapping[str, Mapping[str, str]] = {
    "sv": {
        "children": "barn",
        "families": "familjer familj hela.familjen barnfamiljer",
        "young": "unga ungdom ungdomar",
        "adults": "vuxna vuxen",
        "seniors": "seniorer äldre",
        "everyone": "alla allmänheten",
    },
    "da": {
        "children": "børn",
        "families": "familier familie hele.familien",
        "young": "unge",
        "adults": "voksne voksen",
        "seniors": "ældre",
        "everyone": "alle",
    },
    "nb": {
        "children": "barn barna",
        "families": "familier familie hele.familien barnefamilier",
        "young": "unge ungdom ungdommer",
        "adults": "voksne voksen",
        "seniors": "eldre",
        "everyone": "alle",
    },
    "fi": {
        "children": "lapset lapsille",
        "families": "perheet perheille koko.perhe koko.perheelle lapsiperheet",
        "young": "nuoret nuorille",
        "adults": "aikuiset aikuisille",
        "seniors": "seniorit ikäihmiset senioreille",
        "everyone": "kaikki kaikille",
    },
    "en": {
        "children": "child kids",
        "families": "family",
        "young": "youth teens",
        "adults": "adult",
        "seniors": "",
        "everyone": "all everybody",
    },
    "": {each: each for each in AUDIENCES} | {"seniors": "seniors senior"},
}
_CANCELLED = (
    "inställt inställd inställda ställs.in avbokad avlyst aflyst aflyses avlyses peruttu "
    "peruutettu perutaan cancelled canceled eventcancelled"
)
_HAPPENING = (
    "confirmed published publish active scheduled eventscheduled open publicerad publicerat "
    "bekräftad "
    "planerad aktiv godkänd öppen bokningsbar som.planerat genomförs publiceret bekræftet planlagt "
    "aktiv publisert bekreftet åpen åben julkaistu vahvistettu avoin voimassa ok "
    "fullbokad fullbokat fuldt.booket fullbooket fullbooked full.booked täynnä udsolgt utsolgt "
    "sold.out full 1 eventrescheduled eventmovedonline flyttad framflyttad flyttet flyttat "
    "rescheduled moved siirretty"
)
_UNSURE = "0 tentative draft utkast udkast utkast kladde preliminär foreløbig luonnos alustava"
_POSTPONED = "postponed eventpostponed uppskjuten uppskjutet udsat udskudt utsatt lykätty"
_WITHOUT_LIMIT = frozenset(
    "- – obegränsat obegränsad ubegrænset ubegrenset rajaton rajoittamaton unlimited "
    "ej.begränsat no.limit".replace(".", "\xa0").split(" ")
)


def _words(*told: str) -> frozenset[str]:
    return frozenset(word.replace(".", " ") for each in told for word in each.split())


_ALL_YES, _ALL_NO = _words(*_YES.values()), _words(*_NO.values())
_AUDIENCE_OF = {
    word: audience
    for of_language in _AUDIENCE.values()
    for audience, words in of_language.items()
    for word in _words(words)
}
_STATUS: Mapping[str, bool | ListFault] = {
    **dict.fromkeys(_words(_HAPPENING), False),
    **dict.fromkeys(_words(_CANCELLED, _POSTPONED), True),
    **dict.fromkeys(_words(_UNSURE), ListFault.UNSURE),
}
_SIGNS = r"inst[äa]lld[at]?|inst[äa]llt|aflyst|avlyst|peruttu|peruutettu|cancell?ed"
_CALLED_OFF = re.compile(
    rf"^\W*(?:{_SIGNS})\s*(?:[:!\])–—]|\s-)+\s*|[\s:–—-]*[(\[]\s*(?:{_SIGNS})\s*[!)\]]+\s*$"
    rf"|\s*[–—:-]\s*(?:{_SIGNS})\s*!*\s*$",
    re.IGNORECASE,
)
_CALLED_OFF_ALOUD = re.compile(
    r"^(?:INSTÄLL(?:T|D|DA)|AFLYST|AVLYST|PERUTTU|PERUUTETTU|CANCELL?ED)\b[\s!]+(?=\S)"
)


def yes(written: str) -> bool:
    """Read yes or no. Raises Unclear."""
    word = name_key(written).rstrip(".!")
    if word in _ALL_YES or word in _ALL_NO:
        return word in _ALL_YES
    raise Unclear(ListFault.NOT_YES_OR_NO)


def seats(written: str) -> int:
    """Read a whole number as people and spreadsheets write it, 0 for no limit. Raises Unclear."""
    word = name_key(written)
    digits = re.sub(r"(?<=\d)[ .,'’](?=\d{3}(?!\d))", "", re.sub(r"[.,]0{1,2}$", "", word))
    if word in _WITHOUT_LIMIT:
        return 0
    if not re.fullmatch(r"[0-9]{1,5}", digits) or int(digits) > MOST_SEATS:
        raise Unclear(ListFault.NOT_A_NUMBER)
    return int(digits)


def audience(written: str) -> str:
    """Return one of `AUDIENCES`, or the words themselves."""
    return _AUDIENCE_OF.get(name_key(written), written)


def called_off(written: str) -> bool:
    """Read a status: whether it was called off. Raises Unclear for one that does not say."""
    word = name_key(written.rpartition("/")[2]).rstrip(".!")
    told = _STATUS.get(word, ListFault.STATUS_UNKNOWN)
    if isinstance(told, ListFault):
        raise Unclear(told)
    return told


def says_called_off(written: str) -> bool:
    """Tell whether a cell of another kind says nothing but that it was called off."""
    return _STATUS.get(name_key(written)) is True


def without_mark(title: str) -> tuple[str, bool]:
    """Return a title without the word before or after it that calls the event off, and if so."""
    bare = _CALLED_OFF.sub("", title, count=1)
    bare = _CALLED_OFF_ALOUD.sub("", bare, count=1) if bare == title else bare
    return (bare, True) if bare and bare != title else (title, False)


def words_of(language: str) -> frozenset[str]:
    """Return the words for yes, no and for whom of a language; programs all say true and no."""
    told = () if language == "en" else (_YES[language], _NO[language])
    return _words(*told, *_AUDIENCE[language].values())
