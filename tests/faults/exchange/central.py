"""A central of the campaign: the real one, in a process that can be killed, restored, choked."""

import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.faults.exchange.orders import Program
from tests.faults.exchange.states import States

_OF_THE_SERVER = {
    "unique(device, seq)",
    "no client id",
    "a lost tail is not noticed",
    "news is what was sent last",
    "dates that were ahead are mended",
}
"""Rules that a serving process keeps or breaks from its start."""
_GIVE_UP_S = 10.0
_WORKSHOPS = 2
"""A full programme costs every request, and the more there are the fewer are fought for."""


class Central:
    """Central's end, set up in *home*."""

    def __init__(self, home: Path, database: str = "", workers: int = 1) -> None:
        """Start it, on a PostgreSQL *database* where one is named."""
        self.home = home
        self.workers = workers
        """Processes that serve."""
        self.without = ""
        """The rule it has lost."""
        self.port = 0
        self.choking = False
        """Whether it fails on events whose id has a certain ending."""
        self.program = Program(
            "tests.faults.exchange.central_end",
            {"KIOSK_CENTRAL_HOME": str(home)}
            | ({"KIOSK_CENTRAL_DATABASE": database} if database else {}),
            home.parent / "central.log",
        )
        self.states = States(home, database)
        self.program("found_elsewhere")
        self.program("few_workshops", many=_WORKSHOPS)
        self.start()

    def start(self) -> None:
        """Serve, at the same port as before."""
        self.port = self.program("start", without=self.without, workers=self.workers)

    def leave_out(self, rule: str) -> None:
        """Go on without *rule*, or with all of them."""
        before, self.without = self.without, rule
        if before != rule and _OF_THE_SERVER & {before, rule}:
            self.kill()
            self.start()

    def kill(self) -> None:
        """Kill it in whatever it does; once is enough."""
        self.program("kill")

    def kill_worker(self, number: int) -> None:
        """Kill one of the serving processes; another takes its place by itself."""
        self.program("kill_worker", number=number)

    def die_understanding(self, *, on: bool) -> None:
        """Let a serving process die as soon as it begins to understand what it has taken in."""
        self._mark("dying", on=on)

    def has_died(self, *, patient: bool) -> bool:
        """Tell whether the one that was told to die has; the *patient* wait for it a while."""
        until = time.monotonic() + _GIVE_UP_S * patient
        while (self.home / "dying").exists() and time.monotonic() < until:
            threading.Event().wait(0.002)
        return not (self.home / "dying").exists()

    def restore(self) -> None:
        """Lose the database, and put the last backup in its place."""
        self.kill()
        self.program(
            "restore",
            erased_again=self.without != "erasure log not replayed",
            asks_the_old_one=self.without != "erased elsewhere, not noted here",
        )

    def restore_older(self) -> bool:
        """Reach for the backup before the last; tell whether it was let."""
        self.kill()
        careless = self.without == "an older backup is refused"
        return bool(self.program("restore_older", careless=careless))

    def restore_serving(self) -> bool:
        """Reach for the last backup while it serves; tell whether it was let."""
        careless = self.without == "whoever serves holds the database"
        return bool(self.program("restore_serving", careless=careless))

    def remember(self) -> None:
        """Remember the state of its database; on PostgreSQL nobody serves then."""
        if self.states.name:
            self.kill()
            self.program("let_go")
        self.states.remember()
        if self.states.name:
            self.start()

    def forget(self, *, mark_too: bool) -> None:
        """Put that state back; nobody serves then."""
        self.kill()
        self.program("let_go")
        self.states.put_back(mark_too=mark_too)

    def ahead(self, *, days: int) -> None:
        """Let its clock be so far ahead; 0 is right."""
        (self.home / "ahead").write_text(str(days), encoding="ascii")

    def choke(self, *, on: bool) -> None:
        """Begin or end to fail on certain events."""
        self.choking = on
        self._mark("choking", on=on)

    def _mark(self, name: str, *, on: bool) -> None:
        if on:
            (self.home / name).touch()
        else:
            (self.home / name).unlink(missing_ok=True)

    def understand(self) -> None:
        """Let it finish what it has taken in and not yet looked at."""
        self.program("understand", without=self.without)

    def look(self, branches: Sequence[str]) -> dict[str, Any]:
        """Return all it has of these branches."""
        told: dict[str, Any] = self.program("look", branch_keys=list(branches))
        return told

    def close(self) -> None:
        """End it."""
        self.program.close()
