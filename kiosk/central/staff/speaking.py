"""Speaking: the language of a page, and the names of what is spoken of on it."""

from collections.abc import Iterable

from django.utils.translation import get_language

from kiosk.central.programme import queries as programme
from kiosk.central.submissions.models import Submission
from kiosk.domain.content import Content
from kiosk.i18n import Phrases, phrases


def spoken() -> Phrases:
    """Return the phrases in the language of the page."""
    return phrases(get_language() or "en")


def content_for(submissions: Iterable[Submission]) -> Content:
    """Return content that knows every workshop and task that *submissions* are about."""
    answers = (answer for each in submissions for answer in each.answers.values())
    return programme.mentioned(answer for answer in answers if isinstance(answer, str))
