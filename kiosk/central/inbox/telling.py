"""A submission in the words of the staff page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from kiosk.central.inbox.lines import language_name, plain, state_label, title
from kiosk.central.inbox.models import Step, Submission
from kiosk.central.programme import queries as programme
from kiosk.central.questionnaires.checking import doubts, in_words
from kiosk.central.questionnaires.queries import errand_of, unexplained
from kiosk.domain.content import Content
from kiosk.domain.errand import Kind
from kiosk.domain.receipt import State
from kiosk.errands.questions import QUESTIONS
from kiosk.errands.telling import told
from kiosk.i18n import Phrases, phrases

_OWN_WORDS = {Kind.TEXT, Kind.LONG_TEXT}


@dataclass(frozen=True, slots=True)
class Part:
    """One question with its answer."""

    ask: str
    """The question as the visitor met it, in the language of the page."""
    answer: str
    """In words; empty where it was skipped."""
    own_words: bool
    """Whether the visitor wrote it herself."""
    doubt: str = ""
    """Why it does not fit the questionnaire it was given to; empty where it does."""


def spoken() -> Phrases:
    """Return the phrases in the language of the page."""
    return phrases(get_language() or "en")


def content_for(submissions: Iterable[Submission]) -> Content:
    """Return content that knows every workshop and task that *submissions* are about."""
    answers = (answer for each in submissions for answer in each.answers.values())
    return programme.mentioned(answer for answer in answers if isinstance(answer, str))


def in_full(submission: Submission) -> dict[str, Any]:
    """Collect everything that the page of one submission shows."""
    answers, language = submission.answers, spoken().language
    declared = errand_of(submission.errand, answers, submission.tenant_id, language)
    return {
        "submission": submission,
        "errand": title(submission.errand, spoken()),
        "known": declared is not None,
        "of_questionnaire": submission.errand == QUESTIONS.name,
        "doubtful": bool(doubts(declared, answers)),
        "told": parts(submission, content_for([submission]), spoken()),
        "state": state_label(submission.state),
        "withdrawn": submission.state == State.WITHDRAWN,
        "visitor_language": language_name(submission.language),
        "steps": [_step(step) for step in submission.steps.all()],
        "additions": list(submission.additions.all()),
        "answers": list(submission.answers_given.all()),
        "published": list(submission.publications.exclude(title={})),
    }


def parts(submission: Submission, content: Content, phrases: Phrases) -> list[Part]:
    """List questions and answers in words; what no declaration knows is shown as it came."""
    answers: dict[str, Any] = submission.answers
    errand = errand_of(submission.errand, answers, submission.tenant_id, phrases.language)
    known = told(errand, answers, content, phrases) if errand else []
    wrong = {name: in_words(reason) for name, reason in doubts(errand, answers).items()}
    return [
        *(
            Part(
                phrases.say(question.ask),
                answer,
                question.kind in _OWN_WORDS,
                wrong.get(question.name, ""),
            )
            for question, answer in known
        ),
        *(
            Part(name, plain(answers[name]), isinstance(answers[name], str), wrong.get(name, ""))
            for name in unexplained(errand, answers)
        ),
    ]


def _step(step: Step) -> dict[str, Any]:
    return {"label": state_label(step.state), "at": step.at}
