"""An answer in words: the same for the visitor's review, the staff page and the export."""

from typing import Any

from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, CallNote, Errand, Kind, Question, blank
from kiosk.domain.texts import text_for
from kiosk.errands.offer import time_in_words, when_in_words
from kiosk.errands.wording import FACES
from kiosk.i18n import Phrases
from kiosk.phrase import phrase


def told(
    errand: Errand, answers: Answers, content: Content, phrases: Phrases
) -> list[tuple[Question, str]]:
    """List each question that was asked with its answer in words, empty where it was skipped."""
    return [
        (question, in_words(question, answers.get(question.name), content, phrases))
        for question in errand.asked(answers)
    ]


def noted(note: CallNote | None, content: Content, phrases: Phrases) -> str:
    """Say a note with the number of the branch; empty where there is nothing to say."""
    if note is None:
        return ""
    phone = content.branch.phone
    said = note.calling if phone else note.without
    return phrases.say(said, phone=phone) if said else ""


def in_words(question: Question, answer: Any, content: Content, phrases: Phrases) -> str:
    """Say one answer in the language of *phrases*; what a visitor wrote stays as she wrote it.

    An answer of an unexpected shape, from an older kiosk perhaps, is shown plainly, not refused.
    """
    if blank(answer):
        return ""
    try:
        return _SPOKEN.get(question.kind, _written)(question, answer, content, phrases)
    except (KeyError, TypeError, ValueError, AttributeError):
        return str(answer)


def _written(_question: Question, answer: Any, _content: Content, _phrases: Phrases) -> str:
    return str(answer)


def _face(_question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    return f"{phrases.say(FACES[answer])} ({answer}/5)"


def _chosen(question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    labels = {each.value: phrases.say(each.label) for each in question.choices}
    picked = answer if isinstance(answer, list) else [answer]
    return " · ".join(labels.get(value, str(value)) for value in picked)


def _times(_question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    return ", ".join(time_in_words(each, phrases) for each in answer)


def _consented(_question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    return phrases.say(phrase("Yes")) if answer is True else phrases.say(phrase("No"))


def _seats(_question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    adults, children = answer.get("adults", 0), answer.get("children", 0)
    parts = []
    if adults:
        parts.append(phrases.count("{n} adult", "{n} adults", adults))
    if children:
        parts.append(phrases.count("{n} child", "{n} children", children))
    return phrases.listing(parts)


def _workshop(_question: Question, answer: Any, content: Content, phrases: Phrases) -> str:
    workshop = content.workshop(answer)
    if workshop is None:
        return str(answer)
    return f"{text_for(workshop.title, phrases.language)}, {when_in_words(workshop, phrases)}"


def _task(_question: Question, answer: Any, content: Content, phrases: Phrases) -> str:
    task = content.task(answer)
    return text_for(task.title, phrases.language) if task else str(answer)


def _idea(_question: Question, answer: Any, content: Content, phrases: Phrases) -> str:
    idea = content.posting(answer)
    return text_for(idea.title, phrases.language) if idea else str(answer)


def _agreed(_question: Question, answer: Any, _content: Content, phrases: Phrases) -> str:
    agreed = phrases.say(phrase("Agreed")) if answer.get("accepted") else phrases.say(phrase("No"))
    mine = str(answer.get("mine", "")).strip()
    return f"{agreed}: {mine}" if mine else agreed


_SPOKEN = {
    Kind.FACES: _face,
    Kind.CHOICE: _chosen,
    Kind.CHOICES: _chosen,
    Kind.TIMES: _times,
    Kind.CONSENT: _consented,
    Kind.SEATS: _seats,
    Kind.WORKSHOP: _workshop,
    Kind.TASK: _task,
    Kind.IDEA: _idea,
    Kind.AGREEMENT: _agreed,
}
