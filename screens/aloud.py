"""What a screen says aloud, taken from its widgets: all its words, its choices, and the focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kiosk.i18n import Phrases
from screens.widgets.big_button import BigButton
from screens.widgets.tile import Tile

SILENT = ".weekday, .part, .count, .shelf-buttons *"
"""What only the eye needs: the edges of a table, whose cells say both; a way to turn a page."""


def aloud(screen: Screen[Any], phrases: Phrases) -> str:
    """Return what *screen* shows, as sentences to be read aloud."""
    said = [*_wrong_first(screen), *_choices(screen, phrases)]
    if screen.focused is not None:
        where = _at(screen.focused, phrases)
        said.append(phrases.say("You are at: {name}", name=where))
    return "\n".join(_sentence(each) for each in said if any(map(str.isalnum, each)))


def _sentence(text: str) -> str:
    """End in a sign at which a voice takes breath."""
    return text if text.rstrip().endswith((".", "?", "!", ":")) else f"{text.rstrip()}."


def _wrong_first(screen: Screen[Any]) -> Iterator[str]:
    """Say what is wrong, then everything else from top to bottom."""
    silent = set(screen.query(SILENT))
    lines = [
        each
        for each in screen.query("#column Static").results(Static)
        if not isinstance(each, BigButton) and each not in silent and _is_shown(each)
    ]
    wrong = [each for each in lines if each.has_class("mistake")]
    for line in (*wrong, *(each for each in lines if each not in wrong)):
        yield from str(getattr(line, "aloud", line.content)).splitlines()


def _choices(screen: Screen[Any], phrases: Phrases) -> Iterator[str]:
    """Say what can be picked, each with its number."""
    silent = set(screen.query(SILENT))
    for button in screen.query("#column BigButton").results(BigButton):
        if button not in silent and _is_shown(button):
            yield _at(button, phrases)


def _at(widget: Widget, phrases: Phrases) -> str:
    """Say one thing that can have the focus: its number, its words, and its state."""
    if isinstance(widget, Tile):
        number = f"{widget.number}: " if widget.number else ""
        chosen = phrases.say("chosen")  # not inside the braces, where no phrase is found
        state = f", {chosen}" if widget.chosen else ""
        note = f". {widget.note}" if widget.note else ""
        return f"{number}{widget.label}{state}{note}"
    if isinstance(widget, BigButton):
        return widget.label if widget.digit is None else f"{widget.digit}: {widget.label}"
    if isinstance(widget, Input | TextArea):
        written = widget.value if isinstance(widget, Input) else widget.text
        return written.strip() or phrases.say("Nothing is written here yet")
    return ""


def _is_shown(widget: Widget) -> bool:
    return all(each.display for each in widget.ancestors_with_self if isinstance(each, Widget))
