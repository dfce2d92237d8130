"""Weather: what a bad network does to each request, drawn from a seed or told beforehand."""

import random
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What happens to one request on its way."""

    NONE = "none"
    RESET = "reset"
    """The connection is reset before anything is read on."""
    SILENCE = "silence"
    """Swallowed; nothing comes back until somebody gives up."""
    LOST_REQUEST = "lost request"
    """Never reaches the server."""
    LOST_ANSWER = "lost answer"
    """The server has done its work; nobody hears of it."""
    CUT_REQUEST = "cut request"
    """The server gets the first part."""
    CUT_ANSWER = "cut answer"
    """The kiosk gets the first part."""
    LATE = "late"
    """Lost to the kiosk, but the server gets it after all, before a later request."""
    TWICE = "twice"
    """Delivered two times."""
    REPLAY = "replay"
    """Answered with an earlier answer to the same question, without asking the server."""
    FLIPPED_REQUEST = "flipped request"
    """One byte on the way there is another."""
    FLIPPED_ANSWER = "flipped answer"
    """One byte on the way back is another."""
    LOGIN_PAGE = "login page"
    """200, and a web page: a captive portal."""
    OTHER_JSON = "other json"
    """200, and JSON that is somebody else's."""
    REDIRECT = "redirect"
    """302 to a captive portal."""
    FORBIDDEN = "forbidden"
    """403, and a web page: a filter on the way."""
    TURNED_BACK = "turned back"
    """400 in the shape of our own refusals, from something that is not central."""
    BROKEN = "broken"
    """500, and a web page."""
    BAD_GATEWAY = "bad gateway"
    """502, and a web page."""
    BUSY = "busy"
    """503 without a word of how long."""
    BUSY_FOR = "busy for"
    """503 with Retry-After."""
    CRASH = "crash"
    """The server is killed while it works on the request; see `FaultProxy.crash`."""


ANY: tuple[Fault, ...] = tuple(each for each in Fault if each not in (Fault.NONE, Fault.CRASH))
"""Everything a network does by itself."""


@dataclass
class Weather:
    """Chooses the fault of each request: first what was told, then by chance."""

    seed: int = 0
    rate: float = 0.0
    """Share of requests that meet a fault."""
    faults: Sequence[Fault] = ANY
    """Which are drawn from, all alike."""
    told: deque[Fault] = field(default_factory=deque)
    """Faults of the next requests, whatever chance would say."""
    chance: random.Random = field(init=False)
    """Decides where a cut goes and which byte flips, too."""

    def __post_init__(self) -> None:
        """Begin the seeded chance."""
        self.chance = random.Random(self.seed)

    def tell(self, faults: Iterable[Fault]) -> None:
        """Let the next requests meet these."""
        self.told.extend(faults)

    def next(self) -> Fault:
        """Return the fault of the next request."""
        if self.told:
            return self.told.popleft()
        if self.chance.random() < self.rate:
            return self.chance.choice(self.faults)
        return Fault.NONE
