"""The bell: how a request tells this process's interpreter that something waits."""

import threading


class Wakeup:
    """Rung with the key of a library; answered by one listener."""

    def __init__(self) -> None:
        """Begin in silence."""
        self._heard = threading.Condition()
        self._rung: set[str] = set()
        self._ended = False

    def ring(self, tenant: str) -> None:
        """Say that something of *tenant* waits; costs nothing when nobody listens."""
        with self._heard:
            self._rung.add(tenant)
            self._heard.notify_all()

    def wait(self, at_most_s: float) -> set[str]:
        """Return the libraries it was rung for, as soon as there are any."""
        with self._heard:
            self._heard.wait_for(lambda: self._rung or self._ended, at_most_s)
            rung, self._rung = self._rung, set()
            return rung

    def pause(self, s: float) -> None:
        """Wait so long, or until the bell ends."""
        with self._heard:
            self._heard.wait_for(lambda: self._ended, s)

    def end(self) -> None:
        """Let nobody wait any more."""
        with self._heard:
            self._ended = True
            self._heard.notify_all()

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return self._ended


BELL = Wakeup()
"""Of this process."""
