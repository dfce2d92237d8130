"""`kiosk bundle`: the exchange of a branch without a network, on a stick."""

import contextlib
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk import config, places
from kiosk.cli import kiosk
from kiosk.cli.naming import A_FILE
from kiosk.cli.opening import folder_of, open_desk, settings_of
from kiosk.cli.output import as_sync, command, complain, complain_of, home_option, say
from kiosk.problems import CATALOGUE, Exit, Problem, Trouble

if TYPE_CHECKING:
    from kiosk.desk import Desk

Pausing = Callable[[], contextlib.AbstractContextManager[None]]
"""Keeps exchanges over a network away meanwhile."""

_FILE = click.argument("file", type=A_FILE)
_CODE = click.option("--code", default="", help="One-time code, to join a branch by stick.")


@kiosk.group(epilog="Example:  kiosk bundle write /media/stick/ekenas.bundle")
def bundle() -> None:
    """Exchange with central on a stick, where there is no network."""


@command(bundle, "write", "kiosk bundle write /media/stick/ekenas.bundle")
@_FILE
@_CODE
@home_option
def write(file: Path, code: str, home: Path | None, *, as_json: bool) -> None:
    """Write all that waits into FILE for central; it waits on until the answer is read."""
    from kiosk.wire.stick import write_file

    if code:
        _ask_to_join(file, code, settings_of(home), as_json=as_json)
        return
    told = _asked(settings_of(home), "bundle-write")
    write_file(file, b64decode(told.pop("file")))
    number = told.pop("number")
    people = f"Bundle {number} with {told['sent']} events is in {file}. Take it to central."
    say(as_sync(told), as_json=as_json, people=people)


@command(bundle, "read", "kiosk bundle read /media/stick/ekenas.answer")
@_FILE
@_CODE
@home_option
def read(file: Path, code: str, home: Path | None, *, as_json: bool) -> None:
    """Apply central's answer in FILE: what it has saved, answered, published, erased."""
    from kiosk.wire.bundle import MAX_BUNDLE_BYTES
    from kiosk.wire.stick import read_file

    answer = read_file(file, MAX_BUNDLE_BYTES)
    if code:
        _join(answer, code, settings_of(home), as_json=as_json)
        return
    told = _asked(settings_of(home), "bundle-read", answer)
    people = (
        "This answer had been read before; nothing has changed."
        if told.pop("again")
        else "Central has answered for {sent}; waiting {pending}, content {content}.".format(**told)
    )
    say(as_sync(told), as_json=as_json, people=people)
    complain_of(told)


def _ask_to_join(file: Path, code: str, settings: config.Settings, *, as_json: bool) -> None:
    from kiosk.domain.world import RealWorld
    from kiosk.sync.enrolment import ask_by_stick
    from kiosk.sync.outcome import ExchangeOutcome
    from kiosk.wire.stick import write_file

    write_file(file, ask_by_stick(folder_of(settings), code, RealWorld()))
    people = f"This kiosk asks to join in {file}. At central, give the same code: --code"
    say(as_sync(ExchangeOutcome().told()), as_json=as_json, people=people)


def _join(answer: bytes, code: str, settings: config.Settings, *, as_json: bool) -> None:
    from kiosk.sync.enrolment import join_by_stick

    device = join_by_stick(folder_of(settings), code, answer)
    told = {"device": device.device, "branch": device.branch, "tenant": device.tenant}
    people = f"This kiosk now belongs to {device.branch_name}. Next: kiosk bundle write FILE"
    say(told, as_json=as_json, people=people)
    with open_desk(settings) as desk:
        for trouble in desk.ledger.apart.troubles():
            complain(f"{trouble.problem.code}: {trouble.remedy}")


def bundle_replies(desk: "Desk", pausing: Pausing) -> dict[str, Callable[..., dict[str, Any]]]:
    """Return what a kiosk answers to these commands, for the bell of the running app."""
    from kiosk.store.device import load_device
    from kiosk.sync.bundle import Stick

    def stick() -> Stick:
        # its key may have changed since the desk was opened
        device = load_device(desk.home)
        return Stick(device, desk.ledger, desk.published, desk.world)

    def writing() -> dict[str, Any]:
        written = stick().write()
        told = {"number": written.number, "file": b64encode(written.file).decode("ascii")}
        return written.outcome.told() | told

    def reading(file: bytes = b"") -> dict[str, Any]:
        again, outcome = stick().read(file)
        return outcome.told() | {"again": again}

    return {"bundle-write": _told(pausing, writing), "bundle-read": _told(pausing, reading)}


def _told(pausing: Pausing, reply: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Tell a trouble as a reply: it has to get through the bell."""

    def guarded(*given: bytes) -> dict[str, Any]:
        try:
            with pausing():
                return reply(*given)
        except Trouble as trouble:
            return {
                "trouble": trouble.problem.code,
                "remedy": trouble.remedy,
            }

    return guarded


def _asked(settings: config.Settings, question: str, *given: bytes) -> dict[str, Any]:
    """Ask the running app, else do it here. Raises Trouble."""
    from kiosk.sync.bell import ring

    told = ring(places.bell(Path(settings.home)), question, *given)
    if told is None or "unknown" in told:  # no app, or one from before an update
        with open_desk(settings) as desk:
            told = bundle_replies(desk, contextlib.nullcontext)[question](*given)
    if "trouble" in told:
        known = CATALOGUE.get(told["trouble"])
        remedy = told["remedy"].replace("{", "{{").replace("}", "}}")
        raise Trouble(Problem(told["trouble"], "", remedy, known.exit if known else Exit.FAILED))
    return told
