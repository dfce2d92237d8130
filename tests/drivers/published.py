"""A small library's content, as central would publish it."""

from datetime import UTC, datetime, time

from kiosk.domain.content import Branch, Content, Notice
from kiosk.domain.opening_hours import Calendar, Hours
from kiosk.domain.posting import Board, Posting, Stage
from kiosk.domain.task import Task
from kiosk.domain.workshop import Workshop

HERE = Branch(
    "ekenas",
    "Ekenäs bibliotek",
    Calendar((Hours(3, time(7), time(21)), Hours(3, time(10), time(16), staffed=True))),
)

KNITTING = Workshop(
    id="w-knit",
    title={"sv": "Stickcafé", "en": "Knitting café"},
    branch="ekenas",
    starts=datetime.fromisoformat("2026-12-03T18:00"),
    ends=datetime.fromisoformat("2026-12-03T20:00"),
    capacity=12,
    taken=3,
)
TABLETS = Workshop(
    id="w-tablet",
    title={"sv": "Surfplattan"},
    branch="karis",
    starts=datetime.fromisoformat("2026-12-01T14:00"),
    ends=datetime.fromisoformat("2026-12-15T16:00"),
)
YESTERDAY = Workshop(
    id="w-past",
    title={"sv": "Förbi"},
    branch="ekenas",
    starts=datetime.fromisoformat("2026-11-25T18:00"),
)
READING = Task(
    id="t-read",
    title={"sv": "Läsa högt", "en": "Reading aloud"},
    purpose={"sv": "Fler sagor"},
    value={"sv": "Glädje"},
    frames={"sv": "I sagorummet"},
    hours={"sv": "En timme i veckan", "en": "An hour a week"},
    library_offers=({"sv": "Handledning"},),
    library_expects=({"sv": "Att du kommer"},),
    version=4,
)
SEEDS = Posting(
    id="p-seeds",
    board=Board.IDEA,
    title={"sv": "Låna ut fröer", "en": "Seeds to borrow"},
    text={"sv": "En låda fröer att ta hem.", "en": "A box of seeds to take home."},
    stage=Stage.EXPLORED,
    so_far=7,
)
NIGHT = Posting(
    id="p-night",
    board=Board.IDEA,
    title={"sv": "Öppet hela natten", "en": "Open all night"},
    stage=Stage.NOT_TAKEN,
    reason={"sv": "Larmet går.", "en": "The alarm goes off."},
)
BOOK = Posting(
    id="p-book",
    board=Board.BOOK_TIP,
    title={"sv": "Fyren", "en": "The lighthouse"},
    text={"sv": "Jag kunde inte sluta.", "en": "I could not stop."},
    rating=5,
    nickname="Läsräven",
)
HUNT = Posting(
    id="p-hunt",
    board=Board.CHALLENGE,
    title={"sv": "Jakten", "en": "The hunt"},
    target=100,
    so_far=42,
)
LAMPS = Posting(
    id="p-lamps",
    board=Board.ANSWER,
    title={"sv": "Det är mörkt.", "en": "It is dark."},
    text={"sv": "Vi satte upp lampor.", "en": "We put up lamps."},
)

CONTENT = Content(
    branch=HERE,
    published=datetime(2026, 11, 25, 12, tzinfo=UTC),
    version="v1",
    branches=(HERE, Branch("karis", "Karis bibliotek")),
    programme=(KNITTING, TABLETS, YESTERDAY),
    tasks=(READING,),
    postings=(SEEDS, NIGHT, BOOK, HUNT, LAMPS),
    notices=(Notice({"sv": "Välkommen"}),),
)
