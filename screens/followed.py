"""Follow up, second step: how far it has come, the answers, and the ways to take it back."""

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kiosk.desk import check_in, correctable, why_not
from kiosk.domain.figures import What
from kiosk.domain.receipt import State
from kiosk.domain.seats import Standing
from kiosk.domain.submission import Answer, FollowUp, Step
from kiosk.domain.workshop import Workshop
from kiosk.errands import NAMED
from kiosk.errands.check_in_words import CHECKED_IN, hindrance_in_words
from kiosk.errands.occasion import occasion_in_words
from kiosk.errands.receipt_words import state_in_words, steps_in_words
from kiosk.errands.seat_words import headline, reason
from kiosk.phrase import phrase
from kiosk.problems import Problem, Trouble
from screens.follow_up import FollowUpScreen
from screens.frame import ScreenFrame
from screens.messages import (
    AskFirst,
    Confirmed,
    Found,
    GoBack,
    OpenCorrection,
    OpenMore,
    StartOver,
    Troubled,
)
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.page import MISTAKE_MARK
from screens.widgets.shelf import Shelf

TAKE_BACK = "take-back"
ERASE = "erase"
ERRAND_BACK = (
    phrase("Take it back? The library then does nothing more with it."),
    phrase("Yes, take it back"),
)
"""What is asked before an errand is taken back, and its yes."""
SIGN_UP_BACK = (
    phrase("Cancel your sign-up? Somebody else can then get the place."),
    phrase("Yes, cancel it"),
)
"""Likewise before a sign-up is."""


class FollowedScreen(ScreenFrame):
    """What stands under one code."""

    looks_for_receipts = True

    def __init__(self, code: str, follow_up: FollowUp) -> None:
        """Take the *code* as typed and what was found under it."""
        super().__init__()
        self._code = code
        self._found = follow_up
        self._trouble: Problem | None = None

    def body(self) -> ComposeResult:
        """Lay out state, answers, history and the ways on."""
        found = self._found
        errand = NAMED.get(found.errand)
        title = self.say(errand.title) if errand else found.errand
        yield Static(Content(title), classes="help")
        yield Static(Content(self._headline()), classes="title")
        if self._trouble:
            words = self.say(self._trouble.visitor, code=self._trouble.code)
            yield Static(Content(f"{MISTAKE_MARK} {words}"), classes="mistake -said")
        yield Shelf(*self._lines(), phrases=self.visit.phrases)
        if found.can_erase:
            with Horizontal(classes="doings"):
                if found.can_add:
                    yield BigButton(self.say("Write more"), id="more", classes="-quiet")
                if correctable(self.visit.desk, found):
                    yield BigButton(self.say("Change an answer"), id="correct", classes="-quiet")
                if found.can_withdraw:
                    label = self.say("Cancel sign-up") if found.seat else self.say("Take it back")
                    yield BigButton(label, id="take-back", classes="-quiet")
                yield BigButton(self.say("Erase everything"), id="erase", classes="-danger")
        with Horizontal(classes="nav"):
            if self._can_check_in:
                yield BigButton(
                    self.say("I am here"), id="here", classes="-primary", after_s=READ_S
                )
            yield BigButton(self.say("Back"), id="back", classes="-quiet")
            yield BigButton(self.say("Done"), id="done", classes="-quiet", after_s=READ_S)

    def ready(self) -> None:
        """Begin at the way back, so that a stray Enter decides nothing."""
        self.query_one("#back").focus()

    def scanned(self, text: str, *, ended: bool) -> None:  # noqa: ARG002 - nothing more is typed
        """Look up the other receipt where this one was."""
        before = self.app.screen_stack[-2]
        if isinstance(before, FollowUpScreen):
            self.post_message(GoBack())
            before.scanned(text, ended=True)

    def on_unmount(self) -> None:
        """Forget the code and what stood under it."""
        self._code = ""
        self._found = FollowUp("", State.ERASED, ())

    @on(BigButton.Pressed, "#back")
    def _back(self) -> None:
        self.step_back()

    @on(BigButton.Pressed, "#done")
    def _done(self) -> None:
        self.post_message(StartOver())

    @on(BigButton.Pressed, "#here")
    def _is_here(self) -> None:
        self._check_in(self._code)

    @work(thread=True, exclusive=True, group="check-in", description="check-in")
    def _check_in(self, code: str) -> None:
        desk = self.visit.desk
        try:
            found = check_in(desk, code)
        except Trouble as trouble:
            self.post_message(Troubled(trouble.problem))
        else:
            desk.count(What.CHECKED_IN, language=self.visit.language)
            self.post_message(Found(code, found))

    @on(BigButton.Pressed, "#more")
    def _write_more(self) -> None:
        self.post_message(OpenMore(self._code))

    @on(BigButton.Pressed, "#correct")
    def _correct(self) -> None:
        self.post_message(OpenCorrection(self._code, self._found))

    @on(BigButton.Pressed, "#take-back")
    def _ask_take_back(self) -> None:
        question, yes = SIGN_UP_BACK if self._found.seat else ERRAND_BACK
        self.post_message(AskFirst(question, yes=yes, no=phrase("No, keep it"), about=TAKE_BACK))

    @on(BigButton.Pressed, "#erase")
    def _ask_erase(self) -> None:
        self.post_message(
            AskFirst(
                phrase("Erase everything? It cannot be brought back, and no answer can reach you."),
                yes=phrase("Yes, erase it"),
                no=phrase("No, keep it"),
                about=ERASE,
            )
        )

    @on(Confirmed)
    def _confirmed(self, event: Confirmed) -> None:
        self._withdraw(self._code, erase=event.about == ERASE)

    @work(thread=True, exclusive=True, group="withdraw", description="withdraw")
    def _withdraw(self, code: str, *, erase: bool) -> None:
        try:
            found = self.visit.desk.withdraw(code, erase=erase)
        except Trouble as trouble:
            self.post_message(Troubled(trouble.problem))
        else:
            self.post_message(Found(code, found))

    @on(Found)
    async def _changed(self, event: Found) -> None:
        event.stop()
        self._found, self._trouble = event.follow_up, None
        await self.speak_anew()

    @on(Troubled)
    async def _troubled(self, event: Troubled) -> None:
        event.stop()
        self._trouble = event.problem
        await self.speak_anew()

    def _headline(self) -> str:
        seat, phrases = self._found.seat, self.visit.phrases
        return headline(seat, phrases) if seat else state_in_words(phrases, self._found)

    def _seat(self) -> list[Widget]:
        """Say which workshop it is about, why it stands so, and how far the errand has come."""
        seat, desk, phrases = self._found.seat, self.visit.desk, self.visit.phrases
        workshop = self._found.workshop
        branch = desk.content.branch_name(workshop.branch) if workshop else ""
        if seat is None:
            known = occasion_in_words(workshop, branch, phrases).lines if workshop else ()
            return [Static(Content(each), classes="seat") for each in known]
        lines = (
            " · ".join(occasion_in_words(workshop, branch, phrases).lines),
            self._coming(workshop),
            reason(seat, phrases, desk.now()),
            state_in_words(phrases, self._found),
        )
        return [Static(Content(each), classes="seat") for each in lines if each]

    @property
    def _is_checked_in(self) -> bool:
        return self.visit.desk.now().date() in self._found.came

    @property
    def _can_check_in(self) -> bool:
        return not self._is_checked_in and not why_not(self.visit.desk, self._found)

    def _coming(self, workshop: Workshop | None) -> str:
        """Say that she is checked in, or why she cannot be now."""
        if self._is_checked_in:
            return self.say(CHECKED_IN)
        desk = self.visit.desk
        why = why_not(desk, self._found)
        seat = self._found.seat
        if why is None or (seat and seat.standing is Standing.REFUSED):
            return ""
        names = {each.key: each.name for each in desk.content.branches}
        there = names.get(workshop.branch, workshop.branch) if workshop else ""
        return hindrance_in_words(why, workshop, there, self.visit.phrases)

    def _lines(self) -> list[Widget]:
        found = self._found
        lines: list[Widget] = self._seat()
        lines += [self._answer(each) for each in reversed(found.answers)]
        lines.append(Static(Content(self.say("What has happened")), classes="side-title"))
        said = steps_in_words(self.visit.phrases, found.history)
        lines += [self._step(*each) for each in zip(found.history, said, strict=True)]
        return lines

    def _answer(self, answer: Answer) -> Static:
        phrases = self.visit.phrases
        signed = ", ".join(each for each in (answer.signed, phrases.moment(answer.at)) if each)
        return Static(
            Content.assemble((signed, "$muted"), "\n", Content(answer.text)), classes="answer"
        )

    def _step(self, step: Step, said: str) -> Static:
        when = self.visit.phrases.moment(step.at)
        return Static(Content.assemble((f"{when}  ", "$muted"), (said, "")), classes="step")
