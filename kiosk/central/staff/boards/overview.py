"""The boards as the staff pages show them: lines of the list, and what belongs to one form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kiosk.central.boards.models import Joining, Publication
from kiosk.central.boards.queries import read_for, supports
from kiosk.central.platform import typed
from kiosk.central.staff.boards.forms import MOST, ROWS, TEXTS, PublicationForm
from kiosk.central.tenants.models import Record, Role, Staff
from kiosk.central.tenants.queries import branches as branches_of
from kiosk.central.tenants.queries import of_hers, places
from kiosk.domain.posting import STAGES, Board, ChallengeUnit
from kiosk.domain.receipt import State
from kiosk.domain.texts import in_language
from kiosk.errands.board_words import BOARD_NAMES, STAGE_NAMES
from kiosk.i18n import Phrases

BOARD_OF: Mapping[str, Board] = {
    "idea": Board.IDEA,
    "book_tip": Board.BOOK_TIP,
    "partner": Board.PARTNER,
}
"""Where a submission is published at first thought, by errand; all else becomes an answer."""


UNIT_NAMES = {
    ChallengeUnit.TIPS: gettext_lazy("Book tips that were handed in"),
    ChallengeUnit.BOOKS: gettext_lazy("Books that readers say they have read"),
    ChallengeUnit.PAGES: gettext_lazy("Pages that readers say they have read"),
}
"""What staff call the ways in which a reading challenge can count."""
_PARTICULARS = ("expected", "rating", "nickname", "target")


@dataclass(frozen=True, slots=True)
class PublicationRow:
    """One publication as the list shows it."""

    row: Publication
    """Which."""
    title: str
    """In the language of the page, or the nearest there is."""
    language: str
    """Code of the language the title is really in."""
    board: str
    """What the board is called."""
    stage: str
    """What its stage is called; empty without."""
    supporters: int
    """How many said "me too"."""
    joining: int
    """How many want to join."""
    read: int
    """What a reading challenge has added up."""


def seen_by(staff: Staff, role: Role) -> QuerySet[Publication]:
    """Select what she may see as *role*; see `of_hers`."""
    return Publication.objects.filter(of_hers(staff, role)).exclude(title={})


def may_change(row: Publication, staff: Staff) -> bool:
    """Tell whether she may change it: it is hers as a librarian."""
    return seen_by(staff, Role.LIBRARIAN).filter(pk=row.pk).exists()


def lines(rows: Iterable[Publication], speak: Phrases) -> list[PublicationRow]:
    """Put publications in words."""
    found = list(rows)
    counted = supports(found)
    waiting = Joining.objects.filter(publication__in=[row.pk for row in found])
    joined = list(_still(waiting).values_list("publication", flat=True))
    return [_line(row, sum(counted.get(row.pk, {}).values()), joined, speak) for row in found]


def _line(row: Publication, supporters: int, joined: list[Any], speak: Phrases) -> PublicationRow:
    title, language = in_language(row.title, speak.language)
    stage = STAGE_NAMES.get(row.stage)
    return PublicationRow(
        row=row,
        title=title,
        language=language,
        board=speak.say(BOARD_NAMES[row.board]),
        stage=speak.say(stage) if stage else "",
        supporters=supporters,
        joining=joined.count(row.pk),
        read=read_for(row),
    )


def boards(speak: Phrases) -> list[tuple[str, str]]:
    """List the boards with their names."""
    return [(board.value, speak.say(BOARD_NAMES[board])) for board in Board]


def form(written: PublicationForm, staff: Staff, speak: Phrases) -> dict[str, Any]:
    """Collect what the form shows: a block for each language, the page's own first."""
    labels = _labels(written.board)
    columns = [
        typed.fields(
            name,
            written.texts[name],
            speak,
            label=labels[name],
            most=MOST[name],
            rows=ROWS[name],
            mistakes=written.mistakes,
        )
        for name in TEXTS
        if _asked(written, name)
    ]
    stages = [(each.value, speak.say(STAGE_NAMES[each])) for each in STAGES.get(written.board, ())]
    wanted = {name: written.wants(name) for name in (*_PARTICULARS, "counts")}
    return {
        "written": written,
        "blocks": typed.blocks(speak, *columns),
        "stages": stages,
        "places": places(staff),
        "wanted": wanted,
        "units": [(each.value, str(UNIT_NAMES[each])) for each in ChallengeUnit],
        "board_name": speak.say(BOARD_NAMES[written.board]),
    }


def history(row: Publication, speak: Phrases) -> list[dict[str, Any]]:
    """List what was done with it, oldest first."""
    told = Record.objects.filter(subject_kind="publication", subject_id=str(row.pk))
    names = _names()
    return [
        {
            "what": names.get(each.verb, each.verb),
            "stage": speak.say(STAGE_NAMES.get(each.particulars.get("stage", ""), "")),
            "by": each.actor,
            "at": each.at,
        }
        for each in told.select_related("actor").order_by("at", "pk")
    ]


def joiners(row: Publication, staff: Staff) -> QuerySet[Joining]:
    """Select who wants to join, as far as she may read what was handed in."""
    hers = branches_of(staff, Role.LIBRARIAN)
    found = _still(Joining.objects.filter(publication=row, submission__branch__in=hers))
    return found.select_related("submission__branch").order_by("submission__captured_at")


def _still(joinings: QuerySet[Joining]) -> QuerySet[Joining]:
    """Leave out who has taken it back."""
    return joinings.exclude(submission__state=State.WITHDRAWN)


def _asked(written: PublicationForm, name: str) -> bool:
    return name != "reason" or written.wants("reason")


def _labels(board: str) -> dict[str, str]:
    """Return what the three texts are called: on the board of answers, who said and did what."""
    if board == Board.ANSWER:
        return {"title": _("You said"), "text": _("We did"), "reason": _("Why")}
    return {"title": _("Title"), "text": _("Text"), "reason": _("Why")}


def _names() -> dict[str, str]:
    return {
        "drafted": _("Written"),
        "published": _("Published"),
        "taken down": _("Taken down"),
        "moved on": _("Moved on"),
        "edited": _("Edited"),
        "erased": _("Erased by the visitor"),
    }
