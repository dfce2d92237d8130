"""The wipe: what must be let go of so that nothing of a visitor stays in the program's memory."""

import gc

from rich.cells import cached_cell_len
from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.app import App
from textual.document._document import _utf8_encode
from textual.strip import Strip
from textual.widgets._text_area import build_byte_to_codepoint_dict

from screens.widgets.qr_code import modules

REMEMBERED = (
    StylesCache.get_inner_outer,
    Strip.render_ansi,
    Segment._split_cells,
    cached_cell_len,
    _utf8_encode,
    build_byte_to_codepoint_dict,
    modules,
)
"""Functions that remember what they were asked: texts of a visitor, or whole drawn lines."""


def let_go(app: App[None]) -> None:
    """Drop the app's references to closed widgets, and collect them.

    Textual keeps every closed text area alive through the app's watchers, its text included
    (issue 6666, 147 KiB a form); so does the last widget that was touched.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [(who, what) for who, what in watchers if not who._closing]
    app._clipboard = ""
    app._mouse_down_widget = None
    app.mouse_over = None
    app.clear_notifications()
    for each in REMEMBERED:
        each.cache_clear()
    gc.collect()
