"""A language button: one language in its own name, wherever the visitor is."""

from textual.content import Content

from screens.widgets.big_button import BigButton
from screens.widgets.tile import CHOSEN_MARK

SIGNS = {"sv": "SV", "da": "DA", "nb": "NO", "fi": "FI", "en": "EN"}
LEAST_FOR_NAMES = 9
"""Columns a language's own name needs."""


class LanguageButton(BigButton):
    """One language, in its own name; a touch leaves the focus where one was writing."""

    FOCUS_ON_CLICK = False

    def __init__(self, name: str, language: str, *, here: bool) -> None:
        """Take the language's own *name*, its code, and whether it is the one being read."""
        super().__init__(name, id=f"language-{language}", classes="-here" if here else "")
        self._here = here
        self.language = language
        """Code of the language."""

    def render(self) -> Content:
        """Draw the name, or where there is no room for it the short sign."""
        width = self.content_size.width
        label = self.label if width >= LEAST_FOR_NAMES else SIGNS[self.language]
        gap = " " if width > len(label) + 1 else ""
        return Content(f"{CHOSEN_MARK}{gap}{label}" if self._here else label)
