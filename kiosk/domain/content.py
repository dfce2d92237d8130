"""Content: what central publishes to one branch, and what the kiosk shows without a network."""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

from kiosk.domain.guide import Guide
from kiosk.domain.opening_hours import Calendar
from kiosk.domain.posting import Posting
from kiosk.domain.questionnaire import Questionnaire
from kiosk.domain.showing import Showing, showing
from kiosk.domain.task import Task
from kiosk.domain.texts import Texts
from kiosk.domain.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Branch:
    """One library building."""

    key: str
    """Short name used in commands and records."""
    name: str
    """As the sign over its door says."""
    calendar: Calendar = field(default_factory=Calendar)
    """Opening hours."""
    timezone: str = "Europe/Stockholm"
    """IANA name."""
    phone: str = ""
    """The number a visitor may call when nobody is there."""
    library: str = ""
    """Name of the library it belongs to."""

    @property
    def zone(self) -> tzinfo | None:
        """Its time zone; None, the machine's, where none of that name is known here."""
        try:
            return ZoneInfo(self.timezone)
        except (OSError, ValueError, KeyError):
            return None


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message to everybody who comes in."""

    text: Texts
    """By language."""
    until: datetime | None = None
    """Not shown after this, local wall clock."""
    since: datetime | None = None
    """Not shown before this, local wall clock."""
    audience: str = ""
    """Whom it is for, one of `kiosk.domain.workshop.AUDIENCES`; empty is everybody."""
    readers: tuple[str, ...] = ()
    """Codes of the languages whose readers see it; empty is all."""

    def shown(self, language: str, now: datetime) -> bool:
        """Tell whether a reader of *language* sees it at *now*."""
        if self.readers and not {language, language.partition("-")[0]} & set(self.readers):
            return False
        return showing(now, self.since, self.until) is Showing.NOW


@dataclass(frozen=True, slots=True)
class Content:
    """Everything one branch shows; replaced as a whole."""

    branch: Branch
    """The branch it is for."""
    published: datetime
    """When central made it, with offset."""
    version: str = ""
    """Changes whenever anything in it changes; central's ETag."""
    branches: tuple[Branch, ...] = ()
    """All branches of the library, for names and opening hours."""
    programme: tuple[Workshop, ...] = ()
    """What happens, at this branch and the others."""
    tasks: tuple[Task, ...] = ()
    """Volunteer tasks."""
    notices: tuple[Notice, ...] = ()
    """Messages on the resting screen."""
    guide: Guide = field(default_factory=Guide)
    """Who helps with what."""
    contact: Texts = field(default_factory=dict)
    """How to reach the library, shown where the kiosk cannot help."""
    postings: tuple[Posting, ...] = ()
    """What stands on the boards, each in the order it is shown."""
    questionnaires: tuple[Questionnaire, ...] = ()
    """What staff ask visitors, in the order it is listed."""

    def workshop(self, workshop_id: str) -> Workshop | None:
        """Return the workshop with this id, or None."""
        return next((each for each in self.programme if each.id == workshop_id), None)

    def task(self, task_id: str) -> Task | None:
        """Return the volunteer task with this id, or None."""
        return next((each for each in self.tasks if each.id == task_id), None)

    def notices_for(self, language: str, now: datetime) -> list[Notice]:
        """List what a reader of *language* is told at *now*, in the order it was written."""
        return [each for each in self.notices if each.shown(language, now)]

    def posting(self, posting_id: str) -> Posting | None:
        """Return the posting with this id, or None."""
        return next((each for each in self.postings if each.id == posting_id), None)

    def on_board(self, board: str) -> tuple[Posting, ...]:
        """Return what stands on one board."""
        return tuple(each for each in self.postings if each.board == board)

    def asked_on(self, day: date) -> tuple[Questionnaire, ...]:
        """Return what visitors are asked on *day*."""
        return tuple(each for each in self.questionnaires if each.asked_on(day))

    def branch_name(self, key: str) -> str:
        """Return the name of a branch, or its key when the content does not know it."""
        return next((each.name for each in self.branches if each.key == key), key)
