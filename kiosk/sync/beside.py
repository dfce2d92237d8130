"""Beside: one call in a thread of its own, while its caller does something else.

What the call waits for is meant to be the work of others. While it works itself, both would only
keep each other from it: CPython lets a thread that wants to go on wait 5 ms for one that works.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """A call under way; where the program ends first, nobody waits for it."""

    def __init__(self, call: Callable[[Callable[[], None]], T], name: str) -> None:
        """Begin, and return when the call says that it waits, by what it is given, or ends."""
        self._call = call
        self._waits = threading.Event()
        self._returned: list[T] = []
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()
        self._waits.wait()

    def wait(self) -> None:
        """Wait until it has come to its end, whichever."""
        self._thread.join()

    def result(self) -> T:
        """Wait, and return what it returned, or raise what it raised."""
        self.wait()
        if self._raised:
            raise self._raised
        return self._returned[0]

    def _run(self) -> None:
        try:
            self._returned.append(self._call(self._waits.set))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._raised = error
        finally:
            self._waits.set()
