"""Headings: which column a list means, in five languages and as programs export them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from kiosk.central.imports.lists.record import Heading
from kiosk.domain.text import clean_line
from kiosk.i18n import LANGUAGES

COLUMNS = (
    "branch",
    "title",
    "starts",
    "starts_time",
    "ends",
    "ends_time",
    "all_day",
    "place",
    "about",
    "audience",
    "drop_in",
    "sign_up",
    "capacity",
    "status",
    "cancelled",
    "language",
    "spoken",
    "timezone",
    "uid",
    "source",
)
"""Our names of what a list can tell; their order does not matter, others are left alone."""

NEEDED = ("title", "starts")
"""Without these there is no entry; a branch can be chosen on the page."""

BY_LANGUAGE = frozenset({"title", "about"})
"""Columns that a list may have once for each language."""

WORDS: Mapping[str, str] = {
    "branch": "bibliotekavdeling vilketbibliotek hvilketbibliotek kirjastonnimi "
    "branch library bibliotek bibliotekfilial filial enhet biblioteksfilial "
    "kirjasto toimipiste avdeling afdeling biblioteksenhet campus branchname lokalbibliotek",
    "title": "aktivitetensnamn evenemangetsnamn arrangementetsnamn namnpåevenemang "
    "aktivitetsnamn arrangementetsnavn tapahtumannimitys programnamn "
    "title titel tittel otsikko rubrik overskrift namn navn nimi name subject ämne emne "
    "aihe summary evenemang evenemangsnamn arrangement arrangementsnavn begivenhed aktivitet "
    "tapahtuma tapahtumannimi event eventname eventtitle headline programpunkt programpost",
    "starts": "datumfrån datumochtid datumtid startdatumochtid fradato from eventstart "
    "datestart eventstartdate startdateandtime fieldeventdatevalue datoogtid "
    "alkamispäiväjaaika startdatoogtid datoogtid alkamispvm "
    "starts start startdate startdatetime starttimestamp dtstart begin begins datum dato "
    "date päivä päivämäärä pvm startdatum startdato alkupäivä alkamispäivä alkaa alkupvm "
    "aloituspäivä börjar begynner frånochmed fra från fromdate eventdate när når milloin "
    "startsat starttidpunkt alkamisajankohta fieldeventdate fielddate",
    "starts_time": "tidfrån tidfra frakl fråkl frånkl starttidkl alkaaklo "
    "startstime starttime time tid klockslag tidspunkt klokkeslett klokkeslæt "
    "starttid starttidspunkt aika kellonaika kello alkamisaika alkuaika aloitusaika klo kl kloc "
    "fromtime begintime klockan klokken",
    "ends": "stop stopdate "
    "datumtill tildato to eventend dateend eventenddate slutdatumochtid päättymispvm "
    "sluttdatoogtid slutdatoogtid "
    "ends end enddate enddatetime dtend slut slutt slutdatum slutdato sluttdato loppu "
    "loppupäivä päättymispäivä päättyy loppuu loppupvm slutar slutter tillochmed til till todate "
    "endsat sluttidpunkt lopetuspäivä endtimestamp",
    "ends_time": "tidtill tidtil tilkl tillkl päättyyklo "
    "endstime endtime sluttid slutttid sluttidspunkt slutttidspunkt loppuaika "
    "päättymisaika lopetusaika totime",
    "all_day": "allday alldayevent heldag heldagshändelse heladagen heledagen "
    "heldagshendelse heldagsbegivenhed kokopäivä kokopäiväntapahtuma",
    "place": "var hvor missä lokation venuename rumlokal lokalrum "
    "place location plats sted rom rum lokal lokale sal sali paikka sijainti tila huone "
    "room venue placering plassering mötesplats placename locationname",
    "about": "desc fulldescription longdescription "
    "about description beskrivning beskrivelse kuvaus ingress text tekst teksti body "
    "notes details sammanfattning resumé shortdescription kortbeskrivning omtale lisätiedot info",
    "audience": "aldersgruppe aldersgrupp åldersgrupp ikäryhmä "
    "audience målgrupp målgruppe kohderyhmä målgrupper målgrupperna ålder alder ikä "
    "agegroup ages för kenelle targetaudience",
    "drop_in": "dropin dropinn ilmanilmoittautumista",
    "sign_up": "anmälningskrävs kräveranmälan påmeldingkreves kreverpåmelding "
    "vaatiiilmoittautumisen ilmoittautuminenvaaditaan krævertilmelding "
    "requiresregistration förhandsanmälan "
    "signup registration anmälan anmälning tilmelding påmelding ilmoittautuminen "
    "bokning booking varaus registrationrequired anmälankrävs tilmeldingpåkrævet föranmälan "
    "forhåndspåmelding",
    "capacity": "antal makspladser maksantal maksdeltakere maxdeltagare maxdeltagere maxcapacity "
    "maxseats maxosallistujat osallistujamääräenintään maxosallistujamäärä "
    "antalldeltakere "
    "capacity seats antalplatser platser antalpladser pladser antallplasser plasser "
    "paikkoja paikkamäärä paikat kapasitet kapacitet kapasiteetti maxantal maxantaldeltagare "
    "antaldeltagare deltakerantall maxplatser maksdeltagere makspladser maksantall "
    "osallistujamäärä registrationlimit maximumattendeecapacity "
    "enimmäismäärä seatsavailable maxattendees",
    "status": "status state tilanne eventstatus tillstånd",
    "cancelled": "eventcancelled "
    "cancelled canceled inställd inställt aflyst avlyst peruttu peruutettu avbokad "
    "iscancelled",
    "language": "language lang titlelanguage titelspråk inlanguage språk sprog kieli langcode",
    "spoken": "spoken spokenlanguage spokenlanguages talspråk talesprog puhuttukieli",
    "timezone": "timezone tidszon tidszone tidssone aikavyöhyke tz",
    "uid": "nid uuid icaluid "
    "uid id identifier eventid evenemangsid arrangementsid begivenhedsid tapahtumaid "
    "tapahtumanid guid externalid atid",
    "source": "eventlink "
    "source url link länk lenke linkki källa kilde lähde webbadress webbsida eventurl "
    "publicurl webpage permalink verkkosivu hemsida hjemmeside infourl",
}
"""For each column the headings people and programs give it, in small letters without blanks."""

_NOT_A_LETTER = re.compile(r"[\W_]+")
_MEANT = {
    _NOT_A_LETTER.sub("", word): column for column, words in WORDS.items() for word in words.split()
}
_OF_A_LANGUAGE = re.compile(rf"^(.*?)[\s_.:/(\[-]+({'|'.join(LANGUAGES)}|no|se|dk)[)\]]?$")
_CODES = {"no": "nb", "se": "sv", "dk": "da"}
_REMARK = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_MOST_WRITTEN = 80
_VAGUE = {
    *(
        "date",
        "datum",
        "dato",
        "päivä",
        "päivämäärä",
        "pvm",
        "time",
        "name",
        "namn",
        "navn",
        "nimi",
    ),
    *("id", "url", "link", "text", "info"),
}
"""Headings that give way to one that says the same more exactly."""


def heading(written: str) -> Heading:
    """Tell what one heading means."""
    shown = clean_line(written)[:_MOST_WRITTEN]
    plain = shown.casefold()
    column = _column(plain)
    if column:
        return Heading(shown, column)
    suffixed = _OF_A_LANGUAGE.match(plain)
    if suffixed and (column := _column(suffixed[1])) in BY_LANGUAGE:
        return Heading(shown, column, _CODES.get(suffixed[2], suffixed[2]))
    return Heading(shown, _column(_REMARK.sub("", plain)))


def _column(plain: str) -> str:
    return _MEANT.get(_NOT_A_LETTER.sub("", plain), "")


def understood(cells: Iterable[str]) -> list[Heading]:
    """Tell what the headings of a row mean; `time` alone is when it starts, with its date."""
    found = [heading(cell) for cell in cells]
    columns = {each.column for each in found}
    lone = {"starts_time": "starts", "ends_time": "ends"}
    return [
        Heading(each.written, lone[each.column])
        if each.column in lone and lone[each.column] not in columns and _tells_a_date(each)
        else each
        for each in found
    ]


def _tells_a_date(each: Heading) -> bool:
    """Tell whether a heading of a time may stand for the whole moment, as feeds name it."""
    return _NOT_A_LETTER.sub("", each.written.casefold()) in {
        "starttime",
        "endtime",
        "starttid",
        "sluttid",
        "tid",
        "time",
        "aika",
    }


def repeated(headings: Sequence[Heading]) -> list[int]:
    """List the places of headings that mean what another means already, the vaguer of them.

    A feed may tell by `date` when it was written, and by `start_date` when it takes place.
    """
    kept: dict[tuple[str, str], int] = {}
    found = []
    for place, each in enumerate(headings):
        meaning = (each.column or each.written.casefold(), each.language)
        earlier = kept.get(meaning)
        if not meaning[0] or earlier is None:
            kept[meaning] = place
        elif _vague(headings[earlier]) and not _vague(each):
            found.append(earlier)
            kept[meaning] = place
        else:
            found.append(place)
    return sorted(found)


def _vague(each: Heading) -> bool:
    return _NOT_A_LETTER.sub("", each.written.casefold()) in _VAGUE


def score(headings: Sequence[Heading]) -> int:
    """Tell how sure it is that these are headings: how many columns they name."""
    return len({each.column for each in headings if each.column})
