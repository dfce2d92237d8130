"""What can be picked today: the choices of a question, from its declaration or from content."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from kiosk.domain.content import Content, Notice
from kiosk.domain.errand import TIMES, Choice, Errand, Kind, Question
from kiosk.domain.mistake import Offered
from kiosk.domain.texts import text_for
from kiosk.domain.workshop import Workshop, coming
from kiosk.errands.board_words import stage_in_words
from kiosk.errands.fallback import named_text
from kiosk.errands.task_words import task_in_few_words
from kiosk.errands.wording import AUDIENCE_NAMES, DAY_NAMES, FACES, PART_NAMES
from kiosk.i18n import Phrases
from kiosk.phrase import phrase


def choices(
    question: Question, content: Content, phrases: Phrases, now: datetime
) -> tuple[Choice, ...]:
    """List what can be picked for *question*, with labels in the visitor's language.

    *now* is the branch's local wall clock. Empty for the kinds that are written, not picked.
    """
    match question.kind:
        case Kind.WORKSHOP:
            return _workshops(content, phrases, now)
        case Kind.TASK:
            return _tasks(content, phrases)
        case Kind.IDEA:
            return _ideas(content, phrases)
        case Kind.FACES:
            return tuple(Choice(str(face), phrases.say(name)) for face, name in FACES.items())
        case Kind.TIMES:
            return tuple(Choice(time, time_in_words(time, phrases)) for time in TIMES)
    return tuple(
        Choice(each.value, phrases.say(each.label), phrases.say(each.note))
        for each in question.choices
    )


def offered(errand: Errand, content: Content, now: datetime) -> Offered:
    """Return the values that content offers today for the questions that pick from it."""
    values: Mapping[Kind, list[str]] = {
        Kind.WORKSHOP: [each.id for each in _open_workshops(content, now)],
        Kind.TASK: [each.id for each in content.tasks],
        Kind.IDEA: [each.id for each in content.postings if each.can_be_joined],
    }
    return {
        question.name: values[question.kind]
        for question in errand.questions
        if question.kind in values
    }


def time_in_words(time: str, phrases: Phrases) -> str:
    """Say a day and part of day, such as `mon-evening`."""
    day, _, part = time.partition("-")
    return f"{phrases.say(DAY_NAMES[day])} {phrases.say(PART_NAMES[part])}"


def when_in_words(workshop: Workshop, phrases: Phrases) -> str:
    """Say when a workshop is: one time, whole days, or a series from a first to a last date."""
    starts, ends = workshop.starts, workshop.ends
    if workshop.all_day:
        if ends and ends.date() > starts.date():
            return f"{phrases.day(starts)} – {phrases.day(ends)}"
        return phrases.day(starts)
    if ends and ends - starts >= timedelta(days=1):
        hours = f"{phrases.clock(starts)}–{phrases.clock(ends)}"
        return f"{phrases.short_day(starts)} – {phrases.short_day(ends)}, {hours}"
    until = f"–{phrases.clock(ends)}" if ends else ""
    return f"{phrases.day(starts)} {phrases.clock(starts)}{until}"


def notice_in_words(notice: Notice, phrases: Phrases) -> str:
    """Say a notice, whom it is for first where it is not for everybody."""
    text = named_text(notice.text, phrases)
    if not notice.audience:
        return text
    audience = AUDIENCE_NAMES.get(notice.audience, notice.audience)
    return f"{phrases.say(audience)}: {text}"


def seats_in_words(workshop: Workshop, phrases: Phrases) -> str:
    """Say how many seats were left when the content was published; empty without a limit."""
    left = workshop.seats_left
    if left is None:
        return ""
    if left == 0:
        return phrases.say(phrase("Full – waiting list"))
    return phrases.count("{n} seat left", "{n} seats left", left)


def _open_workshops(content: Content, now: datetime) -> list[Workshop]:
    return [each for each in coming(content.programme, now) if each.can_be_signed_up_for(now)]


def _workshops(content: Content, phrases: Phrases, now: datetime) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            each.id,
            text_for(each.title, phrases.language),
            " · ".join(
                part
                for part in (
                    when_in_words(each, phrases),
                    seats_in_words(each, phrases),
                    content.branch_name(each.branch),
                )
                if part
            ),
        )
        for each in _open_workshops(content, now)
    )


def _tasks(content: Content, phrases: Phrases) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            each.id,
            text_for(each.title, phrases.language),
            task_in_few_words(each, phrases),
        )
        for each in content.tasks
    )


def _ideas(content: Content, phrases: Phrases) -> tuple[Choice, ...]:
    return tuple(
        Choice(each.id, text_for(each.title, phrases.language), stage_in_words(each, phrases))
        for each in content.postings
        if each.can_be_joined
    )
