"""The quick app: its first frame waits for nothing that it does not need."""

from collections.abc import Callable

from kiosk.problems import Trouble
from screens.locked import LockedApp


class QuickApp(LockedApp):
    """An app that begins what can wait when its first frame stands on the screen."""

    beside: Callable[[], object] | None = None
    """What begins then; may raise Trouble or OSError, which ends the app."""
    trouble: Trouble | OSError | None = None
    """What kept it from beginning."""
    _colours: dict[str, str] | None = None

    def on_mount(self) -> None:
        """Begin the rest after the first frame."""
        self.call_after_refresh(self._begin_the_rest)

    def paint_from_the_start(self, theme: str) -> None:
        """Wear *theme*, one that is registered, from the first frame on."""
        self.theme = theme
        self._colours = self.get_css_variables()
        self.stylesheet.set_variables(self._colours)
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as in Textual
        """Read the styles anew where their colours have changed.

        Textual does so at every start, when they have just been read: a tenth of the first frame.
        """
        colours = self.get_css_variables()
        if colours != self._colours:
            self._colours = colours
            super().refresh_css(animate)

    def _begin_the_rest(self) -> None:
        try:
            if self.beside:
                self.beside()
        except (Trouble, OSError) as trouble:
            self.trouble = trouble
            self.exit()


def run_kiosk(app: QuickApp, beside: Callable[[], object] | None = None) -> int:
    """Run the app, and *beside* it what begins after its first frame; raises its trouble.

    Returns the exit code: 128 + n after a signal, not 0 after a crash.
    """
    app.beside = beside
    app.run()
    if app.trouble:
        raise app.trouble
    return 70 if app.return_code is None else app.return_code
