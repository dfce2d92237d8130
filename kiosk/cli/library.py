"""Commands at the library: set up central, run it, let kiosks in, take records out."""

import ctypes
import os
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kiosk import places
from kiosk.cli import central
from kiosk.cli.door import central_operations as _operations
from kiosk.cli.naming import A_FILE_OR_FOLDER, as_folder_as_the_source
from kiosk.cli.output import (
    PORT,
    as_sync,
    command,
    complain_of,
    end,
    is_terminal,
    legible,
    say,
    table,
)
from kiosk.problems import Exit

_PR_SET_PDEATHSIG = 1
"""See prctl(2)."""

EXPORTS = ("submissions", "registrations", "needs", "figures")


@command(central, "init", "kiosk central init --demo")
@click.option("--demo", is_flag=True, help="With demonstration content, branches and logins.")
def init(*, demo: bool, as_json: bool) -> None:
    """Make the database, the library's keys and the first login; safe to repeat."""
    with _operations() as operations:
        logins = operations.init(demo=demo)
    told = [{"role": each.role, "user": each.user, "password": each.password} for each in logins]
    if as_json:
        say({"home": str(places.central_home()), "logins": told}, as_json=True, people="")
        return
    click.echo(f"Central is set up in {places.central_home()}.")
    if told:
        click.echo("Write these passwords down; they are not shown again.")
        table([(each["role"], each["user"], each["password"]) for each in told], "", "", "")


@command(central, "serve", "kiosk central serve --port 8000")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=PORT, help="0 takes any free one.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
@click.option("--in-the-clear", is_flag=True, help="Plain HTTP to other machines, readable by all.")
@click.option("--with-parent", type=int, hidden=True, help="End when the process of this id ends.")
def serve(
    host: str,
    port: int,
    workers: int,
    *,
    in_the_clear: bool,
    with_parent: int | None,
    as_json: bool,
) -> None:
    """Serve the staff's pages and the exchange until told to stop.

    To this machine only, or to others behind a web server that ends TLS.
    """
    if with_parent:
        _end_with(with_parent)

    def ready(url: str) -> None:
        say({"central": url}, as_json=as_json, people=f"Central is at {url} (stop with Ctrl+C)")

    with _operations() as operations:
        operations.serve(host, port, workers, ready, in_the_clear=in_the_clear)


@command(central, "worker", "kiosk central worker")
@click.option("--once", is_flag=True, help="End when nothing waits any more.")
def worker(*, once: bool, as_json: bool) -> None:
    """Do what waits beside serving: understand what kiosks have brought. Runs until told to stop.

    Serving does so too; run this where something else serves central, or to help it.
    """
    with _operations() as operations:
        worked = operations.work(once=once)
    told = {"read": worked.read, "held": worked.held}
    people = f"Read {worked.read}, of which {worked.held} wait for somebody to look at them."
    say(told, as_json=as_json, people=people)


@command(central, "reprocess", "kiosk central reprocess")
def reprocess(*, as_json: bool) -> None:
    """Read again what waits for somebody to look at it.

    An upgrade does so by itself.
    """
    with _operations() as operations:
        worked = operations.reprocess()
    told = {"read": worked.read, "understood": worked.read - worked.held, "held": worked.held}
    people = f"Read {told['read']} again: {told['understood']} understood, {told['held']} not."
    say(told, as_json=as_json, people=people)


@command(central, "check", "kiosk central check")
def check(*, as_json: bool) -> None:
    """Check central's settings and keys before visitors depend on them."""
    with _operations() as operations:
        found = operations.check()
    told = [{"name": each.name, "ok": not each.remedy, "remedy": each.remedy} for each in found]
    people = "\n".join(f"{each.name}: {each.remedy or 'ok'}" for each in found)
    say({"checks": told}, as_json=as_json, people=people or "Nothing to mend.")
    if any(each.remedy for each in found):
        end(Exit.FAILED)


@command(central, "enrol-code", "kiosk central enrol-code --branch huvudbiblioteket")
@click.option("--branch", required=True, help="Key or name of the branch.")
def enrol_code(branch: str, *, as_json: bool) -> None:
    """Make a code with which one kiosk can join a branch, once, within three days."""
    with _operations() as operations:
        code, expires = operations.enrol_code(branch)
    told = {"code": code, "expires": expires.isoformat()}
    say(told, as_json=as_json, people=f"{code}   (valid until {expires:%Y-%m-%d %H:%M %Z})")


@command(central, "export", "kiosk central export submissions --format csv > submissions.csv")
@click.argument("name", type=click.Choice(EXPORTS))
@click.option(
    "--format", "kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True
)
@click.option("--personal", is_flag=True, help="Show personal answers too.")
def export(name: str, kind: str, *, personal: bool, as_json: bool) -> None:
    """Write all rows of an export to standard output; personal answers are hidden."""
    if kind == "xlsx" and is_terminal(sys.stdout):
        raise click.UsageError(f"A workbook is no text: add > {name}.xlsx to the command.")
    with _operations() as operations:
        body = operations.export(name, "json" if as_json else kind, personal=personal)
    if is_terminal(sys.stdout):
        click.echo(legible(body.decode("utf-8-sig")))
    else:
        click.echo(body, nl=False)


@command(central, "bundle", "kiosk central bundle /media/stick /media/stick")
@click.argument("source", metavar="IN", type=A_FILE_OR_FOLDER)
@click.argument("target", metavar="OUT", type=A_FILE_OR_FOLDER, callback=as_folder_as_the_source)
@click.option("--code", default="", help="One-time code of a kiosk that asks to join.")
def bundle(source: Path, target: Path, code: str, *, as_json: bool) -> None:
    """Take in bundle IN, or all in that folder, and write answers to OUT."""
    with _operations() as operations:
        told = asdict(operations.bundle(source, target, code))
    people = "\n".join(_line(each) for each in told["files"])
    say(as_sync(told), as_json=as_json, people=people)
    complain_of(told)


def _line(told: dict[str, Any]) -> str:
    if "error" in told:
        return f"{told['file']}: {told['error']}"
    if "waits" in told:
        return "{file}: waits: {waits}".format(**told)
    if "before" in told:
        return "{file}: answered before, in {answer}".format(**told)
    if "device" in told:
        return "{file}: a new kiosk of {branch}; its identity is in {answer}".format(**told)
    return "{file}: {events} events of {branch}, bundle {number}; answer in {answer}".format(**told)


def _end_with(parent: int) -> None:
    """Ask Linux for SIGTERM when the program that started this one is gone, even if killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it was gone before we could ask
        end(Exit.FAILED)
