"""Lists as libraries export them: each a file of a program that is in use, made small."""

import io
import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl

OUTLOOK_SWEDISH = (
    '"Ämne","Startdatum","Starttid","Slutdatum","Sluttid","Heldagshändelse","Påminnelse på/av",'
    '"Kategorier","Plats","Beskrivning"\r\n'
    '"Språkcafé","2027-02-11","18:00:00","2027-02-11","19:30:00","FALSKT","SANT","Möte",'
    '"Lässalen, Kvarnby bibliotek","Alla är\r\nvälkomna"\r\n'
    '"Sportlov","2027-02-22","00:00:00","2027-02-27","00:00:00","SANT","FALSKT","",'
    '"Kvarnby bibliotek",""\r\n'
).encode("cp1252")
OUTLOOK_ENGLISH = (
    b"Subject,Start Date,Start Time,End Date,End Time,All day event,Location,Show time as\r\n"
    b"Knitting,2/11/2027,6:00:00 PM,2/11/2027,7:30:00 PM,False,Kvarnby bibliotek,2\r\n"
    b"Bank holiday,3/4/2027,12:00:00 AM,3/5/2027,12:00:00 AM,True,Kvarnby bibliotek,3\r\n"
)
GOOGLE = """BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
X-WR-CALNAME:Kvarnby
X-WR-TIMEZONE:Europe/Stockholm
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;TZID=Europe/Stockholm:20270311T180000
DTEND;TZID=Europe/Stockholm:20270311T193000
RRULE:FREQ=WEEKLY;UNTIL=20270415T160000Z;BYDAY=TH
EXDATE;TZID=Europe/Stockholm:20270325T180000
UID:stick@google.com
STATUS:CONFIRMED
SUMMARY:Stickcafé\\, nivå 1
 00
LOCATION:Salen\\, Kvarnby bibliotek
DESCRIPTION:<p>Ta med <b>garn</b>&nbsp;&amp; stickor</p>
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Stockholm:20270319T180000
DTEND;TZID=Europe/Stockholm:20270319T193000
RECURRENCE-ID;TZID=Europe/Stockholm:20270318T180000
UID:stick@google.com
STATUS:CONFIRMED
SUMMARY:Stickcafé\\, flyttat till fredag
LOCATION:Kvarnby bibliotek
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID=Europe/Stockholm:20270408T180000
RECURRENCE-ID:20270408T160000Z
UID:stick@google.com
STATUS:CANCELLED
SUMMARY:Stickcafé\\, nivå 100
LOCATION:Kvarnby bibliotek
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270222
DTEND;VALUE=DATE:20270227
UID:lov@google.com
SUMMARY:Sportlov
LOCATION:Kvarnby bibliotek
END:VEVENT
BEGIN:VEVENT
DTSTART:20270701T160000Z
DTEND:20270701T170000Z
UID:utc@google.com
STATUS:TENTATIVE
SUMMARY:Sommarkväll
LOCATION:Kvarnby bibliotek
END:VEVENT
BEGIN:VEVENT
DTSTART:gibberish
UID:broken@google.com
SUMMARY:Trasig
END:VEVENT
BEGIN:VTODO
SUMMARY:Köp kaffe
END:VTODO
END:VCALENDAR
"""
OUTLOOK_CALENDAR = """BEGIN:VCALENDAR
METHOD:PUBLISH
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E008
SUMMARY;LANGUAGE=en-us:Satutunti
DTSTART;TZID=Customized Time Zone:20270211T180000
DTEND;TZID=Customized Time Zone:20270211T190000
LOCATION:Kvarnby bibliotek
END:VEVENT
BEGIN:VEVENT
UID:040000008200E00074C5B7101A82E009
SUMMARY:Lukupiiri
DTSTART;TZID=W. Europe Standard Time:20270212T180000
DURATION:PT1H30M
RRULE:FREQ=DAILY;COUNT=3
EXDATE;VALUE=DATE:20270213
LOCATION:Kvarnby bibliotek
END:VEVENT
END:VCALENDAR
"""
DANISH = (
    "Oversigt over arrangementer foråret 2027;;;;;;\r\n;;;;;;\r\n"
    "Sted;Overskrift;Dato;Tidspunkt;Målgruppe;Tilmelding;Antal pladser\r\n"
    "Kvarnby bibliotek;Fortælletime for børn;11-2-2027;kl. 10-10.30;Børn;FALSK;\r\n"
    "Kvarnby bibliotek;Læseklub;torsdag d. 18. februar 2027;19;Voksne;SAND;1.000\r\n"
    "Kvarnby bibliotek;Aflyst: Foredrag;4/3-2027;19.00;Voksne;Ja;12,0\r\n"
).encode("cp1252")
FINNISH = (
    "Kirjasto;Otsikko;Päivämäärä;Kellonaika;Kohderyhmä;Ilmoittautuminen;Paikkoja;Tila\n"
    "Kvarnby bibliotek;Satutunti;to 11.2.2027;klo 9.30-10;Lapset;EPÄTOSI;;\n"
    "Kvarnby bibliotek;Lukupiiri;11. helmikuuta 2027;18;Aikuiset;TOSI;12;Peruttu\n"
).encode("cp850")
NORWEGIAN = (
    "Bibliotek,Tittel,Dato,Klokkeslett,Slutt,Påmelding,Plasser,Rom,Språk\r\n"
    "Kvarnby bibliotek,Lørdagsbarn,13.02.2027,11:00,12:00,nei,,Scenen,nb\r\n"
    'Kvarnby bibliotek,"Språkkafé, nivå 2",tirsdag 16.2.2027,18:00,20:00,ja,"1 000",,norsk\r\n'
).encode("cp1252")
LIBCAL = (
    b"Event ID,Title,Start Date,Start Time,End Date,End Time,Campus,Location,Audience,"
    b"Registration,Seats,Status,Public URL,Owner\n"
    b"7654321,Book club,2027-02-11,6:00 PM,2027-02-11,7:30 PM,Kvarnby bibliotek,Room 2,Adults,"
    b"Yes,20,Published,https://libcal.example/event/7654321,Linnea\n"
    b"7654322,Gaming,2027-02-12,3:00 PM,2027-02-12,5:00 PM,Kvarnby bibliotek,Room 2,Teens,"
    b"No,,Cancelled,https://libcal.example/event/7654322,Linnea\n"
)
BILINGUAL = (
    "bibliotek\ttitel_sv\ttitel_fi\tbörjar\tslutar\tbeskrivning (sv)\tkuvaus (fi)\n"
    "Kvarnby bibliotek\tSagostund\tSatutunti\t2027-02-11 10:00\t10:30\tFör barn\tLapsille\n"
).encode("utf-16")
LINKED_EVENTS = json.dumps(
    {
        "meta": {"count": 2, "next": None},
        "data": [
            {
                "id": "helmet:240001",
                "name": {"fi": "Satutunti", "sv": "Sagostund"},
                "description": {"fi": "<p>Tervetuloa &amp; kuuntele</p>"},
                "start_time": "2027-02-11T07:30:00Z",
                "end_time": "2027-02-11T08:00:00Z",
                "location": {"@id": "tprek:1", "name": {"fi": "Kvarnby bibliotek"}},
                "event_status": "EventScheduled",
                "maximum_attendee_capacity": 25,
                "offers": [{"is_free": True}],
            },
            {
                "id": "helmet:240002",
                "name": {"fi": "Lukupiiri"},
                "start_time": "2027-02-12",
                "end_time": None,
                "location": {"name": {"fi": "Kvarnby bibliotek"}},
                "event_status": "EventCancelled",
            },
        ],
    }
).encode()
SCHEMA_PAGE = (
    "<!doctype html><html><head><title>Kalender</title>"
    '<script type="application/ld+json">{"@context":"https://schema.org","@graph":['
    '{"@type":"WebPage","name":"Kalender"},'
    '{"@type":"EventSeries","name":"Kodklubb","location":{"@type":"Library",'
    '"name":"Kvarnby bibliotek"},"inLanguage":"sv","url":"https://kvarnby.example/kod","subEvent":['
    '{"@type":"Event","startDate":"2027-02-11T16:00+01:00","endDate":"2027-02-11T17:00+01:00"},'
    '{"@type":"Event","startDate":"2027-02-18T16:00+01:00","endDate":"2027-02-18T17:00+01:00",'
    '"eventStatus":"https://schema.org/EventCancelled"}]},'
    '{"@type":"ExhibitionEvent","name":{"@value":"Foton","@language":"sv"},'
    '"startDate":"2027-03-01","endDate":"2027-03-31","location":[{"name":"Kvarnby bibliotek"}]}]}'
    "</script></head><body><p>…</p></body></html>"
).encode()
DRUPAL = json.dumps(
    [
        {
            "nid": "412",
            "title": "Kaffe &amp; bok",
            "field_date": "2027-02-08T10:00:00",
            "field_end_date": "2027-02-08T11:00:00",
            "field_location": "Kvarnby bibliotek",
            "field_body": "<p>V&auml;lkommen</p>",
        }
    ]
).encode()


HERE = "Kvarnby bibliotek"
SIX, SEVEN = "2027-02-11T18:00:00+01:00", "2027-02-11T19:00:00+01:00"
FEEDS: dict[str, Any] = {
    "aakb": [{"nid": "1", "title": "Kör", "date": {"start": SIX, "stop": SEVEN}, "location": HERE}],
    "google": {
        "items": [
            {
                "id": "g1",
                "summary": "Kör",
                "start": {"dateTime": SIX},
                "end": {"dateTime": SEVEN},
                "location": HERE,
            }
        ]
    },
    "wordpress": {
        "events": [
            {
                "id": 5,
                "date": "2026-11-01 10:00:00",
                "title": "Kör",
                "status": "publish",
                "all_day": False,
                "start_date": "2027-02-11 18:00:00",
                "end_date": "2027-02-11 19:00:00",
                "timezone": "Europe/Stockholm",
                "venue": {"id": 3, "venue": HERE},
            }
        ]
    },
    "drupal": {
        "data": [
            {
                "type": "node",
                "id": "u",
                "attributes": {
                    "title": "Kör",
                    "field_date": [{"value": SIX, "end_value": SEVEN}],
                    "field_location": HERE,
                },
            }
        ]
    },
    "hydra": {
        "hydra:member": [
            {
                "@id": "/events/1",
                "name": "Kör",
                "occurrences": [{"startDate": SIX, "endDate": SEVEN, "place": {"name": HERE}}],
            }
        ]
    },
}
"""Feeds of one event, by the program that makes them."""
TRONDHEIM: Any = [
    {
        "id": "a1",
        "title_nb": "Familielørdag",
        "title_en": "",
        "desc_nb": "Alle er velkommen",
        "startDate": "2027-05-15 08:30:00+00",
        "startTime": "10:30",
        "endDate": "2027-05-15 09:15:00+00",
        "eventCancelled": False,
        "eventLink": "https://events.example/1",
        "venue": {"id": "v1", "name": "Trondheim folkebibliotek, Byåsen"},
        "repetitions": [
            {
                "id": "b2",
                "startDate": "2027-05-15 11:00:00+00",
                "startTime": "13:00",
                "endDate": "2027-05-15 11:45:00+00",
                "eventCancelled": True,
                "venue": {"id": "v2", "name": "Hovedbiblioteket"},
            }
        ],
    }
]


def workbook(rows: Sequence[Sequence[Any]], other: Sequence[Sequence[Any]] = ()) -> bytes:
    """Return a workbook with *other* on its first sheet and *rows* on its second."""
    book = openpyxl.Workbook()
    for title, lines in (("Läs mig", other), ("Program", rows)):
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    del book["Sheet"]
    for cells in book["Program"].iter_rows():
        for cell in cells:
            if isinstance(cell.value, datetime):
                cell.number_format = "yyyy-mm-dd hh:mm" if cell.value.hour else "yyyy-mm-dd"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


EXCEL = workbook(
    [
        ["Program våren 2027"],
        [],
        ["Bibliotek", "Rubrik", "Datum", "Starttid", "Sluttid", "Föranmälan", "Platser", "Pris"],
        ["Kvarnby bibliotek", "Kör", datetime(2027, 2, 11), time(18), time(19, 30), True, 12.0, 0],  # noqa: DTZ001
        ["Kvarnby bibliotek", "Bio", date(2027, 2, 12), 0.75, "20.00", "Nej", None, "50 kr"],
        ["Kvarnby bibliotek", "Jazz", datetime(2027, 2, 13, 18, 30), None, None, None, 40, None],  # noqa: DTZ001
        [None, None, None],
    ],
    [["Fyll i nästa blad"]],
)
