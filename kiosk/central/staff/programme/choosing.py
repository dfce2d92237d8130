"""Choosing: what staff say about a list on its page, and what the library is for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.central.imports.comparing import own_zone
from kiosk.central.imports.lists.choices import Choices, First, KnownLibrary
from kiosk.central.imports.lists.fault import ListFault
from kiosk.central.imports.lists.sheet import Sheet
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch
from kiosk.domain.text import name_key
from kiosk.i18n import LANGUAGES

ZONES = (
    "Europe/Stockholm",
    "Europe/Copenhagen",
    "Europe/Oslo",
    "Europe/Helsinki",
    "Europe/Mariehamn",
    "Atlantic/Faroe",
    "Atlantic/Reykjavik",
    "America/Nuuk",
)
"""Time zones that a new branch may be in, beside those of the branches that are here."""
_OWN_LANGUAGE = {"Europe/Copenhagen": "da", "Europe/Oslo": "nb", "Europe/Helsinki": "fi"}
_YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen on the page."""

    choices: Choices
    """How the list is read."""
    typed_first_day: str = ""
    """The day to which its beginning moves, as it was typed."""

    @property
    def first_day(self) -> date | None:
        """The day to which its beginning moves; None leaves the dates as they are."""
        try:
            day = date.fromisoformat(self.typed_first_day)
        except ValueError:
            return None
        return day if day.year in _YEARS else None

    @property
    def bad_day(self) -> bool:
        """Tell whether something was typed that is no day."""
        return bool(self.typed_first_day) and self.first_day is None

    def days(self, sheet: Sheet) -> int:
        """Return by how many days everything moves."""
        return sheet.days_to(self.first_day) if self.first_day else 0

    @property
    def kept(self) -> dict[str, str]:
        """What the form that confirms hands on, by field."""
        told = self.choices
        order = told.first.value if told.first else ""
        return {
            "first": self.first_day.isoformat() if self.first_day else "",
            "language": told.language,
            "order": order,
            "branch": told.branch,
            "zone": told.zone,
        }


def chosen(sent: Mapping[str, str], branches: Sequence[Branch]) -> Chosen:
    """Read what was chosen; what nobody can choose counts as nothing."""
    names = {each.name for each in branches}
    language, order = sent.get("language", ""), sent.get("order", "")
    branch, zone = sent.get("branch", ""), sent.get("zone", "")
    return Chosen(
        Choices(
            language=language if language in LANGUAGES else "",
            first=First(order) if order in set(First) else None,
            branch=branch if branch in names else "",
            zone=zone if zone in zones(branches) else "",
        ),
        sent.get("first", "")[:20],
    )


def zones(branches: Sequence[Branch]) -> list[str]:
    """List the time zones to choose from, the library's own first."""
    theirs = [each.timezone for each in branches if hours.is_zone(each.timezone)]
    return list(dict.fromkeys([own_zone(branches), *theirs, *ZONES]))


def known(branches: Sequence[Branch]) -> KnownLibrary:
    """Return what the library is for a list: branches, zone and language."""
    zone = own_zone(branches)
    clocks = [each.timezone if hours.is_zone(each.timezone) else zone for each in branches]
    told = list(zip(branches, clocks, strict=True))
    named = {name_key(each.key): (each.name, clock) for each, clock in told}
    named |= {name_key(each.name): (each.name, clock) for each, clock in told}
    return KnownLibrary(named, zone, _OWN_LANGUAGE.get(zone, "sv"))


def asked_for(sheet: Sheet, choices: Choices) -> dict[str, bool]:
    """Tell which choices the page offers: those that matter, or were made."""
    faults = {each.fault for each in sheet.mistakes}
    return {
        "order": ListFault.WHICH_FIRST in faults or choices.first is not None,
        "branch": ListFault.NO_BRANCH in faults or bool(choices.branch),
    }
