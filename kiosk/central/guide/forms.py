"""A contact of the guide as it was written in the form, before it is saved."""

import re
from dataclasses import dataclass, fields

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiosk.central.guide.models import LocalContact
from kiosk.central.platform import typed

_PHONE = re.compile(r"[0-9+][0-9 -]{1,28}[0-9]")
_LONGEST = {"name": 60, "about": 120, "where": 120, "hours": 120}


@dataclass(frozen=True, slots=True)
class ContactForm:
    """What stands in the form."""

    name: str = ""
    about: str = ""
    where: str = ""
    hours: str = ""
    phone: str = ""
    address: str = ""
    needs: tuple[str, ...] = ()
    """Ids of the needs that were ticked."""

    @classmethod
    def read(cls, told: QueryDict) -> "ContactForm":
        """Read the form; every line is one line."""
        lines = {
            each.name: typed.line(told.get(each.name, ""))
            for each in fields(cls)
            if each.name != "needs"
        }
        return cls(**lines, needs=tuple(told.getlist("needs")))

    @classmethod
    def of(cls, contact: LocalContact) -> "ContactForm":
        """Fill the form with what is saved."""
        saved = {each.name: getattr(contact, each.name) for each in fields(cls)}
        return cls(**(saved | {"needs": tuple(contact.needs)}))

    def mistake(self, known_needs: set[str]) -> str:
        """Say what must be put right first; "" when it can be saved."""
        if not self.name:
            return _("Write a name.")
        if number := typed.number_mistake(*(getattr(self, name) for name in _LONGEST)):
            return number
        if any(len(getattr(self, name)) > most for name, most in _LONGEST.items()):
            return _("One line is too long for a card.")
        if self.phone and not _PHONE.fullmatch(self.phone):
            return _("A phone number has only digits, spaces and hyphens.")
        if self.address and (wrong := typed.address_mistake(self.address)):
            return wrong
        if not self.needs or not set(self.needs) <= known_needs:
            return _("Tick what they help with.")
        return ""
