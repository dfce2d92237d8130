"""One visitor's stay: her language, and the desk she stands at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.domain.figures import What
from kiosk.i18n import Phrases, phrases
from screens.speech import Speech, find_speech

if TYPE_CHECKING:
    from kiosk.desk import Desk


class HasVisit(Protocol):
    """An app that somebody stands before."""

    visit: Visit
    """Hers."""


class Visit:
    """What every screen shares while one visitor is here; holds nothing she typed."""

    def __init__(
        self, desk: Desk, language: str, notice: str = "", speech: Speech | None = None
    ) -> None:
        """Start a stay in the branch's own *language*."""
        self.desk = desk
        """The one door to everything below the screens."""
        self.own_language = language
        """What a new visitor meets."""
        self.language = language
        """What this visitor reads."""
        self.large = False
        """Whether she wants fewer and bigger things."""
        self.speech = speech or find_speech()
        """The voice, silent where the kiosk has none."""
        self.notice = notice
        """A line on the resting screen, in place of the latest notice."""
        self.supported: set[str] = set()
        """Ids of the ideas of which she has said "me too": once a visit."""
        self._somebody = False

    @property
    def phrases(self) -> Phrases:
        """Phrases of her language."""
        return spoken(self.language)

    def say(self, text: str, **slots: object) -> str:
        """Say a phrase in her language."""
        return self.phrases.say(text, **slots)

    def begin(self, language: str) -> None:
        """Somebody is here, and touched *language*; empty keeps the branch's own."""
        self._somebody = True
        self.language = language or self.language

    def count(self, what: What, about: str = "") -> None:
        """Count what she does, by names and in her language; nobody is told who."""
        self.desk.count(what, about, self.language)

    def forget(self) -> None:
        """Count the visit, and return to the branch's own language and size, in silence."""
        if self._somebody:
            self.count(What.VISIT)
            self.desk.visit_over()
        self._somebody = False
        self.supported = set()
        self.language = self.own_language
        self.large = False
        self.speech.forget()


def spoken(language: str) -> Phrases:
    """Return the phrases of *language*, or English where its catalogue cannot be read."""
    try:
        return phrases(language)
    except OSError:
        return phrases("en")
