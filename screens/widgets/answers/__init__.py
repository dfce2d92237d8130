"""Answer fields: one for each kind of question."""

from collections.abc import Mapping

from kiosk.domain.errand import Kind
from screens.widgets.answers.agreement import AgreementField
from screens.widgets.answers.asking import QuestionContext
from screens.widgets.answers.choice import ChoiceField
from screens.widgets.answers.consent import ConsentField
from screens.widgets.answers.counting import SeatsField
from screens.widgets.answers.faces import FacesField
from screens.widgets.answers.field import AnswerField
from screens.widgets.answers.number import NumberField
from screens.widgets.answers.times import TimesField
from screens.widgets.answers.writing import AddressField, LineField, PageField

__all__ = ["AnswerField", "QuestionContext", "field_for"]

_FIELDS: Mapping[Kind, type[AnswerField]] = {
    Kind.FACES: FacesField,
    Kind.CHOICE: ChoiceField,
    Kind.CHOICES: ChoiceField,
    Kind.TEXT: LineField,
    Kind.LONG_TEXT: PageField,
    Kind.CONTACT: AddressField,
    Kind.CONSENT: ConsentField,
    Kind.NUMBER: NumberField,
    Kind.SEATS: SeatsField,
    Kind.WORKSHOP: ChoiceField,
    Kind.TASK: ChoiceField,
    Kind.IDEA: ChoiceField,
    Kind.AGREEMENT: AgreementField,
    Kind.TIMES: TimesField,
}


def field_for(asking: QuestionContext) -> AnswerField:
    """Return the field in which this question is answered."""
    return _FIELDS[asking.question.kind](asking)
