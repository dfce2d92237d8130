"""Beside: one call in a thread of its own, while whoever needs it waits for something else.

It begins when there is nothing left but to wait. While both work, they would only keep each other
from it: CPython lets a thread that wants to go on wait 5 ms for one that works.
"""

import threading
from collections.abc import Callable
from typing import Self


class Beside:
    """A call that is made by the end of a `with` block; where the program ends, nobody waits."""

    def __init__(self, call: Callable[[], None], name: str) -> None:
        """Begin nothing yet."""
        self._call = call
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def begin(self) -> None:
        """Begin; a second time changes nothing."""
        if self._thread.ident is None:
            self._thread.start()

    def __enter__(self) -> Self:
        """Let the block say when it begins."""
        return self

    def __exit__(self, *_how: object) -> None:
        """Wait for its end, and raise what it raised, before anything that the block raised."""
        self.begin()
        self._thread.join()
        if self._raised:
            raise self._raised

    def _run(self) -> None:
        try:
            self._call()
        except BaseException as error:  # noqa: BLE001 - raised again where the block ends
            self._raised = error
