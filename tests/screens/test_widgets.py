"""The pieces: keyboard, tiles, codes, arrows, themes."""

import pytest
import zxingcpp
from PIL import Image
from textual.color import Color
from textual.events import MouseDown
from textual.geometry import Size
from textual.theme import Theme

from kiosk.desk import Desk
from kiosk.domain.receipt import ALPHABET
from kiosk.i18n import LANGUAGES
from screens.terminal import name_colours, readable
from screens.themes import CONTRAST, PAPER, THEMES
from screens.typed import as_typed
from screens.widgets.big_letters import pixels
from screens.widgets.keyboard import Keyboard, code_signs, letters
from screens.widgets.qr_code import modules
from screens.widgets.tile import Tile
from screens.widgets.tiles import fit
from tests.drivers.visitor import Visitor, visiting

PAIRS = [
    ("ink", "ground"),
    ("muted", "ground"),
    ("strong", "ground"),
    ("accent", "ground"),
    ("on-card", "card"),
    ("accent", "card"),
    ("ink", "field"),
    ("on-strong", "strong"),
    ("on-soft", "soft"),
    ("on-accent", "accent"),
    ("on-focus", "focus"),
    ("on-both", "both"),
]


async def tap(visitor: Visitor, sign: str) -> None:
    """Touch a key of the on-screen keyboard."""
    keyboard = visitor.app.screen.query_one(Keyboard)
    for row, keys in enumerate(keyboard._rows):
        for place, key in enumerate(keys):
            if key.sign == sign:
                start, _ = keyboard._spans(row)[place]
                x, y = start + 1, row * keyboard._row_height
                keyboard.post_message(
                    MouseDown(keyboard, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False)
                )
                await visitor.settles()
                return
    raise AssertionError(sign)


async def test_a_finger_writes_capitals_spaces_and_mends(desk: Desk) -> None:
    async with visiting(desk, language="sv") as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.presses("7")
        await visitor.touches("#next")
        for sign in ("shift", "å", "j", "space", "x", "backspace", "ö", "enter", "."):
            await tap(visitor, sign)
        assert visitor.form.draft.answers["words"] == "Åj ö\n."


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_keyboard_has_the_nordic_letters_and_what_an_address_needs(language: str) -> None:
    signs = {key.sign for row in letters(language) for key in row}
    assert set("abcdefghijklmnopqrstuvwxyzåäöæø0123456789@.-_") <= signs


def test_the_code_keyboard_has_exactly_the_codes_alphabet() -> None:
    assert {key.sign for row in code_signs() for key in row if key.types} == set(ALPHABET)


def test_every_sign_of_a_code_can_be_drawn_large_and_none_looks_like_another() -> None:
    drawn = {str(pixels(sign)) for sign in ALPHABET}
    assert len(drawn) == len(ALPHABET)


def test_a_reader_reads_the_code_from_its_squares() -> None:
    squares = modules("https://bibliotek.example/r/7F3K9XQ2B4MT", 2)
    image = Image.new("L", (len(squares), len(squares)), 255)
    image.putdata([0 if square else 255 for row in squares for square in row])
    (found,) = zxingcpp.read_barcodes(image.resize((len(squares) * 8,) * 2))
    assert found.text == "HTTPS://BIBLIOTEK.EXAMPLE/r/7F3K9XQ2B4MT"
    assert len(squares) == 25 + 2 * 2


@pytest.mark.parametrize(
    ("many", "room", "columns"),
    [(2, Size(78, 15), 1), (4, Size(78, 15), 2), (11, Size(78, 15), 3), (11, Size(40, 15), 1)],
)
def test_tiles_take_as_few_columns_as_let_them_be_big(many: int, room: Size, columns: int) -> None:
    assert fit(many, room, listed=0)[0] == columns


@pytest.mark.parametrize(("theme", "least"), [(PAPER, 4.5), (CONTRAST, 7.0)])
@pytest.mark.parametrize("pair", PAIRS)
def test_text_can_be_told_from_its_ground(
    theme: Theme, least: float, pair: tuple[str, str]
) -> None:
    tokens = theme.variables
    first, second = (_luminance(Color.parse(tokens[name])) for name in pair)
    ratio = (max(first, second) + 0.05) / (min(first, second) + 0.05)
    assert ratio >= least, (pair, round(ratio, 2))


def _luminance(color: Color) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_all_themes_speak_of_the_same_tokens() -> None:
    assert len({frozenset(theme.variables) for theme in THEMES}) == 1


def test_a_terminal_of_sixteen_colours_gets_the_theme_made_for_it() -> None:
    assert readable("paper", "standard") == "console"
    assert readable("paper", "truecolor") == "paper"
    environment = {"XTERM_VERSION": "XTerm(379)"}
    name_colours(environment)
    assert environment["COLORTERM"] == "truecolor"


def test_paste_marks_and_resize_reports_are_dropped() -> None:
    assert as_typed("a\x1b[200~b\x1b[201~c\x1b[48;1;1;1;1td") == "abcd"


def test_the_line_ends_of_a_scanner_or_a_paste_are_the_enter_key() -> None:
    assert as_typed("one\ntwo\r\nthree\r") == "one\rtwo\rthree\r"


async def test_arrows_move_to_what_lies_there(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        seen = []
        for key in ("right", "down", "left", "up"):
            await visitor.presses(key)
            assert isinstance(visitor.app.focused, Tile)
            seen.append(visitor.app.focused.number)
        assert seen == [2, 4, 3, 1]
