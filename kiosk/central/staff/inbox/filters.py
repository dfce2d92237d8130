"""The sieve over the inbox: what a member of staff has asked the list to show."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext

from kiosk.central.staff.inbox.overview import WITHOUT_ANSWER, errands
from kiosk.central.staff.inbox.rows import STATE_LABELS, title
from kiosk.central.submissions.models import Submission
from kiosk.central.submissions.queries import Wanted, submissions
from kiosk.central.tenants.models import Branch
from kiosk.errands import ERRANDS
from kiosk.i18n import LANGUAGES, Phrases

OPEN = "open"
"""Stands for new and read: everything without an answer."""

_FIELDS = ("errand", "branch", "state", "language", "text", "workshop")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Select:
    """One list to choose from."""

    name: str
    """Of the field."""
    label: str
    """What it is called."""
    options: list[tuple[str, str]]
    """Values with their labels."""
    chosen: str
    """The value chosen, empty for all."""


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What the list shall show; an empty field lets everything through."""

    errand: str = ""
    """Name of an errand."""
    branch: str = ""
    """Key of a branch."""
    state: str = ""
    """A state, or `OPEN`."""
    language: str = ""
    """Code of the visitor's language."""
    text: str = ""
    """Words that shall occur in the answers."""
    workshop: str = ""
    """Id of a workshop that the sign-ups are for."""

    @property
    def active(self) -> bool:
        """Whether anything is held back."""
        return any(getattr(self, field) for field in _FIELDS)

    @property
    def query(self) -> str:
        """The same sieve as the query of an address."""
        return urlencode({name: value for name in _FIELDS if (value := getattr(self, name))})

    def submissions(
        self, branches: QuerySet[Branch], named: QuerySet[Branch]
    ) -> QuerySet[Submission]:
        """Select what passes, from *branches* only, newest first; at *named* she sees names."""
        state = "" if self.state == OPEN else self.state
        wanted = Wanted(self.errand, self.branch, state, self.language, self.text)
        found = submissions(branches, named, wanted)
        if self.workshop:
            found = found.filter(workshop_id=self.workshop)
        return found.filter(state__in=WITHOUT_ANSWER) if self.state == OPEN else found

    def selects(self, branches: QuerySet[Branch], phrases: Phrases) -> list[Select]:
        """List what can be chosen, in the language of the page."""
        errands = [(name, title(name, phrases)) for name in self._errands(branches)]
        states = [(state.value, str(label)) for state, label in STATE_LABELS.items()]
        states.insert(0, (OPEN, gettext("Without an answer")))
        languages = [(code, phrases.language_name(code)) for code in LANGUAGES]
        places = [(each.key, each.name) for each in branches]
        return [
            Select("errand", gettext("Errand"), errands, self.errand),
            Select("branch", gettext("Branch"), places, self.branch),
            Select("state", gettext("State"), states, self.state),
            Select("language", gettext("Language"), languages, self.language),
        ]

    @staticmethod
    def _errands(branches: QuerySet[Branch]) -> list[str]:
        """Name the errands declared here, then those that only newer kiosks know."""
        return list(dict.fromkeys([*ERRANDS, *errands(branches)]))


def read(asked: QueryDict) -> InboxFilter:
    """Read the sieve from the query of an address; whatever is not understood is left out.

    No answer contains NUL, and PostgreSQL does not even let one ask for it.
    """
    return InboxFilter(**{name: _word(asked.get(name, "")) for name in _FIELDS})


def _word(given: str) -> str:
    return given.replace("\0", "\N{REPLACEMENT CHARACTER}").strip()[:_LONGEST]
