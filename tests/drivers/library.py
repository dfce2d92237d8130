"""A library that runs for real: central in a process of its own, kiosks through the commands."""

import contextlib
import json
import os
import shutil
import signal
import socket
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.drivers.loaded import ROOT, Loaded, Running, loaded
from tests.drivers.once import once

_GIVE_UP_S = 300.0
_LOGINS = "logins.json"


@dataclass
class Told:
    """What a command said."""

    code: int
    """Exit code."""
    out: str
    """Standard output."""
    err: str
    """Standard error."""

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)


@dataclass
class Library:
    """Central and its kiosks, each with a state folder under `folder`."""

    folder: Path
    """Where everything is kept."""
    sources: Path | None = None
    """A copy of the project to run instead of the installed one."""
    port: int = 0
    """Central's port once it has been started; kept between stops and starts."""
    database: str = ""
    """URL of central's database; empty is SQLite in its folder."""
    workers: int = 1
    """Processes that serve."""
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    """User and password by role."""
    _serving: Running | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What commands run with: nothing of the tester's own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        kept["KIOSK_CENTRAL_HOME"] = str(self.folder / "central")
        if self.database:
            kept["KIOSK_CENTRAL_DATABASE"] = self.database
        kept["KIOSK_HOME"] = str(self.folder / "kiosk")
        if self.sources:
            kept["PYTHONPATH"] = str(self.sources)
        return kept

    @property
    def home(self) -> Path:
        """State folder of the kiosk."""
        return self.folder / "kiosk"

    @property
    def url(self) -> str:
        """Central's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """Process that serves."""
        assert self._serving
        return self._serving.pid

    def kiosk(self, *words: str, typed: str = "") -> Told:
        """Run a command to its end."""
        with contextlib.ExitStack() as leaving:
            files = [leaving.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
            given, out, err = files
            given.write(typed.encode())
            given.seek(0)
            numbers = [each.fileno() for each in files]
            code = self._loaded.start(words, self.environment, numbers).wait(_GIVE_UP_S)
            return Told(code, _read(out), _read(err))

    @property
    def _loaded(self) -> Loaded:
        return loaded(self.sources or ROOT)

    def set_up(self) -> "Library":
        """Make central with its demo content; a copy of one made once, where nothing is special."""
        if self.sources or self.database:
            return self._init()
        made = once("library", _made)
        shutil.copytree(made / "central", self.folder / "central")
        self.logins = {
            role: (user, word) for role, user, word in json.loads((made / _LOGINS).read_text())
        }
        return self

    def _init(self) -> "Library":
        told = self.kiosk("central", "init", "--demo", "--json")
        assert told.code == 0, told.err
        self.logins = {
            each["role"]: (each["user"], each["password"]) for each in told.json["logins"]
        }
        return self

    def start(self, *more: str) -> "Library":
        """Start central, at the same port as before."""
        words = ("--port", str(self.port), "--workers", str(self.workers), "--json", *more)
        hearing, telling = os.pipe()
        with Path(os.devnull).open("rb") as nothing:
            self._serving = self._loaded.start(
                ("central", "serve", *words),
                self.environment,
                (nothing.fileno(), telling, 2),
                strict=False,  # the server leaves sockets to be collected
            )
        os.close(telling)
        with os.fdopen(hearing) as told:
            self.port = int(json.loads(told.readline())["central"].rpartition(":")[2])
        return self

    @property
    def serving(self) -> list[int]:
        """The ids of the processes that answer requests."""
        assert self._serving
        main = self._serving.pid
        told = Path(f"/proc/{main}/task/{main}/children").read_text(encoding="ascii")
        return [int(each) for each in told.split()]

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Stop central, or kill it."""
        if self._serving:
            self._serving.send_signal(number)
            self._serving.wait(_GIVE_UP_S)
            self._wait_until_nobody_answers()
        self._serving = None

    def _wait_until_nobody_answers(self) -> None:
        """Wait for the workers too: a killed central leaves them to notice it themselves."""
        until = time.monotonic() + _GIVE_UP_S
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1.0).close()
            except OSError:
                return
            time.sleep(0.05)
        raise TimeoutError("central still answers")

    def enrol(self, branch: str = "1") -> "Library":
        """Let the kiosk join a branch."""
        code = self.kiosk("central", "enrol-code", "--branch", branch, "--json").json["code"]
        told = self.kiosk("enrol", self.url, code, "--json")
        assert told.code == 0, told.err
        return self

    def hand_in(self, errand: str, answers: dict[str, Any], *more: str) -> str:
        """Hand an errand in and return the code of its receipt."""
        told = self.kiosk("hand-in", errand, "-", "--json", *more, typed=json.dumps(answers))
        assert told.code == 0, told.out + told.err
        code: str = told.json["code"]
        return code

    def sync(self) -> dict[str, Any]:
        """Exchange once, and wait until central has understood what came."""
        synced: dict[str, Any] = self.kiosk("sync", "--json").json
        self.understand()
        return synced

    def understand(self) -> None:
        """Wait until central has understood everything it has been brought."""
        told = self.kiosk("central", "worker", "--once", "--json")
        assert told.code == 0, told.err

    def exported(self, *more: str) -> list[dict[str, Any]]:
        """Export all submissions, once everything is understood."""
        self.understand()
        told = self.kiosk("central", "export", "submissions", "--format", "json", *more)
        assert told.code == 0, told.err
        rows: list[dict[str, Any]] = told.json
        return rows


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def _made(folder: Path) -> None:
    made = Library(folder)._init()
    told = [(role, user, password) for role, (user, password) in made.logins.items()]
    (folder / _LOGINS).write_text(json.dumps(told), encoding="utf-8")
