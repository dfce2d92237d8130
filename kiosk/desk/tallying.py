"""Tallying at the desk: counted in memory, saved when the visit is over."""

import logging
import threading
from collections import Counter

from kiosk.domain.figures import What, hour_of, is_about, is_language
from kiosk.domain.world import World
from kiosk.problems import Trouble
from kiosk.store.figures import Key
from kiosk.store.ledger import AMPLE_ROOM, Ledger

_log = logging.getLogger(__name__)


class TallyList:
    """What was counted since it was last saved; safe to use from several threads."""

    def __init__(self, ledger: Ledger, world: World) -> None:
        """Begin with nothing."""
        self._ledger = ledger
        self._world = world
        self._counted: Counter[Key] = Counter()
        self._lock = threading.Lock()

    def count(self, what: What, about: str, language: str) -> None:
        """Count once; costs nothing. What is no name is left out, whoever asks for it."""
        hour = hour_of(self._ledger.told, self._world)
        key = (
            hour,
            what.value,
            about if is_about(about) else "",
            language if is_language(language) else "",
        )
        with self._lock:
            self._counted[key] += 1

    def keep(self) -> None:
        """Save what was counted; where the disk cannot take it, it is saved with the next visit."""
        with self._lock:
            counted, self._counted = self._counted, Counter()
        if not counted:
            return
        try:
            if self._ledger.room() > AMPLE_ROOM:
                self._ledger.figures.add(counted)
                return
        except Trouble as trouble:
            _log.warning("figures are not saved yet: %s", trouble.remedy)
        with self._lock:
            self._counted.update(counted)
