"""A submission in the words of the staff page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from kiosk.central.questionnaires.checking import doubts, in_words
from kiosk.central.questionnaires.queries import errand_of, unexplained
from kiosk.central.staff.inbox.rows import plain, state_label, title
from kiosk.central.staff.speaking import content_for, spoken
from kiosk.central.submissions.disclosure import added_words_are_matter
from kiosk.central.submissions.earlier import Earlier, earlier_answers
from kiosk.central.submissions.models import Submission
from kiosk.domain.content import Content
from kiosk.domain.errand import Answers, Errand, Kind, Question
from kiosk.domain.receipt import State
from kiosk.errands.questions import QUESTIONS
from kiosk.errands.telling import in_words as answer_in_words
from kiosk.errands.telling import told
from kiosk.i18n import Phrases

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
    withheld: bool = False
    """Whether there is an answer that whoever looks may not read, because it tells who she is."""
    doubt: str = ""
    """Why it does not fit the questionnaire it was given to; empty where it does."""
    earlier: tuple[tuple[str, datetime], ...] = ()
    """What was answered before it was corrected, in words, and until when; oldest first."""


def in_full(submission: Submission, *, named: bool) -> dict[str, Any]:
    """Collect everything that the page of one submission shows; who she is only if *named*."""
    answers, language = submission.answers, spoken().language
    open_to_all = named or added_words_are_matter(submission.errand)
    declared = errand_of(submission.errand, answers, submission.tenant_id, language)
    return {
        "submission": submission,
        "errand": title(submission.errand, spoken()),
        "known": declared is not None,
        "of_questionnaire": submission.errand == QUESTIONS.name,
        "doubtful": bool(doubts(declared, answers)),
        "told": parts(submission, content_for([submission]), spoken(), named=named),
        "state": state_label(submission.state),
        "withdrawn": submission.state == State.WITHDRAWN,
        "visitor_language": spoken().language_name(submission.language),
        "steps": steps(submission),
        "open_to_all": open_to_all,
        "additions": list(submission.additions.all()) if open_to_all else [],
        "answers": list(submission.answers_given.all()) if open_to_all else [],
        "published": list(submission.publications.exclude(title={})),
    }


def parts(submission: Submission, content: Content, phrases: Phrases, *, named: bool) -> list[Part]:
    """List questions and answers in words; what no declaration knows is shown as it came.

    Unless *named*, answers that tell who she is are withheld, and what no declaration knows too.
    """
    answers: dict[str, Any] = submission.answers
    errand = errand_of(submission.errand, answers, submission.tenant_id, phrases.language)
    earlier = earlier_answers(submission, errand)
    known = told(errand, answers, content, phrases) if errand else []
    wrong = {name: in_words(reason) for name, reason in doubts(errand, answers).items()}
    asked = {question.name for question, _answer in known}
    dropped = [each for each in errand.questions if each.name in earlier] if errand else []
    known += [(question, "") for question in dropped if question.name not in asked]
    explained = [
        _withheld(question, answer, phrases)
        if question.tells_who and not named
        else Part(
            phrases.say(question.ask),
            answer,
            question.kind in _OWN_WORDS,
            doubt=wrong.get(question.name, ""),
            earlier=tuple(
                (answer_in_words(question, each.answer, content, phrases), each.until)
                for each in earlier.get(question.name, ())
            ),
        )
        for question, answer in known
    ]
    return [*explained, *(_as_it_came(submission, errand, earlier, wrong) if named else ())]


def _withheld(question: Question, answer: str, phrases: Phrases) -> Part:
    return Part(phrases.say(question.ask), "", own_words=False, withheld=bool(answer))


def _as_it_came(
    submission: Submission,
    errand: Errand | None,
    earlier: Mapping[str, list[Earlier]],
    wrong: Mapping[str, str],
) -> Iterator[Part]:
    """Yield what no declaration knows."""
    answers = submission.answers
    for name, before in _unexplained(errand, answers, earlier):
        answer = answers.get(name)
        doubt = wrong.get(name, "")
        yield Part(
            name, plain(answer), isinstance(answer, str), doubt=doubt, earlier=_plain(before)
        )


def _unexplained(
    errand: Errand | None, answers: Answers, earlier: Mapping[str, list[Earlier]]
) -> Iterator[tuple[str, list[Earlier]]]:
    """Yield what no declaration knows, answered now or earlier."""
    names = dict.fromkeys(unexplained(errand, answers))
    if errand is None:
        names |= dict.fromkeys(earlier)
    return ((name, earlier.get(name, [])) for name in names)


def _plain(earlier: Iterable[Earlier]) -> tuple[tuple[str, datetime], ...]:
    return tuple((plain(each.answer), each.until) for each in earlier)


def steps(submission: Submission) -> list[dict[str, Any]]:
    """Say what happened to it, oldest first: it is new once, then the visitor changed it."""
    afterwards = {each.at: gettext("Added by the visitor") for each in submission.additions.all()}
    afterwards |= {
        each.at: gettext("Corrected by the visitor") for each in submission.corrections.all()
    }
    return [
        {
            "label": (place and afterwards.get(step.at)) or state_label(step.state),
            "at": step.at,
        }
        for place, step in enumerate(submission.steps.all())
    ]
