"""Reads: the guide of one branch, shipped for its country and with contacts of its own."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kiosk.central.guide.models import LocalContact
from kiosk.central.guide.national import country_of, national
from kiosk.central.tenants.models import Branch
from kiosk.domain.guide import Contact, Guide, HelpRule, Need, Topic
from kiosk.domain.texts import text_for

Keep = Callable[[Iterable[LocalContact], Callable[[LocalContact], Contact]], Iterable[Contact]]
"""Makes contacts of rows, and leaves out those that cannot be read."""


def guide(branch: Branch, keep: Keep = lambda rows, made: map(made, rows)) -> Guide:
    """Return what the kiosks of *branch* show, with those of its own that *keep* lets through."""
    shipped = national(country_of(branch.timezone))
    rows = list(LocalContact.objects.filter(branch=branch))
    own = {each.id: each for each in keep(rows, as_contact)}
    rows = [row for row in rows if key_of(row) in own]
    needs = (_with_own(need, rows) for need in shipped.needs)
    return Guide(
        needs=tuple(need for need in map(_with_somebody, needs) if need.topics),
        contacts=(*shipped.contacts, *own.values()),
    )


def needs_of(branch: Branch, language: str) -> dict[str, str]:
    """Name the needs that a contact of *branch* can help with, by id."""
    shipped = national(country_of(branch.timezone))
    return {need.id: text_for(need.title, language) for need in shipped.needs}


def as_contact(row: LocalContact) -> Contact:
    """Return *row* as the rules know it."""
    return Contact(
        id=key_of(row),
        name=row.name,
        about=_text(row.language, row.about),
        where=_text(row.language, row.where),
        hours=_text(row.language, row.hours),
        phone=row.phone,
        address=row.address,
        checked=row.checked_on.isoformat(),
    )


def key_of(row: LocalContact) -> str:
    """Return the short name by which a kiosk counts it."""
    return f"own-{str(row.pk)[-12:]}"


def _text(language: str, words: str) -> dict[str, str]:
    return {language: words} if words else {}


def _with_own(need: Need, rows: Sequence[LocalContact]) -> Need:
    own = tuple(key_of(row) for row in rows if need.id in row.needs)
    return replace(need, topics=tuple(_put(topic, own) for topic in need.topics)) if own else need


def _with_somebody(need: Need) -> Need:
    """Leave out what nobody is known for."""
    return replace(need, topics=tuple(topic for topic in need.topics if topic.contacts))


def _put(topic: Topic, own: tuple[str, ...]) -> Topic:
    """Put contacts of the branch first, but after the office where only an office can do it."""
    order = (*topic.contacts, *own) if topic.rule is HelpRule.REFER else (*own, *topic.contacts)
    return replace(topic, contacts=order)
