"""A big button: flat, wide, for fingers, and reachable by Tab and Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.hand import MOMENT_S

if TYPE_CHECKING:
    from screens.intent import HasIntent

READ_S = MOMENT_S
"""How long what decides something must have been in sight."""


class BigButton(Static, can_focus=True):
    """Something to press; its label is never read as markup."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", show=False)]

    class Pressed(Message):
        """It was pressed, by finger or by key."""

        def __init__(self, button: BigButton) -> None:
            """Take which one."""
            super().__init__()
            self.button = button

        @property
        def control(self) -> BigButton:
            """The button, for `@on` selectors."""
            return self.button

    def __init__(
        self,
        label: str,
        *,
        id: str | None = None,  # noqa: A002 - Textual's own word
        classes: str = "",
        after_s: float = 0,
    ) -> None:
        """Take the label in the visitor's language; -primary, -quiet, -danger are its classes."""
        super().__init__(Content(label), id=id, classes=classes)
        self.label = label
        """What stands on it."""
        self.after_s = after_s
        """Seconds that it must have been in sight before a press means it; 0 where pressing it
        decides nothing."""
        self.digit: int | None = None
        """The number that presses it, where one stands before the label."""

    @property
    def _focus_sort_key(self) -> tuple[int, int]:
        """Let Tab reach the way on before Back and Cancel, though it stands to their right."""
        row, column = super()._focus_sort_key
        return (row, -1) if self.has_class("-primary") else (row, column)

    @property
    def emphasis(self) -> str:
        """How its main words stand out: bold, but not where bold black is drawn as grey."""
        return "" if self.app.current_theme.ansi else "bold"

    def on_click(self, event: events.Click) -> None:
        """Press it by finger."""
        event.stop()
        self.press()

    def action_press(self) -> None:
        """Press it by key."""
        self.press()

    def focus_on_click(self) -> bool:
        """Take the focus by a touch that is meant only: a key behind it would press it."""
        return self.is_meant and super().focus_on_click()

    @property
    def is_meant(self) -> bool:
        """Whether what happens now may press it."""
        return not self.after_s or cast("HasIntent", self.app).decides(self.after_s)

    def press(self) -> None:
        """Say that it was pressed, if that is meant."""
        if self.is_meant and not self.disabled:
            self.post_message(self.Pressed(self))

    def rename(self, label: str) -> None:
        """Change what stands on it."""
        if label != self.label:
            self.label = label
            self._write()

    def wear(self, digit: int | None) -> None:
        """Put the number that presses it before the label, or take it away."""
        if digit != self.digit:
            self.digit = digit
            self._write()

    def _write(self) -> None:
        self.update(Content(self.label if self.digit is None else f"{self.digit} {self.label}"))


class Stepper(BigButton):
    """A button that one touches many times in a row: it counts, or turns a shelf."""
