"""The program, loaded once: every command runs in a child of it, forked within milliseconds.

Loading Django took most of a second for each command, and a seventh of the whole suite. The rest is
real: the command's words, environment, standard input and output, its process, and how it ends.
Only passwords cost less to try than a guesser should wish.
"""

import atexit
import contextlib
import ctypes
import functools
import gc
import importlib
import json
import os
import pkgutil
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
_MOST_BYTES = 1 << 20
"""No words and environment are longer."""
_NUMBER_BYTES = 4
_PR_SET_PDEATHSIG = 1
_LOOK_S = 1.0


class Running:
    """A command that runs, or has come to its end."""

    def __init__(self, pid: int, watcher: socket.socket) -> None:
        """Take its process id, and the socket on which its end will be told."""
        self.pid = pid
        self._watcher = watcher
        self._code: int | None = None

    def wait(self, give_up_after_s: float) -> int:
        """Wait for its end and return the exit code; minus the number of a signal that ended it."""
        if self._code is None:
            patience = int(give_up_after_s / _LOOK_S)  # looks: a machine that is held takes none
            while not select.select([self._watcher], [], [], _LOOK_S)[0]:
                patience -= 1
                if patience < 0:
                    raise TimeoutError(f"process {self.pid} does not end")
            self._code = _number(self._watcher)
            self._watcher.close()
        return self._code

    def send_signal(self, number: signal.Signals) -> None:
        """Tell it something, as long as it runs."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)


class Loaded:
    """The program of some sources, loaded."""

    def __init__(self, sources: Path) -> None:
        """Load it in a process of its own, which ends with this one."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
        self._nowhere = tempfile.TemporaryDirectory()
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        number = theirs.fileno()
        with theirs:
            self._program = subprocess.Popen(
                [sys.executable, "-P", __file__, str(number)],
                env=kept | {"PYTHONPATH": str(sources), "KIOSK_CENTRAL_HOME": self._nowhere.name},
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
            )
        atexit.register(self._end)

    def start(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        files: Sequence[int],
        *,
        strict: bool = True,
    ) -> Running:
        """Run `kiosk` with *words*; *files* are its standard input, output and error.

        A *strict* one complains where it leaves a file open.
        """
        asked = {"words": words, "environment": dict(environment), "strict": strict}
        watcher, telling = socket.socketpair()
        with telling:
            socket.send_fds(
                self._requests, [json.dumps(asked).encode()], [*files, telling.fileno()]
            )
        return Running(_number(watcher), watcher)

    def _end(self) -> None:
        self._requests.close()
        self._program.wait()
        self._nowhere.cleanup()


@functools.cache
def loaded(sources: Path = ROOT) -> Loaded:
    """Return the program of *sources*, for all tests of this process."""
    return Loaded(sources)


def _number(told: socket.socket) -> int:
    heard = told.recv(_NUMBER_BYTES, socket.MSG_WAITALL)
    assert len(heard) == _NUMBER_BYTES, "the loaded program has ended"
    return int.from_bytes(heard, signed=True)


def load() -> None:
    """Import whatever a command may import."""
    import django.conf
    from django.apps import apps
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.db.migrations.loader import MigrationLoader

    import kiosk

    os.environ["DJANGO_SETTINGS_MODULE"] = "kiosk.central.platform.settings"
    apps.populate(django.conf.settings.INSTALLED_APPS)
    for found in pkgutil.walk_packages(kiosk.__path__, "kiosk."):
        if not found.name.endswith((".__main__", ".wsgi")):
            importlib.import_module(found.name)
    MigrationLoader(None)
    PBKDF2PasswordHasher.iterations = 1000  # a password took half a second
    gc.collect()
    gc.freeze()  # no child copies what none of them changes


def _wait_for_request(requests: socket.socket) -> dict[str, Any]:
    """Fork for every request; return it in the child that is to be the command."""
    while True:
        request, files, _flags, _whose = socket.recv_fds(requests, _MOST_BYTES, 4)
        if not request:
            sys.exit()  # so has the test run
        if os.fork() == 0:
            _die_with_parent(signal.SIGKILL)
            break
        for each in files:
            os.close(each)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass
    requests.close()
    *files, telling = files
    command = os.fork()
    if command:
        _watch(command, files, telling)
    _die_with_parent(signal.SIGTERM)
    os.close(telling)
    for number, each in enumerate(files):
        os.dup2(each, number)
        os.close(each)
    asked: dict[str, Any] = json.loads(request)
    return asked


def _die_with_parent(number: signal.Signals) -> None:
    """Let Linux end this process when the test run is over, even if killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def _watch(command: int, files: list[int], telling: int) -> NoReturn:
    """Tell of the process *command*, and of its end."""
    for each in (0, 1, 2, *files):
        os.close(each)
    os.write(telling, command.to_bytes(_NUMBER_BYTES, signed=True))
    _, status = os.waitpid(command, 0)
    with contextlib.suppress(OSError):  # nobody asks any more
        os.write(telling, os.waitstatus_to_exitcode(status).to_bytes(_NUMBER_BYTES, signed=True))
    os._exit(0)


def _set_up_anew(set_up: Callable[..., None]) -> None:
    """Set Django up for the central of this command, the first time it is told to."""
    import django
    from django.conf import settings
    from django.db import connections

    told = importlib.reload(sys.modules["kiosk.central.platform.settings"])
    for name in filter(str.isupper, dir(told)):
        setattr(settings, name, getattr(told, name))
    os.environ["TZ"] = settings.TIME_ZONE
    time.tzset()
    assert connections["default"].connection is None, "loading has opened a database"
    del connections["default"], connections.settings
    connections._settings = None  # type: ignore[attr-defined] # read again when first asked for
    django.setup = set_up
    set_up()


def be_command(*, strict: bool) -> None:
    """Be the command that `sys.argv` and the environment say."""
    import django

    from kiosk.cli import main

    if strict:
        warnings.simplefilter("error", ResourceWarning)
    random.seed()
    time.tzset()
    django.setup = functools.partial(_set_up_anew, django.setup)
    main()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    load()
    asked = _wait_for_request(socket.socket(fileno=int(sys.argv[1])))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv[1:] = asked["words"]
    os.environ.clear()
    os.environ.update(asked["environment"])
    be_command(strict=asked["strict"])
