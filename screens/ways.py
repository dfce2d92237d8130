"""The ways between the screens: which message opens which screen."""

from collections.abc import Callable
from functools import partial
from typing import cast

from textual import on
from textual.screen import Screen

from kiosk.desk import Desk
from kiosk.domain.errand import Errand
from kiosk.domain.figures import What
from kiosk.errands import NAMED
from kiosk.errands.correction import correction_of
from kiosk.errands.more import MORE
from kiosk.errands.questions import as_errand
from kiosk.i18n import EASY, ordinary
from kiosk.problems import Trouble
from screens import messages
from screens.confirm import Confirm
from screens.correctable import Correctable
from screens.draft import Draft
from screens.follow_up import FollowUpScreen
from screens.followed import FollowedScreen
from screens.form import Form
from screens.frame import ScreenFrame
from screens.guide import GuideScreen
from screens.help import HelpScreen
from screens.help_card import HelpCard
from screens.highlights import Highlights
from screens.home import Home
from screens.intent import IntentApp
from screens.out_of_order import OutOfOrder
from screens.phone_code import PhoneCode
from screens.posting import PostingScreen
from screens.postings import Postings
from screens.programme import Programme
from screens.questions import Questionnaires, QuestionsForm
from screens.receipt import ReceiptScreen
from screens.resting import Resting
from screens.saving import Save, adding, correcting, handing_in
from screens.technician import Technician
from screens.visit import Visit
from screens.workshop import WorkshopScreen


class Ways(IntentApp):
    """An app that goes where its screens ask to go; every screen is made anew each time."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        """Stand before *desk* with the *visit* that all screens share."""
        super().__init__()
        self.desk = desk
        """The one door to everything below."""
        self.visit = visit
        """The stay of the visitor in front."""

    def get_default_screen(self) -> Screen[None]:
        """Rest until somebody comes."""
        return Resting()

    def rest(self) -> None:
        """Bring the resting screen up to date."""
        for screen in self.screen_stack:
            if isinstance(screen, Resting):
                screen.ready()

    @on(messages.BeginVisit)
    def _begin_visit(self, event: messages.BeginVisit) -> None:
        if len(self.screen_stack) == 1:
            self.visit.begin(event.language)
            self.push_screen(Home())
            if event.towards:
                self.post_message(event.towards())

    @on(messages.LanguageChosen)
    def _choose_language(self, event: messages.LanguageChosen) -> None:
        self.visit.language = event.language
        self.draw_anew()

    @on(messages.EasyWanted)
    def _change_words(self) -> None:
        language = self.visit.language
        self.visit.language = EASY.get(language, ordinary(language))
        self.draw_anew()

    def draw_anew(self) -> None:
        """Draw every screen of the visit once more, in her language and size."""
        for screen in self.screen_stack[1:]:
            if isinstance(screen, ScreenFrame):
                screen.call_later(screen.speak_anew)

    @on(messages.OpenErrand)
    def _open_errand(self, event: messages.OpenErrand) -> None:
        self._begin(event.errand, partial(Form, Draft(event.errand, event.answers)))

    @on(messages.OpenQuestions)
    def _open_questions(self, event: messages.OpenQuestions) -> None:
        """List what is asked today, or begin what was chosen, or the only one there is."""
        asked = self.desk.content.asked_on(self.desk.now().date())
        chosen = [each for each in asked if event.questionnaire in ("", each.id)]
        if len(chosen) == 1:
            errand = as_errand(chosen[0], self.visit.language)
            self._begin(errand, partial(QuestionsForm, chosen[0], Draft(errand)))
        elif not event.questionnaire:
            self.push_screen(Questionnaires())

    def _begin(self, errand: Errand, form: Callable[[Save], Form]) -> None:
        """Open the form of *errand*, or say why nothing can be begun."""
        try:
            begun = self.desk.begin(errand)
        except Trouble as trouble:
            self.push_screen(OutOfOrder(trouble.problem))
        else:
            self.visit.count(What.BEGUN, errand.name)
            self.push_screen(form(handing_in(self.desk, begun)))

    @on(messages.OpenRoom)
    def _open_room(self, event: messages.OpenRoom) -> None:
        self.push_screen(Home(event.room))

    @on(messages.OpenProgramme)
    def _open_programme(self) -> None:
        self.push_screen(Programme(self.desk.content.branch.key))

    @on(messages.OpenWorkshop)
    def _open_workshop(self, event: messages.OpenWorkshop) -> None:
        workshop = self.desk.content.workshop(event.workshop_id)
        if workshop is not None:
            self.push_screen(WorkshopScreen(workshop))

    @on(messages.OpenGuide)
    def _open_guide(self, event: messages.OpenGuide) -> None:
        """Open the next question of the guide, or the card where only one can help."""
        guide = self.desk.content.guide
        need = guide.need(event.need)
        topic = need.topic(event.topic) if need else None
        contacts = guide.who_helps(topic) if topic else []
        if len(contacts) == 1:
            self._open_help(messages.OpenHelp(event.need, event.topic, contacts[0].id))
        else:
            self.push_screen(GuideScreen(need, topic))

    @on(messages.OpenHelp)
    def _open_help(self, event: messages.OpenHelp) -> None:
        guide = self.desk.content.guide
        need = guide.need(event.need)
        topic = need.topic(event.topic) if need else None
        for contact in guide.who_helps(topic) if topic else []:
            if need and topic and contact.id == event.contact:
                card = HelpCard(need, topic, contact)
                self.visit.count(What.GUIDE, card.about)
                self.push_screen(card)

    @on(messages.OpenBoard)
    def _open_board(self, event: messages.OpenBoard) -> None:
        self.push_screen(Postings(event.board))

    @on(messages.OpenHighlights)
    def _open_highlights(self) -> None:
        self.push_screen(Highlights())

    @on(messages.OpenPosting)
    def _open_posting(self, event: messages.OpenPosting) -> None:
        if self.desk.content.posting(event.posting_id):
            self.push_screen(PostingScreen(event.posting_id))

    @on(messages.OpenFollowUp)
    def _open_follow_up(self, event: messages.OpenFollowUp) -> None:
        self.push_screen(FollowUpScreen(event.scan))

    @on(messages.Found)
    def _found(self, event: messages.Found) -> None:
        self.visit.count(What.FOLLOWED)
        self.push_screen(FollowedScreen(event.code, event.follow_up))

    @on(messages.OpenMore)
    def _open_more(self, event: messages.OpenMore) -> None:
        self._open_if_room(lambda: Form(Draft(MORE), adding(self.desk, event.code)))

    @on(messages.OpenCorrection)
    def _open_correction(self, event: messages.OpenCorrection) -> None:
        """List what can be answered anew, or ask what was chosen."""
        found = event.follow_up
        if not event.root:
            self.push_screen(Correctable(event.code, found))
            return
        seats = found.seat.seats if found.seat else 0
        draft = Draft(correction_of(NAMED[found.errand], event.root, seats))
        save = correcting(self.desk, event.code, event.root)
        if self._open_if_room(lambda: Form(draft, save)):
            self.visit.count(What.BEGUN, draft.errand.name)

    def _open_if_room(self, form: Callable[[], Form]) -> bool:
        """Open a form whose errand needs no receipt of its own, or say why it cannot be saved."""
        try:
            self.desk.check_room()
        except Trouble as trouble:
            self.push_screen(OutOfOrder(trouble.problem))
            return False
        self.push_screen(form())
        return True

    @on(messages.Added)
    def _added(self, event: messages.Added) -> None:
        while not isinstance(self.screen, FollowedScreen):
            self.pop_screen()
        self.screen.post_message(messages.Found(event.code, event.follow_up))

    @on(messages.HelpWanted)
    def _help(self) -> None:
        """Help where she is; the screen under it waits as it was."""
        if isinstance(self.screen, ScreenFrame) and not isinstance(self.screen, HelpScreen):
            self.visit.begin("")
            self.visit.count(What.HELP, self.screen.counted_as)
            self.push_screen(HelpScreen())

    @on(messages.OpenTechnician)
    def _open_technician(self) -> None:
        if not isinstance(self.screen, Technician):
            self.push_screen(Technician())

    @on(messages.AskFirst)
    def _ask_first(self, event: messages.AskFirst) -> None:
        self.push_screen(Confirm(cast("Screen[None]", self.screen), event))

    @on(messages.HandedIn)
    def _handed_in(self, event: messages.HandedIn) -> None:
        while not isinstance(self.screen, Form):
            self.pop_screen()
        errand = self.screen.draft.errand
        self.switch_screen(ReceiptScreen(event.receipt, errand))

    @on(messages.OpenPhoneCode)
    def _open_phone_code(self, event: messages.OpenPhoneCode) -> None:
        self.push_screen(PhoneCode(event.receipt))

    @on(messages.GoBack)
    def _go_back(self) -> None:
        if len(self.screen_stack) > 1:
            self.pop_screen()
