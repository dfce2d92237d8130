"""An eye on the screen: contrast, cut words, targets too small to touch, untranslated phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import takewhile
from typing import Any

from rich.color import Color, ColorType
from textual.content import Content
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kiosk.i18n import LANGUAGES, phrases
from screens.app import KioskApp
from screens.themes import PAPER, THEMES, theme_of
from screens.widgets.answers.times import TimeSlot
from screens.widgets.big_button import BigButton
from screens.widgets.header import Header
from screens.widgets.keyboard import Keyboard
from screens.widgets.shelf import Reel
from screens.widgets.tile import Tile
from tests.house.catalogues import declared

PANEL_MM = (344.0, 194.0)
"""A 15.6 inch panel, as wide and as high as it shows."""
FINGER_MM = 15.0
"""The least a finger needs, both ways."""
_LINES = re.compile("[\u2500-\u259f]+")
"""Frames, bars and big letters: seen as shapes, for which WCAG 2.2 (1.4.11) asks 3:1."""
SHAPES = 3.0
_VGA = (
    *("000000", "aa0000", "00aa00", "aa5500", "0000aa", "aa00aa", "00aaaa", "aaaaaa"),
    *("555555", "ff5555", "55ff55", "ffff55", "5555ff", "ff55ff", "55ffff", "ffffff"),
)
"""The sixteen colours as the console of a PC shows them."""

_NAMES = list(takewhile(lambda name: name != "ansi-background", PAPER.variables))
TOKENS = theme_of(
    "tokens", {name: f"#{16 + at:02X}80F0" for at, name in enumerate(_NAMES)}, dark=False
)
"""A theme in which every token has a colour of its own: what is drawn tells which one it wears."""
_WORN = {TOKENS.variables[name]: name for name in _NAMES}


def drawn(app: KioskApp) -> list[Strip]:
    """Draw the screen in front, line by line."""
    return app.screen._compositor.render_strips(app.size)


def too_faint(strips: list[Strip], least: float) -> list[str]:
    """Name every piece of text with less contrast than *least*."""
    return [
        f"{text!r} {ratio:.2f}"
        for text, ink, paper in _inked(strips)
        if (ratio := contrast(ink, paper)) < (SHAPES if _LINES.fullmatch(text) else least)
    ]


def too_faint_in(themes: Mapping[str, float], strips: list[Strip]) -> list[str]:
    """Name every text with less contrast than it needs in one of *themes*; drawn in `TOKENS`."""
    found = []
    for text, ink, paper in _inked(strips):
        worn = _token(ink), _token(paper)
        shape = bool(_LINES.fullmatch(text))
        if not all(worn):
            if not shape or contrast(ink, paper) < SHAPES:  # a QR code is black on white
                found.append(f"{text!r} wears colours that are no tokens: {ink} on {paper}")
            continue
        for theme, least in themes.items():
            ratio = _ratio_of(theme, *worn)
            if ratio < (SHAPES if shape else least):
                found.append(f"{text!r} {ratio:.2f} in {theme}")
    return found


def _inked(strips: list[Strip]) -> Iterator[tuple[str, Color, Color]]:
    for strip in strips:
        for text, style, control in strip:
            if not control and text.strip() and style is not None and style.color is not None:
                yield text.strip(), style.color, style.bgcolor or Color.default()


@lru_cache(maxsize=512)
def _token(color: Color) -> str:
    """Name the token that has this colour in `TOKENS`; empty for none."""
    told = color.get_truecolor().hex.upper() if color.type is ColorType.TRUECOLOR else ""
    return _WORN.get(told, "")


@lru_cache(maxsize=512)
def _ratio_of(theme: str, ink: str, paper: str) -> float:
    variables = next(each.variables for each in THEMES if each.name == theme)
    return contrast(Color.parse(variables[ink].lower()), Color.parse(variables[paper].lower()))


def contrast(ink: Color, paper: Color) -> float:
    """Measure as WCAG 2.2 does."""
    first, second = _luminance(ink), _luminance(paper)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


@lru_cache(maxsize=512)
def _luminance(color: Color) -> float:
    if color.type is ColorType.STANDARD and color.number is not None:
        told = _VGA[color.number]
        parts = [int(told[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    else:
        parts = [part / 255 for part in color.get_truecolor()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def too_small(app: KioskApp) -> list[str]:
    """Name every target that a finger could miss on a 15 inch panel, in millimetres."""
    cell = PANEL_MM[0] / app.size.width, PANEL_MM[1] / app.size.height
    found = []
    for widget, region in _targets(app.screen):
        wide, high = region.width * cell[0], region.height * cell[1]
        if min(wide, high) < FINGER_MM:
            found.append(f"{_name(widget)} {wide:.0f} x {high:.0f} mm")
    return found


def _targets(screen: Screen[Any]) -> Iterator[tuple[Widget, Region]]:
    for widget, region, clip in _shown(screen):
        if isinstance(widget, Keyboard):
            for row in range(len(widget._rows)):
                for start, end in widget._spans(row):
                    yield widget, Region(0, 0, end - start, widget._row_height)
        elif isinstance(widget, BigButton) or widget.can_focus:
            lies_on_a_shelf = any(isinstance(each, Reel) for each in widget.ancestors)
            yield widget, region if lies_on_a_shelf else region.intersection(clip)


def cut(app: KioskApp, strips: list[Strip]) -> list[str]:
    """Name every text of which a part cannot be read, though no way leads to the rest."""
    screen = app.screen
    seen = set()
    found = []
    for widget, region, clip in _shown(screen):
        seen.add(widget)
        on_a_shelf = any(isinstance(each, Reel) for each in widget.ancestors)
        if on_a_shelf and not clip.contains_region(region):
            continue  # the shelf's buttons lead to the rest
        here = region.intersection(clip)
        if isinstance(widget, Keyboard):
            found += [f"{_name(widget)} {label!r}" for label in _cut_keys(widget, here.height)]
        drawn = "".join(strips[y].crop(here.x, here.right).text for y in range(here.y, here.bottom))
        for text in _said_by(widget):
            seen_letters = _letters(drawn)
            words = [_letters(each) for each in text.split()]
            if _letters(text) not in seen_letters and any(w not in seen_letters for w in words):
                found.append(f"{_name(widget)} {text!r}")
    found += [
        f"{_name(each)} is not on the screen"
        for each in screen.query(BigButton)
        if each not in seen and _ought_to_be_seen(each)
    ]
    return found


def _cut_keys(keyboard: Keyboard, rows: int) -> Iterator[str]:
    """Name the keys that do not stand whole on so many *rows*, or whose label is too long."""
    for row, keys in enumerate(keyboard._rows):
        whole = (row + 1) * keyboard._row_height <= rows
        for key, (start, end) in zip(keys, keyboard._spans(row), strict=True):
            if not whole or len(keyboard._label(key)) > end - start:
                yield keyboard._label(key)


def _ought_to_be_seen(widget: Widget) -> bool:
    around = [widget, *widget.ancestors]
    return all(each.display for each in around if isinstance(each, Widget)) and not any(
        isinstance(each, Reel) for each in around
    )


def _said_by(widget: Widget) -> list[str]:
    """List what must be readable whole; a note may end in dots, the next screen says it all."""
    if any(isinstance(each, Header) for each in widget.ancestors) and isinstance(widget, BigButton):
        return []
    if isinstance(widget, TimeSlot):
        return [str(widget.number)]
    if isinstance(widget, BigButton):
        return [widget.label]
    if isinstance(widget, Static) and isinstance(widget.content, str | Content):
        return [str(widget.content)]
    return []


def not_translated(app: KioskApp, language: str) -> list[str]:
    """Name every English phrase on a screen in another *language*."""
    if language == "en":
        return []
    shown = set()
    for widget in app.screen.walk_children(Widget):
        if isinstance(widget, BigButton):
            shown.add(widget.label)
        if isinstance(widget, Tile):
            shown.add(widget.note)
        if isinstance(widget, Static):
            shown |= {line.strip() for line in str(widget.content).splitlines()}
        if isinstance(widget, Input | TextArea):
            shown.add(widget.border_title or "")
    return sorted(shown & _english() - _own_words(language))


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(str(each.id) for each in declared() if isinstance(each.id, str) and each.id)


@lru_cache(maxsize=len(LANGUAGES))
def _own_words(language: str) -> frozenset[str]:
    """Return all that may be said in *language*, some of it the same in English."""
    return frozenset({phrases(language).say(each) for each in _english()} | {*LANGUAGES.values()})


def _shown(screen: Screen[Any]) -> Iterator[tuple[Widget, Region, Region]]:
    for widget, (region, clip) in screen._compositor.visible_widgets.items():
        if region.area and not widget.children:
            yield widget, region, clip


def _letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def _name(widget: Widget) -> str:
    label = widget.label if isinstance(widget, BigButton) else ""
    return f"{type(widget).__name__}#{widget.id or ''}({label})"
