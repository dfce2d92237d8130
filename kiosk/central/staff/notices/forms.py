"""The form of a notice: what staff typed, what is wrong with it, and what is then written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiosk.central.platform import typed
from kiosk.central.programme import actions
from kiosk.central.programme.models import Notice
from kiosk.central.programme.queries import wall_clock, wall_clock_typed
from kiosk.central.tenants.models import Branch
from kiosk.domain.workshop import AUDIENCES
from kiosk.i18n import LANGUAGES, ordinary

LONGEST = 300
"""Characters of a notice: what can be read in passing."""


@dataclass(frozen=True, slots=True)
class NoticeForm:
    """What stands in the form, as it was typed."""

    text: Mapping[str, str] = field(default_factory=dict)
    """By language."""
    branch: str = ""
    """Key of the branch; empty is all."""
    audience: str = ""
    """One of `AUDIENCES`; empty is everybody."""
    readers: tuple[str, ...] = ()
    """Codes of languages; empty is all."""
    since: str = ""
    """First moment, by the clock of the branch; empty is at once."""
    until: str = ""
    """Last moment, by the clock of the branch; empty is until it is ended."""
    seen: str = ""
    """Mark of how it stood when this was written."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field."""

    @classmethod
    def of(cls, notice: Notice, clock: Branch) -> Self:
        """Return how *notice* is now, by the clock of the branch *clock*."""
        since, until = (
            wall_clock(moment, clock).isoformat(timespec="minutes") if moment else ""
            for moment in (notice.since, notice.until)
        )
        branch = notice.branch.key if notice.branch else ""
        readers = tuple(notice.readers)
        return cls(
            notice.text, branch, notice.audience, readers, since, until, actions.seen_of(notice)
        )

    @classmethod
    def read(cls, sent: QueryDict, allowed: Collection[str]) -> Self:
        """Read what the browser sent and note what is wrong; she may write at *allowed* places."""
        text = typed.texts(sent, "text")
        branch, audience = sent.get("branch", ""), sent.get("audience", "")
        readers = tuple(code for code in LANGUAGES if code in sent.getlist("readers"))
        since, until = sent.get("since", "").strip(), sent.get("until", "").strip()
        found = {
            "text": _text(text, readers),
            "branch": "" if branch in allowed else _("Choose a branch where you work."),
            "audience": "" if audience in ("", *AUDIENCES) else _("Choose one from the list."),
            "since": _moment(since),
            "until": _moment(until),
        }
        begins, ends = wall_clock_typed(since), wall_clock_typed(until)
        if begins and ends and ends <= begins:
            found["until"] = _("It ends before it begins.")
        mistakes = {name: mistake for name, mistake in found.items() if mistake}
        mistakes |= typed.wrong_texts("text", text, LONGEST)
        seen = sent.get("seen", "")
        return cls(text, branch, audience, readers, since, until, seen, mistakes)

    def values(self, clock: Branch) -> dict[str, Any]:
        """Return what is to be written, once there is no mistake."""
        since, until = (
            actions.on_the_clock(wall, clock) if (wall := wall_clock_typed(each)) else None
            for each in (self.since, self.until)
        )
        return {
            "text": dict(self.text),
            "branch": clock if self.branch else None,
            "audience": self.audience,
            "readers": list(self.readers),
            "since": since,
            "until": until,
        }


def _text(text: Mapping[str, str], readers: tuple[str, ...]) -> str:
    if not text:
        return _("Write it in at least one language.")
    if readers and not {ordinary(code) for code in text} & set(readers):
        return _("Write it in a language of those who are to read it.")
    return ""


def _moment(typed: str) -> str:
    if typed and wall_clock_typed(typed) is None:
        return _("Write date and time like 2026-01-21 18:00, or leave it empty.")
    return ""
