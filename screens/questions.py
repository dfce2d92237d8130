"""Questions that staff wrote: the list of them where there are several, and their form."""

from kiosk.domain.questionnaire import Questionnaire
from kiosk.domain.texts import text_for
from kiosk.errands.questions import QUESTIONS, as_errand
from kiosk.errands.wording import AUDIENCE_NAMES
from screens.draft import Draft
from screens.form import Form
from screens.listed import Listed
from screens.messages import OpenQuestions
from screens.saving import Save


class Questionnaires(Listed):
    """What visitors are asked today."""

    def title_line(self) -> str:
        """Name it like its tile."""
        return self.say(QUESTIONS.title)

    def lead(self) -> str:
        """Say what it takes."""
        return self.say(QUESTIONS.blurb)

    def entries(self) -> list[tuple[str, str, str]]:
        """List the questionnaires."""
        desk = self.visit.desk
        return [
            (each.id, text_for(each.title, self.visit.language), self._note(each))
            for each in desk.content.asked_on(desk.now().date())
        ]

    def opened(self, value: str) -> None:
        """Begin one of them."""
        self.post_message(OpenQuestions(value))

    def _note(self, questionnaire: Questionnaire) -> str:
        """Say how much it is, as the form counts at its beginning, and for whom if not for all."""
        many = len(as_errand(questionnaire, self.visit.language).asked({}))
        facts = [self.visit.phrases.count("{n} question", "{n} questions", many)]
        if questionnaire.audience:
            audience = questionnaire.audience
            facts.append(self.say(AUDIENCE_NAMES.get(audience, audience)))
        return " · ".join(facts)


class QuestionsForm(Form):
    """The form of one questionnaire; another language puts its own words in place."""

    def __init__(self, questionnaire: Questionnaire, draft: Draft, save: Save) -> None:
        """Take the *questionnaire* as it was when she began, and what a form takes."""
        super().__init__(draft, save)
        self._questionnaire = questionnaire

    async def speak_anew(self) -> None:
        """Ask the same in the language of the visit."""
        self.draft.errand = as_errand(self._questionnaire, self.visit.language)
        await super().speak_anew()
