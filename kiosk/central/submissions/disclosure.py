"""Disclosure: what staff read who see no names; librarians of the branch read everything."""

from kiosk.domain.errand import Answers, Errand
from kiosk.errands import NAMED
from kiosk.errands.questions import QUESTIONS


def without_who(errand: Errand | None, answers: Answers) -> Answers:
    """Leave out what tells who she is, and everything that no declaration here explains."""
    questions = errand.questions if errand else ()
    told = {each.name for each in questions if not each.tells_who}
    return {name: answer for name, answer in answers.items() if name in told}


def matter(errand_name: str, answers: Answers) -> Answers:
    """Return what may be searched by everybody; a questionnaire never asks who she is."""
    if errand_name == QUESTIONS.name:
        return answers
    return without_who(NAMED.get(errand_name), answers)


def added_words_are_matter(errand_name: str) -> bool:
    """Tell whether what is written afterwards, by her or to her, is about more than her."""
    errand = NAMED.get(errand_name)
    return errand is not None and errand.has_matter
