"""Beside: one call in a thread of its own, while its caller does something else."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Beside(Generic[T]):
    """A call under way; where the program ends first, nobody waits for it."""

    def __init__(self, call: Callable[[], T], name: str) -> None:
        """Begin."""
        self._call = call
        self._returned: list[T] = []
        self._raised: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

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
            self._returned.append(self._call())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._raised = error
