"""The card of the guide: who helps, how far we go, and how to reach them."""

import re

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from kiosk.domain.figures import What
from kiosk.domain.guide import LIBRARY, Contact, HelpRule, Need, Topic
from kiosk.domain.texts import Texts, text_for
from kiosk.phrase import phrase
from screens.frame import ScreenFrame
from screens.hours import staffing_in_words
from screens.widgets.big_button import BigButton
from screens.widgets.big_letters import BigLetters
from screens.widgets.qr_code import QrCode
from screens.widgets.shelf import Shelf

RULES = {
    HelpRule.HELP: phrase("We help you with this."),
    HelpRule.SHOW: phrase("We show you how. You do it yourself."),
    HelpRule.REFER: phrase("We do not do this ourselves. This is who does."),
}
"""How far the library goes, in words."""
_DRAWN = re.compile(r"[0-9][0-9 -]*")
_LONGEST_LINE = 8
"""Signs of a phone number that stand in one line of big letters beside a QR code."""


class HelpCard(ScreenFrame):
    """Everything about one who helps, and whether it helped."""

    def __init__(self, need: Need, topic: Topic, contact: Contact) -> None:
        """Take what was asked for, and the *contact* to show."""
        super().__init__()
        self._need = need
        self._topic = topic
        self._contact = contact
        self._answered = False

    def body(self) -> ComposeResult:
        """Lay out name, rule, phone, facts, QR code, and the question whether it helped."""
        yield Static(Content(self._called), classes="title")
        yield Static(Content(self.say(RULES[self._topic.rule])), classes="lead")
        with Horizontal(id="help-card"):
            yield Shelf(*self._lines(), phrases=self.visit.phrases)
            if self._contact.address:
                with Vertical(id="help-web"):
                    yield QrCode(self._contact.address, id="help-qr")
                    yield Static(Content(_shown(self._contact.address)), classes="help-address")
        yield Static(Content(self._asks()), id="did-it-help")
        with Horizontal(classes="nav"):
            if not self._answered:
                yield BigButton(self.say("Yes"), id="solved", classes="-quiet")
                yield BigButton(self.say("No"), id="unsolved", classes="-quiet")
            yield BigButton(self.say("Back"), id="back", classes="-quiet")

    def ready(self) -> None:
        """Begin at the answer."""
        (self.query("#solved") or self.query("#back")).first().focus()

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, "#solved")
    def _solved(self) -> None:
        self._thank(What.SOLVED)

    @on(BigButton.Pressed, "#unsolved")
    def _unsolved(self) -> None:
        self._thank(What.UNSOLVED)

    @property
    def about(self) -> str:
        """What the card is counted as."""
        return f"{self._need.id}/{self._topic.id}/{self._contact.id}"

    @property
    def _called(self) -> str:
        here = self.visit.desk.content.branch
        return here.name if self._contact.id == LIBRARY else self._contact.name

    def _thank(self, what: What) -> None:
        """Count the answer once, and say thank you."""
        if not self._answered:
            self._answered = True
            self.visit.count(what, self.about)
            self.call_next(self.speak_anew)

    def _asks(self) -> str:
        if self._answered:
            return self.say("Thank you. Nobody sees who answered.")
        return self.say("Did this help?")

    def _lines(self) -> list[Static]:
        """List what is known, the most useful first."""
        contact, phone = self._contact, self._phone
        lines = [Static(Content(self._told(self._topic.says)), classes="prose")]
        if phone:
            lines += [BigLetters(each, classes="phone-group") for each in in_big_letters(phone)]
            lines.append(Static(Content(self._fact(self.say("Phone"), phone)), classes="phone"))
        if checked := self._checked():
            lines.append(Static(Content(checked), classes="help"))
        facts = (
            ("where", self.say("Where"), self._told(contact.where)),
            ("hours", self.say("Hours"), self._hours()),
            ("web", self.say("Web"), _shown(contact.address)),
        )
        for kind, name, fact in facts:
            if fact:
                lines.append(Static(Content(self._fact(name, fact)), classes=f"fact-{kind}"))
        return [*lines, Static(Content(self._told(contact.about)), classes="prose")]

    @property
    def _phone(self) -> str:
        here = self.visit.desk.content.branch
        return here.phone if self._contact.id == LIBRARY else self._contact.phone

    def _hours(self) -> str:
        if self._contact.id != LIBRARY:
            return self._told(self._contact.hours)
        desk = self.visit.desk
        return staffing_in_words(desk.calendar, desk.now(), self.visit.phrases)

    def _checked(self) -> str:
        """Say how old the phone number is, or the entry of a contact of this branch."""
        told = self._contact.checked
        if not told:
            return ""
        when = self.visit.phrases.dated(told)
        if self._contact.dated:
            return self.say("Last checked: {date}", date=when)
        return self.say("From a page without a date, read on {date}", date=when)

    def _told(self, texts: Texts) -> str:
        return text_for(texts, self.visit.language)

    @staticmethod
    def _fact(name: str, fact: str) -> str:
        return f"{name}: {fact}"


def _shown(address: str) -> str:
    """Return a web address as people say it."""
    return address.removeprefix("https://").removeprefix("www.").rstrip("/")


def in_big_letters(phone: str) -> list[str]:
    """Split a number into at most two lines of big letters; none where it cannot be drawn so."""
    if not _DRAWN.fullmatch(phone):
        return []
    area, _hyphen, rest = phone.partition("-")
    parts = [area, *rest.replace("-", " ").split()] if rest else phone.split()
    half = 1 if rest else -(-len(parts) // 2)
    lines = [" ".join(part) for part in (parts[:half], parts[half:]) if part]
    return lines if max(map(len, lines)) <= _LONGEST_LINE else []
