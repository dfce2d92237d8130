"""What the declarations tell staff: who may do what, states, rules of seats, boards and figures."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from kiosk.central.devices.alarms import REMEDIES, WORDS
from kiosk.central.figures.hiding import LEAST_SHOWN
from kiosk.central.imports.lists.headings import COLUMNS, NEEDED
from kiosk.central.run.page_urls import urlpatterns
from kiosk.central.staff.access import OPENED_BY, named
from kiosk.central.staff.boards.forms import NEEDS_REASON
from kiosk.central.staff.boards.overview import UNIT_NAMES
from kiosk.central.staff.frame import WAYS
from kiosk.central.staff.handbook.reading import anchor
from kiosk.central.staff.inbox.forms import MOST
from kiosk.central.staff.inbox.rows import STATE_LABELS
from kiosk.central.staff.notices.forms import LONGEST
from kiosk.central.staff.notifications.views import LETTERS
from kiosk.central.staff.questionnaires.forms import MOST_QUESTIONS
from kiosk.central.staff.questionnaires.overview import KIND_NAMES
from kiosk.central.staff.seats.words import REASONS, STANDINGS
from kiosk.central.tenants.models import Role
from kiosk.central.tenants.queries import ENOUGH
from kiosk.domain.errand import Errand, Kind
from kiosk.domain.figures import What
from kiosk.domain.lease import DECIDED_BEFORE, SHARE_PERCENT
from kiosk.domain.posting import STAGES, Board
from kiosk.domain.questionnaire import KINDS
from kiosk.domain.retention import RULES, USUAL
from kiosk.errands import NAMED
from kiosk.errands.board_words import BOARD_NAMES, STAGE_NAMES
from kiosk.errands.receipt_words import STATES
from tests.house.handbook import visitors
from tests.house.handbook.composing import Told, bullets, table
from tests.house.handbook.words import Words, written

ROLES = (Role.READER, Role.LIBRARIAN, Role.CHIEF, Role.TECHNICIAN)
"""In the order of the table: from the fewest rights to the most, then whoever has others."""
_MAY, _MAY_NOT = "●", "–"


def guarded() -> dict[str, tuple[Role, ...]]:
    """Return as which roles each page is opened, by the name of its address."""
    found = {}
    for each in urlpatterns:
        roles = OPENED_BY.get(named(each.callback))
        if roles is not None and each.name is not None:
            found[each.name] = roles
    return found


def rights() -> Iterator[tuple[str, tuple[Role, ...]]]:
    """Yield what one may do, by its name in `words.toml`, and as which roles; each once.

    Pages that are steps of one thing name it in place of words of their own.
    """
    pages = guarded()
    seen: dict[str, tuple[Role, ...]] = {}
    for name in written()["may"]:
        whole = written()["may"][name]
        if isinstance(whole, str):
            if pages[name] != seen[whole]:
                raise ValueError(f"{name} is no step of {whole}: other roles open it")
            continue
        seen[name] = pages[name] if name in pages else _by_way(name)
        yield name, seen[name]


def _by_way(name: str) -> tuple[Role, ...]:
    """Return as which roles one sees the way to a page that guards itself."""
    return next(tuple(roles) for address, _label, roles in WAYS if address.startswith(name))


def roles(words: Words) -> str:
    """Draw who may do what."""
    rows = []
    for name, opened_by in rights():
        acting = {each for role in opened_by for each in ENOUGH[role]}
        rows.append(
            [words.say(f"may.{name}"), *(_MAY if each in acting else _MAY_NOT for each in ROLES)]
        )
    return table([words.say("head.may"), *(_central(each.label, words) for each in ROLES)], rows)


def ways(words: Words) -> str:
    """List the sections, each with who sees it."""
    rows = []
    for _name, label, seen_by in WAYS:
        acting = {each for role in seen_by for each in ENOUGH[role]}
        who = words.listing(_central(e.label, words).lower() for e in ROLES if e in acting)
        rows.append([f"**{_central(label, words)}**", who])
    return table([words.say("head.section"), words.say("head.who")], rows)


def states(words: Words) -> str:
    """Tell what staff call each state, and what the visitor reads meanwhile."""
    rows = [
        [_central(label, words), words.phrases.say(STATES[state])]
        for state, label in STATE_LABELS.items()
    ]
    return table([words.say("head.staff"), words.say("head.visitor")], rows)


def errands(words: Words) -> str:
    """List the errands: what they are called in the inbox, and how long each is kept."""
    rows = [_errand(each, words) for each in NAMED.values()]
    heads = ("noun", "tile", "answered", "unanswered", "withdrawn")
    return table([words.say(f"head.{each}") for each in heads], rows)


def _errand(errand: Errand, words: Words) -> list[str]:
    title = words.phrases.say(errand.title)
    page = f"visitor.{words.language}.md#{anchor(title)}"
    rule = RULES.get(errand.name, USUAL)
    answered, unanswered = words.span(rule.answered), words.span(rule.unanswered)
    if any(each.kind is Kind.WORKSHOP for each in errand.questions):
        unanswered = words.say("kept_after", past=words.span(rule.past))
        answered = words.say("kept_at_least", answered=answered, past=unanswered)
    noun = words.phrases.say(errand.noun) if errand.noun else title
    return [noun, f"[{title}]({page})", answered, unanswered, words.span(rule.withdrawn)]


def columns(words: Words) -> str:
    """List the columns of a programme to import."""
    rows = [
        [f"`{each}`", words.say("needed") if each in NEEDED else "", words.say(f"column.{each}")]
        for each in COLUMNS
    ]
    return table([words.say(f"head.{each}") for each in ("column", "needed", "meaning")], rows)


def boards(words: Words) -> str:
    """List the boards, with the stages that something on them can be at."""
    say = words.phrases.say
    lines = []
    for board in Board:
        stages = ", ".join(
            say(STAGE_NAMES[each])
            + (f" ({words.say('with_reason')})" if each in NEEDS_REASON else "")
            for each in STAGES.get(board, ())
        )
        told = words.say(f"board.{board}")
        lines.append(f"**{say(BOARD_NAMES[board])}**: {told}{f' {stages}.' if stages else ''}")
    return bullets(lines)


def figures(words: Words) -> str:
    """List what is counted, under the name that it has on the page."""
    rows = [
        [words.label(written()["figure"][each]["name"]), words.say(f"figure.{each}")]
        for each in What
    ]
    return table([words.say("head.figure"), words.say("head.counts")], rows)


def alarms(words: Words) -> str:
    """List what can be wrong with a kiosk, the worst first, with its remedy."""
    rows = [[_central(WORDS[each], words), _central(REMEDIES[each], words)] for each in WORDS]
    return table([words.say("head.alarm"), words.say("head.remedy")], rows)


def _listed(names: Mapping[Any, object]) -> Told:
    return lambda words: bullets(_central(each, words) for each in names.values())


def _central(told: object, words: Words) -> str:
    """Say a text of the staff pages."""
    with translation.override(words.language):
        return str(told)


def _number(number: object) -> Callable[[Words], str]:
    return lambda _words: str(number)


TOLD: Mapping[str, Told] = {
    "roles": roles,
    "ways": ways,
    "states": states,
    "errands": errands,
    "columns": columns,
    "standings": _listed(STANDINGS),
    "seat_reasons": _listed(REASONS),
    "boards": boards,
    "units": _listed(UNIT_NAMES),
    "kinds": _listed({each: KIND_NAMES[each] for each in KINDS}),
    "guide_rules": visitors.guide_rules,
    "needs": visitors.needs,
    "figures": figures,
    "alarms": alarms,
    "letters": _listed(LETTERS),
    "longest_answer": _number(MOST),
    "longest_notice": _number(LONGEST),
    "most_questions": _number(MOST_QUESTIONS),
    "share_percent": _number(SHARE_PERCENT),
    "decided_hours": _number(round(DECIDED_BEFORE.total_seconds() / 3600)),
    "largest_small": _number(LEAST_SHOWN - 1),
    "wrong_logins": _number(settings.AXES_FAILURE_LIMIT),
    "rest_minutes": _number(round(settings.AXES_COOLOFF_TIME * 60)),
    "session_hours": _number(settings.SESSION_COOKIE_AGE // 3600),
}
"""What the page for staff takes from the declarations."""
