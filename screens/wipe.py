"""The wipe: what must be let go of so that nothing of a visitor stays in the program's memory."""

import gc

from textual.app import App


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
    gc.collect()
