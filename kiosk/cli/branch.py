"""Commands at the branch: the visitor's app, and everything a technician asks of a kiosk."""

import contextlib
import gc
import json
import logging
import resource
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk import config, places
from kiosk.cli import kiosk
from kiosk.cli.opening import courier_of, folder_of, look_at_desk, named, open_desk, settings_of
from kiosk.cli.output import (
    as_sync,
    command,
    complain,
    complain_of,
    end,
    home_option,
    is_terminal,
    say,
    table,
)
from kiosk.cli.standing import StandingKiosk, readable
from kiosk.i18n import LANGUAGES
from kiosk.problems import NO_TERMINAL, NOT_JSON, UNKNOWN_ERRAND, Trouble
from kiosk.problems.traces import Discreet

if TYPE_CHECKING:
    from kiosk.desk import Desk
    from kiosk.domain.errand import Errand
    from kiosk.domain.submission import FollowUp

_LOG_BYTES = 500_000
_M_ARENA_MAX = -8
"""Of mallopt(3), in malloc.h."""

_LANGUAGE = click.option(
    "--language", type=click.Choice(list(LANGUAGES)), default="sv", show_default=True
)


@command(kiosk, "run", "kiosk run")
@home_option
def run(home: Path | None, *, as_json: bool) -> None:
    """Open the visitor's app, full screen; it exchanges with central by itself."""
    del as_json
    readable(partial(config.load, named(home)))
    end_code = run_app(settings_of(home))
    raise SystemExit(end_code)


def run_app(settings: config.Settings) -> int:
    """Run the app on the kiosk of *settings* until it ends; return the exit code.

    What the first frame does not need begins after it: nothing is garbage before, and looking for
    some took a seventh of the start; whoever sends what is handed in took a tenth.
    """
    dump_nothing()
    with _collecting_nothing(), _logging_to(places.log(Path(settings.home))):
        return StandingKiosk(settings).show(partial(_show, settings))


def _show(settings: config.Settings, desk: "Desk", leaving: contextlib.ExitStack) -> int:
    """Show the screens until they end; *leaving* ends what has begun beside them."""
    from screens.app import KioskApp
    from screens.quick import run_kiosk

    need_terminal()
    app = KioskApp(
        desk,
        language=settings.language,
        theme=settings.theme,
        idle_s=settings.idle_s,
        idle_warning_s=settings.idle_warning_s,
        notice=settings.notice,
    )

    def begin_the_rest() -> None:
        from kiosk.cli.exchanging import exchanging
        from screens.sweeping import sweep_when_still

        keep_memory_together()
        leaving.enter_context(exchanging(desk, settings))
        sweep_when_still(app, app.idle)

    return run_kiosk(app, begin_the_rest)


@contextlib.contextmanager
def _collecting_nothing() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def dump_nothing() -> None:
    """Let no crash write this process's memory, with a visit in it, to the disk.

    One byte: a limit of 0 still lets the system pipe a dump to a collector (core(5)).
    """
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0 if most == 0 else 1, most))


def keep_memory_together() -> None:
    """Let every thread take memory from the one heap, as threads that come and go leave theirs.

    glibc gives a thread that has to wait a heap of its own, and never gives it back: a thousand
    visits left two, 1.8 MiB each. Call it after the first frame: `ctypes` takes 5 ms to load.
    """
    import ctypes

    with contextlib.suppress(AttributeError):  # other C libraries have no such word
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def need_terminal() -> None:
    """Raise Trouble (NO_TERMINAL) where no visitor could type: the app would run blind."""
    if not is_terminal(sys.stdin):
        raise Trouble(NO_TERMINAL)


@contextlib.contextmanager
def _logging_to(path: Path) -> Iterator[None]:
    """Keep what happens behind the screen in a file that stays small, for its owner only."""
    try:
        path.touch(mode=0o600)
        log = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8")
    except OSError:  # a full disk keeps no visitor from what is here already
        yield
        return
    log.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger("kiosk").addHandler(log)
    try:
        yield
    finally:
        logging.getLogger("kiosk").removeHandler(log)
        log.close()


@command(kiosk, "enrol", "kiosk enrol https://library.example K7M2Q9XP4R")
@click.argument("url")
@click.argument("code")
@home_option
def enrol(url: str, code: str, home: Path | None, *, as_json: bool) -> None:
    """Join a branch with the one-time code that central gave out."""
    from kiosk.sync.enrolment import join

    settings = settings_of(home)
    device = join(folder_of(settings), url, code, settings.ca_file)
    with open_desk(settings) as desk:
        courier_of(desk, settings).exchange_now()
        apart = desk.ledger.apart.troubles()
    told = {"device": device.device, "branch": device.branch, "tenant": device.tenant}
    say(told, as_json=as_json, people=f"This kiosk now belongs to {device.branch_name}.")
    for trouble in apart:
        complain(f"{trouble.problem.code}: {trouble.remedy}")


@command(kiosk, "errands", "kiosk errands --language da")
@_LANGUAGE
@home_option
def errands(language: str, home: Path | None, *, as_json: bool) -> None:
    """List what visitors can do here, with every question."""
    from kiosk.desk import listing

    settings = settings_of(home)
    told = {"errands": listing.errands(Path(settings.home), language)}
    if as_json:
        say(told, as_json=True, people="")
        return
    rows = [
        (errand["name"], question["name"], question["kind"], question["ask"])
        for errand in told["errands"]
        for question in errand["questions"]
    ]
    table(rows, "errand", "question", "kind", "asked")


@command(kiosk, "hand-in", """echo '{"about": "hours"}' | kiosk hand-in feedback - --json""")
@click.argument("errand")
@click.argument("answers", type=click.File("rb"))
@_LANGUAGE
@home_option
def hand_in(errand: str, answers: Any, language: str, home: Path | None, *, as_json: bool) -> None:
    """Hand in an errand from a file of answers, or `-` for standard input."""
    chosen = _errand(errand)
    read = _answers(answers)
    with open_desk(settings_of(home)) as desk:
        receipt = desk.hand_in(desk.begin(chosen), read, language)
    told = {
        "id": receipt.id,
        "code": receipt.code_in_groups,
        "state": "saved",
        "saved_ms": receipt.saved_ms,
    }
    say(told, as_json=as_json, people=f"Saved here. Receipt: {receipt.code_in_groups}")


@command(kiosk, "look-up", "kiosk look-up 7F3K-9XQ2-B4MT")
@click.argument("code")
@home_option
def look_up(code: str, home: Path | None, *, as_json: bool) -> None:
    """Show what has become of a submission, by the code on its receipt."""
    settings = settings_of(home)
    with open_desk(settings) as desk:
        desk.courier = courier_of(desk, settings)
        found = desk.look_up(code)
        place = desk.content.branch_name(found.workshop.branch) if found.workshop else ""
    say(_told(found), as_json=as_json, people="\n".join(_lines(found, place)))


def _told(found: "FollowUp") -> dict[str, Any]:
    import msgspec

    sign_up = {"seat": found.seat, "workshop": found.workshop}
    return {
        "state": found.state,
        "answers": [
            {"text": each.text, "at": each.at.isoformat(), "signed": each.signed}
            for each in found.answers
        ],
        "history": [{"state": each.state, "at": each.at.isoformat()} for each in found.history],
        **{name: msgspec.to_builtins(each) for name, each in sign_up.items() if each},
    }


def _lines(found: "FollowUp", place: str) -> list[str]:
    """Say it for people; *place* is the name of where it happens."""
    from kiosk.errands.occasion import occasion_in_words
    from kiosk.i18n import phrases

    workshop = found.workshop
    known = occasion_in_words(workshop, place, phrases("en")).lines if workshop else ()
    off = ["It will not take place."] if workshop and workshop.cancelled else []
    return [f"{found.errand}: {found.state}", *known, *off, *(each.text for each in found.answers)]


@command(kiosk, "withdraw", "kiosk withdraw 7F3K-9XQ2-B4MT --erase")
@click.argument("code")
@click.option("--erase", is_flag=True, help="Erase everything about it, here and at the library.")
@home_option
def withdraw(code: str, home: Path | None, *, erase: bool, as_json: bool) -> None:
    """Take a submission back, by the code on its receipt."""
    settings = settings_of(home)
    with open_desk(settings) as desk:
        desk.courier = courier_of(desk, settings)
        left = desk.withdraw(code, erase=erase)
    say({"state": left.state}, as_json=as_json, people=f"It is now {left.state}.")


@command(kiosk, "sync", "kiosk sync --json")
@home_option
def sync(home: Path | None, *, as_json: bool) -> None:
    """Exchange with central now; asks the running app to do it when there is one."""
    from kiosk.sync.bell import ring

    settings = settings_of(home)
    told = ring(places.bell(Path(settings.home)), "sync")
    if told is None:
        with open_desk(settings) as desk:
            told = courier_of(desk, settings).exchange_now().told()
    people = "Sent {sent}, waiting {pending}, content {content}.".format(**told)
    say(as_sync(told), as_json=as_json, people=people)
    complain_of(told)


@command(kiosk, "status", "kiosk status")
@home_option
def status(home: Path | None, *, as_json: bool) -> None:
    """Tell how this kiosk is doing."""
    from kiosk.desk.status import in_words
    from kiosk.sync.bell import ring

    settings = settings_of(home)
    told = ring(places.bell(Path(settings.home)), "status")
    if told is None:
        with look_at_desk(settings) as desk:
            told = asdict(desk.status())
    if as_json:
        say(told, as_json=True, people="")
        return
    table(in_words(told), "", "")


@command(kiosk, "doctor", "kiosk doctor")
@home_option
def doctor(home: Path | None, *, as_json: bool) -> None:
    """Check this kiosk, and say what to do about whatever is wrong."""
    from kiosk.doctor import examine, exit_of

    settings = settings_of(home)
    checks = examine(Path(settings.home), settings.ca_file)
    if as_json:
        say({"checks": [check.told() for check in checks]}, as_json=True, people="")
    else:
        rows = []
        for each in checks:
            rows.append(("ok" if each.ok else "!!", each.name, each.found))
            rows += [("", "", each.remedy)] if not each.ok else []
        table(rows, "", "check", "found, and what to do")
    if code := exit_of(checks):
        end(code)


def _errand(name: str) -> "Errand":
    from kiosk.errands import ERRANDS

    if name not in ERRANDS:
        raise Trouble(UNKNOWN_ERRAND, name=name, known=", ".join(ERRANDS))
    return ERRANDS[name]


def _answers(source: Any) -> dict[str, Any]:
    name = getattr(source, "name", "-")
    try:
        read = json.loads(source.read())
    except (ValueError, RecursionError) as error:
        raise Trouble(NOT_JSON, source=name, why=error) from error
    if not isinstance(read, dict):
        raise Trouble(NOT_JSON, source=name, why=f"it is a {type(read).__name__}")
    return read
