"""Results in words: bars, averages and texts for the page, and the same as rows of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.central.figures.hiding import LEAST_SHOWN, hidden, shown
from kiosk.central.platform.sheets import Cell
from kiosk.central.questionnaires.results import QuestionTally, Results, Said
from kiosk.central.staff.questionnaires.overview import KIND_NAMES
from kiosk.domain.errand import Kind
from kiosk.domain.questionnaire import WORDS
from kiosk.domain.texts import text_for
from kiosk.errands.questions import QUESTIONS
from kiosk.errands.wording import FACES
from kiosk.i18n import Phrases

COLUMNS = ("question", "asked", "answer", "many", "average")


@dataclass(frozen=True, slots=True)
class Bar:
    """One choice or face, and how often it was picked."""

    label: str
    many: str
    """As `hiding` writes it."""
    length: int
    """Hundredths of all who answered; 0 where the number is small."""


@dataclass(frozen=True, slots=True)
class QuestionResults:
    """One question as the page shows it."""

    ask: str
    kind: str
    answered: str
    bars: Sequence[Bar]
    average: float | None
    """None without one, where too few have answered, and where it would give a number away."""
    most: int
    """The best that an average can be; 0 where there is none."""
    texts: Sequence[Said]
    is_text: bool
    earlier: int
    """The last version that asked it, where it is asked no longer; else 0."""


def blocks(told: Results, version: int, speak: Phrases) -> list[QuestionResults]:
    """Put every question in words; *version* is asked now."""
    return [_block(each, version, speak) for each in told.tallies]


def _block(tally: QuestionTally, version: int, speak: Phrases) -> QuestionResults:
    kind, bars = Kind(tally.asked.kind), _bars(tally, speak)
    enough = tally.answered >= LEAST_SHOWN and all(bar.many.isdecimal() for bar in bars)
    scale = kind in (Kind.FACES, Kind.NUMBER)
    asked = text_for(tally.asked.ask, speak.language)
    if tally.asked.name == WORDS:
        asked = speak.say(QUESTIONS.questions[-1].ask)
    return QuestionResults(
        ask=asked,
        kind=str(KIND_NAMES[kind]),
        answered=shown(tally.answered),
        bars=bars,
        average=round(tally.average, 1) if scale and enough else None,
        most=max(FACES) if kind is Kind.FACES else 0,
        texts=tally.texts,
        is_text=kind in (Kind.TEXT, Kind.LONG_TEXT),
        earlier=tally.last_version if tally.last_version < version else 0,
    )


def _bars(tally: QuestionTally, speak: Phrases) -> list[Bar]:
    if tally.asked.kind == Kind.FACES:
        labels = [(face, speak.say(FACES[face])) for face in sorted(FACES, reverse=True)]
    else:
        texts = (text_for(each.label, speak.language) for each in tally.asked.choices)
        labels = list(enumerate(texts))
    counts = [tally.picked[place] for place, _label in labels]
    alone = tally.asked.kind != Kind.CHOICES
    told = hidden(counts, tally.answered) if alone else list(map(shown, counts))
    return [
        Bar(label, many, 100 * count // tally.answered if many == str(count) and count else 0)
        for (_place, label), count, many in zip(labels, counts, told, strict=True)
    ]


def rows(told: Results, version: int, speak: Phrases, *, own_words: bool) -> Iterator[list[Cell]]:
    """Yield the rows of the file: each question with all who answered, then what they answered."""
    for number, block in enumerate(blocks(told, version, speak), start=1):
        average: Cell = "" if block.average is None else block.average
        yield [str(number), block.ask, "", block.answered, average]
        for bar in block.bars:
            yield [str(number), block.ask, bar.label, bar.many, ""]
        for said in block.texts if own_words else ():
            yield [str(number), block.ask, said.text, "", ""]
