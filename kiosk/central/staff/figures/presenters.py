"""Words of the figures: what was counted, as the staff page says it."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kiosk.central.figures.hiding import hidden_by_name, shown, together
from kiosk.central.figures.queries import Summary
from kiosk.central.guide.national import DENMARK, SWEDEN, national
from kiosk.domain.figures import What
from kiosk.domain.texts import text_for
from kiosk.errands import NAMED
from kiosk.errands.correction import CORRECTION
from kiosk.i18n import Phrases


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """How often one errand was begun, and what came of it."""

    title: str
    begun: int
    finished: int
    left: list[tuple[str, str]]
    """Questions at which it was left, the most frequent first, with how often."""


@dataclass(frozen=True, slots=True)
class GuideRow:
    """How often one need was asked about, whom people were sent to, and whether it helped."""

    title: str
    asked: str
    sent_to: list[tuple[str, str]]
    """Who helps, the most frequent first, with how often."""
    solved: str
    unsolved: str


def errand_rows(told: Summary, phrases: Phrases) -> list[ErrandRow]:
    """List the errands, the most begun first."""
    begun = {about: many for (what, about), many in told.about.items() if what == What.BEGUN}
    return [
        ErrandRow(
            title=_title(name, phrases),
            begun=many,
            finished=told.about[What.FINISHED, name],
            left=_left(told, name, phrases),
        )
        for name, many in Counter(begun).most_common()
    ]


def guide_rows(told: Summary, phrases: Phrases) -> list[GuideRow]:
    """List the needs, the most frequent first; the page tells what all of them add up to."""
    needs: dict[str, Counter[str]] = {}
    for (what, about), many in told.about.items():
        if what == What.GUIDE:
            name, _slash, way = about.partition("/")
            needs.setdefault(name, Counter())[way.rpartition("/")[2]] += many
    shared = hidden_by_name({(name, who): n for name in needs for who, n in needs[name].items()})
    return [
        GuideRow(
            title=_need(name, phrases.language),
            asked=together([shared[name, who] for who in sent_to], sent_to.total()),
            sent_to=[(_contact(who), shared[name, who]) for who, _many in sent_to.most_common()],
            solved=shown(_sum(told, What.SOLVED, name)),
            unsolved=shown(_sum(told, What.UNSOLVED, name)),
        )
        for name, sent_to in sorted(needs.items(), key=lambda each: -each[1].total())
    ]


def help_rows(told: Summary, phrases: Phrases) -> list[tuple[str, str]]:
    """List where help was asked for, the most frequent first: an errand's question, or a screen."""
    asked = Counter({about: n for (what, about), n in told.about.items() if what == What.HELP})
    told_of = hidden_by_name(dict(asked.most_common()))
    return [(_place(about, phrases), many) for about, many in told_of.items()]


def _place(about: str, phrases: Phrases) -> str:
    errand, slash, question = about.partition("/")
    if not slash:
        return _screen(about)
    return f"{_title(errand, phrases)}: {_question(errand, question, phrases)}"


def _title(errand: str, phrases: Phrases) -> str:
    known = {**NAMED, CORRECTION.name: CORRECTION}
    return phrases.say(known[errand].title) if errand in known else errand


def _screen(name: str) -> str:
    """Name a screen of the kiosk that is no question of an errand."""
    known = {
        "resting": _("The first screen"),
        "home": _("The screen with all errands"),
        "programme": _("The programme"),
        "workshop": _("One workshop"),
        "receipt": _("The receipt"),
        "phonecode": _("The code for a phone"),
        "followup": _("Typing the code"),
        "followed": _("What has become of an errand"),
        "guide": _("Find the right help"),
        "helpcard": _("Who can help"),
        "postings": _("A board"),
        "posting": _("One page of a board"),
        "highlights": _("What happens here"),
        "questionnaires": _("Questions of the library"),
        "correctable": _("Change an answer"),
        "confirm": _("Are you sure?"),
        "stillthere": _("Are you still there?"),
        "outoforder": _("Out of order"),
        "technician": _("The technician's page"),
        "help": _("Help"),
    }
    return known.get(name, name)


def language_rows(told: Summary, phrases: Phrases) -> list[tuple[str, str]]:
    """List the languages of visits, the most frequent first."""
    return [
        (phrases.language_name(code) if code else _("Unknown"), many)
        for code, many in hidden_by_name(dict(told.languages.most_common())).items()
    ]


def _left(told: Summary, errand: str, phrases: Phrases) -> list[tuple[str, str]]:
    found: Counter[str] = Counter()
    for (what, about), many in told.about.items():
        name, _slash, question = about.partition("/")
        if what == What.ABANDONED and name == errand:
            found[_question(errand, question, phrases)] += many
    return list(hidden_by_name(dict(found.most_common())).items())


def _question(errand: str, name: str, phrases: Phrases) -> str:
    if name == "review":
        return _("Looking through the answers")
    asked = NAMED[errand].question(name) if errand in NAMED else None
    return phrases.say(asked.ask) if asked else name


def _sum(told: Summary, wanted: What, need: str) -> int:
    return sum(
        many
        for (what, about), many in told.about.items()
        if what == wanted and about.split("/")[0] == need
    )


def _need(name: str, language: str) -> str:
    found = national(SWEDEN).need(name)
    return text_for(found.title, language) if found else name


def _contact(name: str) -> str:
    if name == "library":
        return _("The library")
    known = {each.id: each.name for at in (SWEDEN, DENMARK) for each in national(at).contacts}
    return known.get(name, name)
