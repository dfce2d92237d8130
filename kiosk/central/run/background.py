"""Background work of a process of central: understanding what arrives, and going rounds."""

from kiosk.central.exchange.processing import Processed
from kiosk.central.exchange.worker import LOOK_EVERY_S, Interpreter
from kiosk.central.run.scheduler import Rounds


class Background:
    """Two threads; what they are in the middle of when the process dies is done again."""

    def __init__(self, look_every_s: float = LOOK_EVERY_S) -> None:
        """Look so often for what other processes have left behind; `start` sets both going."""
        self._interpreter = Interpreter(look_every_s=look_every_s)
        self._rounds = Rounds()

    @property
    def counted(self) -> Processed:
        """What has been understood so far."""
        return self._interpreter.counted

    def start(self) -> None:
        """Begin."""
        self._interpreter.start()
        self._rounds.start()

    def stop(self) -> None:
        """Let what is under way come to its end."""
        self._rounds.stop()
        self._interpreter.stop()
