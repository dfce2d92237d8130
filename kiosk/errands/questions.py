"""Answer questions: a questionnaire that staff wrote, as an errand for one reader."""

from dataclasses import replace

from kiosk.domain.errand import Answers, Choice, Errand, Kind, Question
from kiosk.domain.questionnaire import QUESTIONNAIRE, VERSION, WORDS, Questionnaire, WrittenQuestion
from kiosk.domain.texts import text_for
from kiosk.phrase import phrase

QUESTIONS = Errand(
    name="questions",
    title=phrase("Answer questions"),
    noun=phrase("Answers to questions"),
    blurb=phrase("A few quick ones. No name needed."),
    thanks=phrase("Thank you for your answers!"),
    questions=(
        Question(
            name=WORDS,
            kind=Kind.LONG_TEXT,
            ask=phrase("Is there anything else you want to say?"),
            help=phrase("You can skip this one."),
            personal=True,
            matter=True,
        ),
    ),
)
"""What all questionnaires have in common: the name they are stored under, and the last question."""

_WRITTEN = frozenset({Kind.TEXT, Kind.LONG_TEXT})


def as_errand(questionnaire: Questionnaire, language: str) -> Errand:
    """Return what a reader of *language* is asked; its texts are already said.

    The questionnaire must be without a fault.
    """
    own = (_question(each, language) for each in questionnaire.questions)
    return replace(
        QUESTIONS,
        title=text_for(questionnaire.title, language),
        noun="",
        questions=(*own, *QUESTIONS.questions),
        marks=((QUESTIONNAIRE, questionnaire.id), (VERSION, questionnaire.version)),
    )


def named(answers: Answers) -> tuple[str, int]:
    """Return id and version of the questionnaire that *answers* tell of; `("", 0)` for none."""
    told, version = answers.get(QUESTIONNAIRE), answers.get(VERSION)
    if isinstance(told, str) and isinstance(version, int) and not isinstance(version, bool):
        return told, version
    return "", 0


def _question(written: WrittenQuestion, language: str) -> Question:
    kind = Kind(written.kind)
    return Question(
        name=written.name,
        kind=kind,
        ask=text_for(written.ask, language),
        help=text_for(written.help, language),
        choices=tuple(
            Choice(each.value, text_for(each.label, language)) for each in written.choices
        ),
        required=written.required,
        personal=kind in _WRITTEN,
        matter=True,
        limit=written.limit,
        only_if=written.only_if,
    )
