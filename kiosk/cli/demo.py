"""`kiosk demo`: a whole library on this machine, with one enrolled kiosk."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import click
import msgspec

from kiosk import config, places
from kiosk.cli import kiosk
from kiosk.cli.output import PORT, command, say
from kiosk.problems import CATALOGUE, DEMO_FAILED, NOT_ENROLLED, Exit, Problem, Trouble

_STOP_S = 10.0


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A running library and its kiosk."""

    url: str
    """Central's address."""
    home: Path
    """State folder of the kiosk."""
    branch: str
    """Name of the kiosk's branch."""
    logins: list[dict[str, str]]
    """Who can log in at central."""

    def told(self) -> dict[str, Any]:
        """Return the one line of the contract."""
        return {
            "central": self.url,
            "home": str(self.home),
            "branch": self.branch,
            "logins": self.logins,
        }


@command(kiosk, "demo", "kiosk demo --keep ./demo")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=PORT,
    help="Of central; 0 takes any free one.",
)
@click.option("--no-screen", is_flag=True, help="Serve until told to stop, without the app.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep both state folders here; a second start finds them again.",
)
@click.option("--language", default="sv", show_default=True, help="Language of a new visitor.")
def demo(port: int, keep: Path | None, language: str, *, no_screen: bool, as_json: bool) -> None:
    """Show everything: central with demo content and logins, one kiosk, the app full screen."""
    from kiosk.cli.branch import need_terminal

    if not no_screen:
        need_terminal()
    with contextlib.ExitStack() as leaving:
        folder = leaving.enter_context(_folder(keep))
        shown = leaving.enter_context(_library(folder, port))
        told = shown.told()
        people = [f"Central is at {shown.url}, the kiosk's state in {shown.home}"]
        people += ["  {role}: {user} / {password}".format(**each) for each in shown.logins]
        say(told, as_json=as_json, people="\n".join(people))
        sys.stdout.flush()
        if no_screen:
            _wait_for_the_end()
            return
        code = _show_app(shown, language)
    raise SystemExit(code)


def _show_app(shown: Demonstration, language: str) -> int:
    from kiosk.cli.branch import run_app

    librarian = next((each for each in shown.logins if each["role"] == "librarian"), None)
    who = "{user} / {password}".format(**librarian) if librarian else ""
    settings = config.load(shown.home)
    notice = settings.notice or f"Demo · {shown.url} · {who}"
    return run_app(
        msgspec.structs.replace(settings, notice=notice, language=language, heartbeat_s=15)
    )


@contextlib.contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    from kiosk.store.holder import Holder

    if keep is not None:
        kept = places.private_folder(keep.absolute())
        holder = Holder(kept / "demo")  # a second one would move the kiosk to its own central
        try:
            yield kept
        finally:
            holder.release()
        return
    temporary = Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextlib.contextmanager
def _library(folder: Path, port: int) -> Iterator[Demonstration]:
    """Set up and run central in *folder*, with a kiosk that belongs to it."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("KIOSK_CENTRAL_")
    }  # a real central's database is no place for a demonstration
    environment["KIOSK_CENTRAL_HOME"] = str(folder / "central")
    logins = _logins(folder, environment)
    log = _log(folder / "central.log")
    serving = subprocess.Popen(
        [
            *_kiosk(),
            "central",
            "serve",
            "--port",
            str(port),
            "--with-parent",
            str(os.getpid()),
            "--json",
        ],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=True,
    )
    _private(folder / "central.pid").write_text(f"{serving.pid}\n", encoding="ascii")
    try:
        url = _first_line(serving, folder / "central.log")["central"]
        branch = _enrolled(folder / "kiosk", url, environment)
        yield Demonstration(url, folder / "kiosk", branch, logins)
    finally:
        serving.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            serving.wait(_STOP_S)
        serving.kill()
        log.close()


def _private(path: Path) -> Path:
    """Make a file that only its owner reads, whoever may read the folder around it."""
    path.touch(mode=0o600)
    return path


def _log(path: Path) -> BinaryIO:
    """Open the log of the demonstration's central."""
    return _private(path).open("ab")


def _logins(folder: Path, environment: dict[str, str]) -> list[dict[str, str]]:
    """Set central up, or find the logins of an earlier start."""
    kept = folder / "logins.json"
    made: list[dict[str, str]] = _asked(["central", "init", "--demo"], environment)["logins"]
    if made or not kept.is_file():
        _private(kept).write_text(json.dumps(made), encoding="utf-8")
        return made
    found: list[dict[str, str]] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def _enrolled(home: Path, url: str, environment: dict[str, str]) -> str:
    """Make *home* a kiosk of the first branch, or tell a kiosk of an earlier start the address."""
    from kiosk.store.device import load_device, save_device
    from kiosk.sync.enrolment import join

    try:
        device = load_device(home)
    except Trouble as trouble:
        if trouble.problem is not NOT_ENROLLED:
            raise
        code = _asked(["central", "enrol-code", "--branch", "1"], environment)["code"]
        device = join(home, url, code)
    save_device(home, msgspec.structs.replace(device, central=url, public_url=url))
    _asked(["--home", str(home), "sync"], environment)
    return device.branch_name


def _asked(arguments: list[str], environment: dict[str, str]) -> Any:
    """Run another command of ours and return what it tells. Raises Trouble with its remedy."""
    done = subprocess.run(
        [*_kiosk(), *arguments, "--json"], env=environment, capture_output=True, check=False
    )
    try:
        told = json.loads(done.stdout)
    except ValueError as error:
        why = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        raise Trouble(DEMO_FAILED, path=environment["KIOSK_CENTRAL_HOME"], why=why) from error
    _raise_if_told(told, done.returncode)
    return told


def _first_line(serving: "subprocess.Popen[bytes]", log: Path) -> Any:
    """Wait until central says where it is. Raises Trouble with its own remedy."""
    assert serving.stdout is not None  # noqa: S101 - we asked for the pipe
    line = serving.stdout.readline()
    if not line:
        raise Trouble(DEMO_FAILED, path=log, why=f"it ended with {serving.wait(_STOP_S)}")
    told = json.loads(line)
    _raise_if_told(told, 1)
    threading.Thread(target=serving.stdout.read, daemon=True).start()
    return told


def _raise_if_told(told: dict[str, Any], returned: int) -> None:
    """Raise another command's trouble as our own."""
    if returned and told.get("error"):
        known = CATALOGUE.get(told["error"])
        exit_code = known.exit if known else Exit.FAILED
        remedy = told["remedy"].replace("{", "{{").replace("}", "}}")
        raise Trouble(Problem(told["error"], "", remedy, exit_code))


def _kiosk() -> list[str]:
    return [sys.executable, "-m", "kiosk.cli"]


def _wait_for_the_end() -> None:
    """Wait for SIGTERM or Ctrl+C."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    while not ended.wait(1.0):
        pass
