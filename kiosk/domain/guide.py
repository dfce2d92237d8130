"""The guide: from a need, by way of a topic, to whoever can help."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.texts import Texts

LIBRARY = "library"
"""Id of the contact that is the branch itself: its phone and hours are the branch's own."""


class HelpRule(StrEnum):
    """How far the library goes in a topic."""

    HELP = "help"
    """We do it with you."""
    SHOW = "show"
    """We show how, and you do it yourself."""
    REFER = "refer"
    """We say who does it."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who helps: an office, an association, a person at a desk."""

    id: str
    """Short name, by which it is counted."""
    name: str
    """As it stands over its door and on its letters; not translated."""
    about: Texts
    """What it helps with, one sentence."""
    where: Texts
    """Where one meets it, in few words; empty when only by phone or on the web."""
    hours: Texts
    """When it answers."""
    phone: str = ""
    """As it is dialled in its own country."""
    address: str = ""
    """Of its web page, drawn as a QR code."""
    source: str = ""
    """Address of the page on which the phone number was found."""
    checked: str = ""
    """When this was last so: date (or year and month) of the source, else when it was read."""
    dated: bool = True
    """Whether `checked` is the source's own date; else the source has none, and was read then."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What exactly somebody needs help with."""

    id: str
    """Short name, unique within its need."""
    title: Texts
    """In the words of whoever asks; of a letter, its sender."""
    rule: HelpRule
    """How far the library goes."""
    says: Texts
    """What to know or to bring, one or two sentences."""
    contacts: tuple[str, ...]
    """Ids of those who can help, best first."""


@dataclass(frozen=True, slots=True)
class Need:
    """One of the tiles that the guide begins with."""

    id: str
    """Short name, by which it is counted."""
    title: Texts
    """In the words of whoever asks."""
    ask: Texts
    """The next question."""
    topics: tuple[Topic, ...]
    """What the answer can be."""

    def topic(self, topic_id: str) -> Topic | None:
        """Return the topic with this id, or None."""
        return next((each for each in self.topics if each.id == topic_id), None)


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that the guide of one branch knows."""

    needs: tuple[Need, ...] = ()
    """In the order of their tiles."""
    contacts: tuple[Contact, ...] = ()
    """Everybody that a topic names."""

    def need(self, need_id: str) -> Need | None:
        """Return the need with this id, or None."""
        return next((each for each in self.needs if each.id == need_id), None)

    def who_helps(self, topic: Topic) -> list[Contact]:
        """List those who can help with *topic*, best first."""
        known = {each.id: each for each in self.contacts}
        return [known[each] for each in topic.contacts if each in known]
