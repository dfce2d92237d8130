"""Comparison: what a list would change in the programme, before anything of it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kiosk.central.imports.fate import Fate
from kiosk.central.imports.lists.row import Row
from kiosk.central.programme.models import Workshop


@dataclass(slots=True)
class ComparedRow:
    """One row of the list, and the entry that it is."""

    row: Row
    workshop: Workshop | None = None
    """What is here already; None for what is new."""
    values: dict[str, Any] = field(default_factory=dict)
    """What its table would hold."""
    as_new: dict[str, Any] = field(default_factory=dict)
    """The same, were it new."""
    changes: list[str] = field(default_factory=list)
    """Names of what is different then; empty for what is new or the same."""
    asked: bool = False
    """Whether only likeness speaks for it: staff say whether it is the same."""
    likely: bool = False
    """Whether it comes from the same list, so that the answer can be put forward."""
    people: int = 0
    """Sign-ups that stand."""

    @property
    def moved(self) -> bool:
        """Tell whether its beginning or its branch is another now."""
        return bool({"starts", "branch"} & set(self.changes))

    @property
    def called_off(self) -> bool:
        """Tell whether the list calls it off, and nobody has before."""
        return "cancelled" in self.changes and bool(self.values["cancelled"])


@dataclass(slots=True)
class GoneEntry:
    """An entry that came from this list, is still to come, and is in it no longer."""

    workshop: Workshop
    people: int = 0
    """Sign-ups that stand."""


@dataclass(slots=True)
class Comparison:
    """A list held against the programme."""

    lines: list[ComparedRow] = field(default_factory=list)
    gone: list[GoneEntry] = field(default_factory=list)
    new_branches: list[str] = field(default_factory=list)
    """Names of branches that are not here yet."""
    zone: str = ""
    """Time zone they get."""
    edition_of: UUID | None = None
    """The first upload of the list that it shares most entries with."""

    def unanswered(self, answers: Mapping[str, str]) -> bool:
        """Tell whether something that staff must say is not said."""
        asked = {str(each.workshop.pk) for each in self.lines if each.asked and each.workshop}
        asked |= {str(each.workshop.pk) for each in self.gone if each.people}
        return any(answers.get(each) not in set(Fate) for each in asked)
