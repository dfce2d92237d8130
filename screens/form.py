"""The form: draws any errand, one question a screen, then the review."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message

from kiosk.desk import ErrandRefused
from kiosk.domain.errand import Question, blank
from kiosk.domain.figures import What
from kiosk.i18n import ordinary
from kiosk.phrase import phrase
from kiosk.problems import Trouble
from screens.draft import Draft
from screens.frame import ScreenFrame
from screens.messages import AskFirst, Confirmed, GoBack, HandInRefused, Troubled
from screens.numbers import NumberKeys
from screens.saving import Save, nothing
from screens.widgets.answers import AnswerField
from screens.widgets.big_button import READ_S, BigButton
from screens.widgets.keyboard import HIDE, SPACE, Keyboard, addresses, letters
from screens.widgets.page import Page, Review
from screens.widgets.progress import Progress

if TYPE_CHECKING:
    from screens.intent import HasIntent

THROW_AWAY = "throw-away"


class Form(ScreenFrame):
    """One errand on its way from the first question to the desk."""

    leaves_for_scans = False
    goes = phrase("Then everything you wrote here is erased, so nobody sees it.")

    def __init__(self, draft: Draft, save: Save) -> None:
        """Take the *draft*, wiped when the form goes, and how to *save* what is answered."""
        super().__init__()
        self.draft = draft
        """What she has answered so far."""
        self._save = save
        self._keyboard_hidden = False
        self._saving = False

    def body(self) -> ComposeResult:
        """Lay out progress, page, keyboard and the ways on and back."""
        self._progress, self._page = Progress(), Page(self.visit, self.draft)
        self._keyboard = Keyboard(
            letters(ordinary(self.visit.language)), {SPACE: self.say("Space")}
        )
        self._way_on = BigButton(self.say("Next"), id="next", classes="-primary")
        self._keys = BigButton(self.say("Keyboard"), id="keys", classes="-quiet")
        yield self._progress
        yield self._page
        yield self._keyboard
        with Horizontal(classes="nav"):
            yield self._way_on
            yield BigButton(self.say("Back"), id="back", classes="-quiet")
            yield BigButton(self.say("Cancel"), id="cancel", classes="-quiet", after_s=READ_S)
            yield self._keys

    def ready(self) -> None:
        """Show where she is, and begin at the answer."""
        self._begin_page()

    def step_back(self) -> None:
        """One question back; from the first one out, asking when something would be lost."""
        if self._saving:
            return
        if self.draft.go_back():
            self._turn()
        elif not self.draft.answers or self.decides:
            self._leave()

    @property
    def counted_as(self) -> str:
        """Name the errand and the question on screen."""
        question = self.draft.question
        return f"{self.draft.errand.name}/{question.name if question else 'review'}"

    def on_unmount(self) -> None:
        """Count where she left it, and forget what she answered."""
        if not self._saving:
            self.visit.count(What.ABANDONED, self.counted_as)
        self.draft.forget()
        self._save = nothing

    def on_key(self, event: events.Key) -> None:
        """Let a number be typed; everything else as on every screen."""
        field = self._page.field
        if field is not None and field.take(event.key):
            event.prevent_default()

    @on(AnswerField.Answered)
    def _answered(self, event: AnswerField.Answered) -> None:
        event.stop()
        question = self.draft.question
        if question is not None and question.name == event.question:
            self.draft.answer(question.name, event.answer)
            page = self._page
            page.show_mistake()
            self._show_way()
            if not (page.field and page.field.writes and page.field.writes_first):
                NumberKeys(self).write()  # nothing has one where one writes, and every key counts

    @on(AnswerField.Settled)
    def _settled(self, event: AnswerField.Settled) -> None:
        event.stop()
        if self._is_meant(event):
            self._next()

    @on(AnswerField.Enough)
    def _said_yes(self, event: AnswerField.Enough) -> None:
        event.stop()
        self._way_on.focus()

    @on(BigButton.Pressed, "#next")
    def _next_pressed(self, event: BigButton.Pressed) -> None:
        if self._is_meant(event):
            self._next()

    @on(BigButton.Pressed, "#back")
    def _back_pressed(self, event: BigButton.Pressed) -> None:
        if self._is_meant(event):
            self.step_back()

    @on(BigButton.Pressed, "#cancel")
    def _cancel_pressed(self, event: BigButton.Pressed) -> None:
        if not self._saving and self._is_meant(event):
            self._leave()

    @on(Keyboard.Hidden)
    def _hide_keyboard(self) -> None:
        self._keyboard_hidden = True
        self._arrange()
        self._page.go_on_from_writing()

    @on(BigButton.Pressed, "#keys")
    def _show_keyboard(self) -> None:
        self._keyboard_hidden = False
        self._arrange()
        self._page.write_here()

    @on(events.DescendantFocus, "#writing")
    def _begin_writing(self) -> None:
        field = self._page.field
        by_finger = cast("HasIntent", self.app).is_touched  # who comes by keys has keys
        if field is not None and not field.writes_first and by_finger:
            self._keyboard_hidden = False
            self._arrange()

    @on(Keyboard.Typing)
    def _typing(self) -> None:
        self._page.write_here()

    @on(Review.Change)
    def _change(self, event: Review.Change) -> None:
        event.stop()
        self.draft.go_to(event.question)
        self._turn()

    @on(Confirmed)
    def _confirmed(self, event: Confirmed) -> None:
        if event.about == THROW_AWAY:
            self.post_message(GoBack())

    @on(HandInRefused)
    def _refused(self, event: HandInRefused) -> None:
        self._saving = False
        self.draft.refuse(event.mistakes)
        self._turn()

    @on(Troubled)
    def _troubled(self, event: Troubled) -> None:
        self._saving = False
        self._page.trouble = event.problem
        self._turn()

    def _next(self) -> None:
        if self._saving:
            return
        if self.draft.question is None:
            self._begin_saving()
        elif self.draft.check(self.visit.desk.content, self.visit.desk.now()):
            self._begin_page()
        else:
            self.draft.go_on()
            self._turn()

    def _begin_saving(self) -> None:
        self._saving = True
        self._arrange()
        self._hand_in(self.draft.errand.kept(self.draft.answers), self.visit.language)

    @work(thread=True, exclusive=True, group="hand-in", description="hand-in")
    def _hand_in(self, answers: dict[str, object], language: str) -> None:
        """Save in a thread: the disk may take its time, the screen may not."""
        try:
            told = self._save(answers, language)
        except ErrandRefused as refused:
            self.post_message(HandInRefused(refused.mistakes))
        except Trouble as trouble:
            self.post_message(Troubled(trouble.problem))
        else:
            self.post_message(told)

    def _leave(self) -> None:
        if not self.draft.words_written:
            self.post_message(GoBack())
            return
        self.post_message(
            AskFirst(
                phrase("Throw away your answers?"),
                yes=phrase("Yes, throw them away"),
                no=phrase("No, go on"),
                about=THROW_AWAY,
            )
        )

    def _turn(self) -> None:
        """Show the page that the draft is at."""
        self.digits.forget()
        self.changes()
        self.call_next(self._show_page)

    async def _show_page(self) -> None:
        await self._page.recompose()
        self._begin_page()
        self.shown()

    def _is_meant(self, event: Message) -> bool:
        """Tell whether what was done was done to the page that is shown.

        Who presses twice presses the page before, however late a slow machine comes to it.
        """
        return event.time >= self.shown_at

    def _begin_page(self) -> None:
        """Put the focus where one answers, nothing of it covered by the keyboard."""
        field = self._page.field
        if field is not None:
            self._keyboard_hidden = not field.writes_first
        self._arrange()
        self._page.begin()

    def _arrange(self) -> None:
        """Fit everything around the page to it, and number what can be pressed."""
        self._show_way()
        self._fit_keyboard(self._page.field)
        NumberKeys(self).write()

    def _show_way(self) -> None:
        """Show how far she has come, and what goes on from here."""
        asked, question = self.draft.asked, self.draft.question
        words = (
            self.say("Check your answers")
            if question is None
            else self.say("Question {n} of {all}", n=self.draft.place + 1, all=len(asked))
        )
        self._progress.show(words, self.draft.place, len(asked))
        self._way_on.rename(self._forward(question))
        self._way_on.after_s = READ_S if question is None else 0
        self._way_on.set_class(self._saving, "-off")

    def _fit_keyboard(self, field: AnswerField | None) -> None:
        """Show the keys of what is written here, or none."""
        writes = field is not None and field.writes
        shown = writes and not self._keyboard_hidden
        keyboard = self._keyboard
        keyboard.display = shown
        address = field is not None and field.writes_address
        keyboard.lay_out((addresses if address else letters)(ordinary(self.visit.language)))
        if field is not None:
            keyboard.name_key(HIDE, self.say(field.hides_keys))
        self._keys.display = writes and not shown
        self.set_class(shown, "-writing")

    def _forward(self, question: Question | None) -> str:
        if self._saving:
            return self.say("Saving …")
        if question is None:
            return self.say("Hand in")
        skips = not question.required and blank(self.draft.answers.get(question.name))
        return self.say("Skip") if skips else self.say("Next")
