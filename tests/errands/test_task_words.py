"""A volunteer task is told whole: nothing that the library wrote of it is kept from visitors."""

from dataclasses import fields, replace
from typing import Any

import pytest

from kiosk.domain.task import Footing, Task
from kiosk.errands.offer import choices
from kiosk.errands.task_words import task_in_words
from kiosk.errands.volunteer import VOLUNTEER
from kiosk.i18n import LANGUAGES, phrases
from tests.drivers.published import CONTENT, READING
from tests.errands.test_offer import NOW

NOT_READ = {"id", "title", "library_offers", "library_expects", "footing", "version"}
"""The title names the tile; the two columns of the agreement stand beside; the rest is no text."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_a_task_is_told_where_she_agrees(language: str) -> None:
    texts = {each.name for each in fields(Task)} - NOT_READ
    written: dict[str, Any] = {name: {language: f"<{name}>"} for name in texts}
    task = replace(READING, **written)
    told = " ".join(text for _heading, text in task_in_words(task, phrases(language)))
    assert all(f"<{name}>" in told for name in texts)


def test_a_trial_is_told_apart_from_what_goes_on() -> None:
    pilot, regular = (
        task_in_words(replace(READING, footing=each), phrases("en")) for each in Footing
    )
    assert pilot != regular


def test_one_chooses_by_time_and_purpose() -> None:
    task = next(each for each in VOLUNTEER.questions if each.name == "task")
    (choice,) = choices(task, CONTENT, phrases("sv"), NOW)
    assert choice.note == "En timme i veckan · Fler sagor"
