"""The questionnaires as the staff pages show them: lines of the list, and the form."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from kiosk.central.accounts.models import Role, Staff
from kiosk.central.accounts.queries import of_hers, places
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.questionnaires.queries import current
from kiosk.central.questionnaires.written import LONGEST_TITLE, Written
from kiosk.domain.errand import Kind
from kiosk.domain.questionnaire import KINDS
from kiosk.domain.texts import text_for
from kiosk.domain.workshop import AUDIENCES
from kiosk.errands.wording import AUDIENCE_NAMES
from kiosk.i18n import LANGUAGES, Phrases

KIND_NAMES = {
    Kind.FACES: gettext_lazy("Five faces"),
    Kind.CHOICE: gettext_lazy("One of several choices"),
    Kind.CHOICES: gettext_lazy("As many choices as one likes"),
    Kind.TEXT: gettext_lazy("One line of text"),
    Kind.LONG_TEXT: gettext_lazy("Text of several lines"),
    Kind.NUMBER: gettext_lazy("A number"),
}
"""What staff call the kinds of question."""


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
        }
        for row in seen_by(staff, Role.READER)
    ]


def form(written: Written, staff: Staff, speak: Phrases) -> dict[str, Any]:
    """Collect what the form shows; in every list of languages the page's own comes first."""
    codes = sorted(LANGUAGES, key=lambda code: code != speak.language)
    tongues = [(code, speak.language_name(code)) for code in codes]
    return {
        "written": written,
        "longest_title": LONGEST_TITLE,
        "titles": [(code, name, written.title.get(code, "")) for code, name in tongues],
        "slots": [
            {
                "slot": slot,
                "at": f"q{slot.number}",
                "tongues": [
                    (code, name, *(texts.get(code, "") for texts in slot.texts.values()))
                    for code, name in tongues
                ],
            }
            for slot in written.slots
        ],
        "kinds": [(kind.value, KIND_NAMES[kind]) for kind in KINDS],
        "audiences": [(each, speak.say(AUDIENCE_NAMES[each])) for each in AUDIENCES],
        "places": places(staff),
    }
