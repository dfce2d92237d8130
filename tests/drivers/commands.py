"""Many commands, each in a process of its own, forked from one that has loaded the program.

`python -m tests.drivers.commands` reads a line of cases as JSON after another, and writes a line of
what became of each. Where packages are missing, it must not have loaded them.
"""

import atexit
import ctypes
import functools
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tests.drivers.loaded import be_command, load
from tests.house.source import ROOT

GIVE_UP_AFTER_S = 60
_CAPABILITIES_3 = 0x20080522
"""See capset(2)."""
_DAC_OVERRIDE, _DAC_READ_SEARCH, _NET_BIND_SERVICE = 1, 2, 10


@dataclass(frozen=True)
class Case:
    """A command, and where it runs."""

    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    given: str | None = ""
    """Standard input; None closes it."""
    output: str = ""
    """Where standard output goes in place of being read."""
    without: list[str] = field(default_factory=list)
    """Packages that are not installed."""
    largest_bytes: int = 0
    """How large a file may become, in place of a disk that is full; 0 is no limit."""
    rights: bool = True
    """Whether root may do what the modes of files forbid."""


@dataclass(frozen=True)
class Ended:
    """How it ended."""

    code: int
    out: str
    err: str


def run(cases: Sequence[Case]) -> list[Ended]:
    """Run *cases* one after another."""
    program = _program(loaded=not any(each.without for each in cases))
    assert program.stdin
    assert program.stdout
    program.stdin.write(json.dumps([asdict(each) for each in cases]) + "\n")
    program.stdin.flush()
    return [Ended(**each) for each in json.loads(program.stdout.readline())]


@functools.cache
def _program(*, loaded: bool) -> "subprocess.Popen[str]":
    """Start what runs them, for all tests of this process."""
    command = [sys.executable, "-m", "tests.drivers.commands", *(["loaded"] if loaded else [])]
    pipe = subprocess.PIPE
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    program = subprocess.Popen(command, cwd=ROOT, env=buffered, stdin=pipe, stdout=pipe, text=True)
    atexit.register(program.communicate)
    return program


def _main() -> None:
    if sys.argv[1:]:
        with tempfile.TemporaryDirectory() as nowhere:
            os.environ["KIOSK_CENTRAL_HOME"] = nowhere
            load()
            del os.environ["KIOSK_CENTRAL_HOME"]
    else:
        import django  # noqa: F401 - loaded once for all

        from kiosk.cli import branch, bundle, demo, ledger, library, safekeeping, simulate

        del branch, bundle, demo, ledger, library, safekeeping, simulate
    while line := sys.stdin.readline():
        told = [asdict(_forked(Case(**each))) for each in json.loads(line)]
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _forked(case: Case) -> Ended:
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder) / "out", Path(folder) / "err"
        out.touch()
        process = os.fork()
        if not process:
            _become(case, Path(case.output or out), err)
        _, status = os.waitpid(process, 0)
        return Ended(
            os.waitstatus_to_exitcode(status),
            out.read_text(encoding="utf-8"),
            err.read_text(encoding="utf-8"),
        )


def _become(case: Case, out: Path, err: Path) -> None:
    """Run the command in place of this process."""
    signal.alarm(GIVE_UP_AFTER_S)
    _connect(case, out, err)
    code = 1
    try:
        code = _run(case, err.parent)
    except BaseException as error:  # noqa: BLE001 - as the interpreter would
        sys.excepthook(type(error), error, error.__traceback__)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            code = 120
    os._exit(code)


def _run(case: Case, aside: Path) -> int:
    from kiosk.cli import main

    os.environ.update(case.environment, PYTHONPATH=str(aside))
    for name in case.without:
        for loaded in [each for each in sys.modules if each.partition(".")[0] == name]:
            del sys.modules[loaded]
        sys.modules[name] = None  # type: ignore[assignment] # how Python marks what is missing
        missing = aside / f"{name}.py"  # for what it starts itself
        missing.write_text(f"raise ModuleNotFoundError({name!r}, name={name!r})", encoding="utf-8")
    if not case.rights and os.geteuid() == 0:
        _give_up_rights()
    if case.largest_bytes:
        resource.setrlimit(resource.RLIMIT_FSIZE, (case.largest_bytes, case.largest_bytes))
    is_loaded = bool(sys.argv[1:])
    sys.argv = ["kiosk", *case.arguments]
    try:
        if is_loaded:
            be_command(strict=False)
        else:
            main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    return 0


def _connect(case: Case, out: Path, err: Path) -> None:
    for number, path, flags in (
        (1, out, os.O_WRONLY),
        (2, err, os.O_WRONLY | os.O_CREAT),
    ):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    if case.given is None:
        os.close(0)
        sys.stdin = None  # as the interpreter leaves a closed one
        return
    given = err.with_name("given")
    given.write_text(case.given, encoding="utf-8")
    os.dup2(os.open(given, os.O_RDONLY), 0)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a descriptor


def _give_up_rights() -> None:
    """Let the modes of files and the numbers of ports bind root too."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    sets = (ctypes.c_uint32 * 6)()
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.capget(header, sets) == 0
    gone = 1 << _DAC_OVERRIDE | 1 << _DAC_READ_SEARCH | 1 << _NET_BIND_SERVICE
    for each in range(3):  # of the lower half: effective, permitted, inheritable
        sets[each] &= ~gone
    assert libc.capset(header, sets) == 0


if __name__ == "__main__":
    _main()
