"""The questionnaires as the staff pages show them: lines of the list, and the form."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from kiosk.central.platform import typed
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.questionnaires.queries import current
from kiosk.central.staff.questionnaires.forms import LONGEST, LONGEST_TITLE, QuestionnaireForm
from kiosk.central.staff.questionnaires.slot import QuestionForm
from kiosk.central.staff.saved import BADGES
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import of_hers, places
from kiosk.domain.errand import Kind
from kiosk.domain.questionnaire import KINDS, after
from kiosk.domain.showing import Showing, showing
from kiosk.domain.texts import text_for
from kiosk.domain.workshop import AUDIENCES
from kiosk.errands.wording import AUDIENCE_NAMES
from kiosk.i18n import Phrases

KIND_NAMES = {
    Kind.FACES: gettext_lazy("Five faces"),
    Kind.CHOICE: gettext_lazy("One of several choices"),
    Kind.CHOICES: gettext_lazy("As many choices as one likes"),
    Kind.TEXT: gettext_lazy("One line of text"),
    Kind.LONG_TEXT: gettext_lazy("Text of several lines"),
    Kind.NUMBER: gettext_lazy("A number"),
}
"""What staff call the kinds of question."""

TEXT_NAMES = {
    "ask": gettext_lazy("The question"),
    "help": gettext_lazy("A line under it"),
    "choices": gettext_lazy("Choices, one a line, in the same order in every language"),
}
"""What staff call the texts of a question."""


_SHORT = {"kind": "kind", "limit": "limit", "after": "if"}
"""What else is asked of a question, and the end of its field's name."""


def seen_by(staff: Staff, role: Role) -> QuerySet[Questionnaire]:
    """Select what she may see as *role*; see `of_hers`."""
    return Questionnaire.objects.filter(of_hers(staff, role)).select_related("branch")


def lines(staff: Staff, speak: Phrases) -> list[dict[str, Any]]:
    """List the questionnaires, each with its title and whether she may change it."""
    changes = set(seen_by(staff, Role.LIBRARIAN).values_list("pk", flat=True))
    return [
        {
            "row": row,
            "title": text_for(current(row).title, speak.language),
            "hers": row.pk in changes,
            "is_shown": shown_now(row) is Showing.NOW,
            "badge": BADGES[shown_now(row)],
        }
        for row in seen_by(staff, Role.READER)
    ]


def shown_now(row: Questionnaire) -> Showing:
    """Tell whether kiosks ask it."""
    if not row.published:
        return Showing.HELD
    return showing(timezone.localdate(), row.since, after(row.until))


def form(written: QuestionnaireForm, staff: Staff, speak: Phrases) -> dict[str, Any]:
    """Collect what the form shows; in every list of languages the page's own comes first."""
    titles = typed.fields(
        "title", written.title, speak, most=LONGEST_TITLE, mistakes=written.mistakes
    )
    return {
        "written": written,
        "titles": titles,
        "slots": [
            {
                "slot": slot,
                "at": f"q{slot.number}",
                "wrong": {
                    name: written.mistakes.get(f"q{slot.number}-{field}", "")
                    for name, field in _SHORT.items()
                },
                "open": not slot.blank
                or slot.number == 1
                or any(name.startswith(f"q{slot.number}-") for name in written.mistakes),
                "blocks": typed.blocks(speak, *_columns(written, slot, speak)),
            }
            for slot in written.slots
        ],
        "kinds": [(kind.value, KIND_NAMES[kind]) for kind in KINDS],
        "audiences": [(each, speak.say(AUDIENCE_NAMES[each])) for each in AUDIENCES],
        "places": places(staff),
    }


def _columns(
    written: QuestionnaireForm, slot: QuestionForm, speak: Phrases
) -> list[list[typed.Field]]:
    """Return the fields of one question, text by text."""
    return [
        typed.fields(
            f"q{slot.number}-{name}",
            told,
            speak,
            label=str(TEXT_NAMES[name]),
            most=0 if name == "choices" else LONGEST,
            rows=3 if name == "choices" else 0,
            mistakes=written.mistakes,
        )
        for name, told in slot.texts.items()
    ]
