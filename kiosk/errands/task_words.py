"""A volunteer task in words: why, what it gives, how it is done, how much time, for how long."""

from kiosk.domain.task import Footing, Task
from kiosk.errands.fallback import named_text
from kiosk.i18n import Phrases
from kiosk.phrase import phrase

FOOTINGS = {
    Footing.PILOT: phrase("Tried for a limited time"),
    Footing.REGULAR: phrase("Goes on until one of us ends it"),
}


def task_in_few_words(task: Task, phrases: Phrases) -> str:
    """Say what one chooses a task by, beside its title."""
    parts = (named_text(task.hours, phrases), named_text(task.purpose, phrases))
    return " · ".join(each for each in parts if each)


def task_in_words(task: Task, phrases: Phrases) -> list[tuple[str, str]]:
    """Say everything the library tells of a task, each part under its heading."""
    say = phrases.say
    told = (
        (say(phrase("Why")), named_text(task.purpose, phrases)),
        (say(phrase("What it gives")), named_text(task.value, phrases)),
        (say(phrase("How it is done")), named_text(task.frames, phrases)),
        (say(phrase("Time")), " · ".join(_time(task, phrases))),
    )
    return [(heading, text) for heading, text in told if text]


def _time(task: Task, phrases: Phrases) -> list[str]:
    told = (named_text(task.hours, phrases), phrases.say(FOOTINGS[task.footing]))
    return [each for each in told if each]
