"""How commands speak: one JSON object for scripts, sentences for people, exit codes for both."""

import contextlib
import functools
import json
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from kiosk.domain.text import clean
from kiosk.problems import CATALOGUE, CRASHED, SYSTEM_SAID_NO, Exit, Trouble, meaning
from kiosk.problems.traces import Discreet, where

_log = logging.getLogger(__name__)

Command = Callable[..., Any]

PORT = click.IntRange(0, 65_535)
"""What a port may be."""

_OWN_REMEDY = ("remedy", "retry_after_s")
"""What an exchange tells beyond the contract."""


def log_discreetly() -> None:
    """Let nothing that is logged or that stops a thread tell more than where it happened."""
    if logging.lastResort:
        logging.lastResort.setFormatter(Discreet())


def hide_tracebacks() -> None:
    """Let the interpreter itself tell no more either: its tracebacks quote what they fail on."""
    sys.excepthook = lambda _kind, error, _trace: print(where(error), file=sys.stderr)
    threading.excepthook = lambda told: print(
        where(told.exc_value) if told.exc_value else "a thread stopped", file=sys.stderr
    )


def say(told: Mapping[str, Any], *, as_json: bool, people: str) -> None:
    """Print *told* as one line of JSON, in ASCII so that any terminal takes it, or sentences."""
    click.echo(json.dumps(told) if as_json else legible(people))


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody sits at *stream*; one that was closed before the start is None."""
    return stream is not None and stream.isatty()


def legible(text: str) -> str:
    """Return *text* clean: words from elsewhere steer no terminal, and turn no line round."""
    return clean(text)


def complain(text: str) -> None:
    """Print what is wrong on standard error."""
    click.echo(f"kiosk: {legible(text)}", err=True)


def as_sync(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an exchange told, in the keys of the contract: the remedy goes to people."""
    return {name: value for name, value in told.items() if name not in _OWN_REMEDY}


def complain_of(told: Mapping[str, Any]) -> None:
    """End with the exit code of what an exchange ended with, and tell people; else do nothing."""
    if told["error"]:
        complain(f"{told['error']}: {told['remedy']}")
        known = CATALOGUE.get(told["error"])
        end(known.exit if known else Exit.REFUSED)


def end(code: Exit) -> NoReturn:
    """End the command with an exit code of the contract.

    What standard output did not take is not tried once more: Python would end otherwise then.
    """
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(int(code))


def table(rows: Sequence[tuple[str, ...]], *headings: str) -> None:
    """Print rows for people, through Rich; a path that is longer than the room goes on below."""
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    columns = (Column(heading, overflow="fold") for heading in headings)
    drawn = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        drawn.add_row(*(Text(legible(cell)) for cell in row))
    Console().print(drawn)


class _Told(click.Command):
    """A command that tells scripts of wrong use as it tells them of everything else."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; with `--json` in it, a mistake is one JSON object too."""
        as_json = "--json" in args
        try:
            return self._parsed(ctx, args)
        except click.UsageError as error:
            if as_json:
                say({"error": "usage", "remedy": error.format_message()}, as_json=True, people="")
            raise
        except OSError as error:
            _end_with(in_words(error), as_json=as_json)

    def _parsed(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except (click.Abort, click.exceptions.Exit):
            raise
        except RuntimeError as error:  # so click tells a standard input that is closed
            raise click.UsageError("Standard input is closed; name a file instead.", ctx) from error


def command(group: click.Group, name: str, example: str) -> Callable[[Command], click.Command]:
    """Register a command: `--json`, an example in its help, and troubles told with their remedy.

    What nobody planned for is logged and told as X01.
    """

    def register(body: Command) -> click.Command:
        @functools.wraps(body)
        def guarded(*, as_json: bool, **options: Any) -> Any:
            try:
                return body(as_json=as_json, **options)
            except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
                raise
            except Exception as error:  # noqa: BLE001 - the border of the command line
                _end_with(in_words(error), as_json=as_json)

        flag = click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
        return group.command(name, cls=_Told, epilog=f"Example:  {example}")(flag(guarded))

    return register


def home_option(body: Command) -> Command:
    """Give a command `--home`, the kiosk's state folder; wins over the group's own."""
    return click.option(
        "--home",
        type=click.Path(path_type=Path, file_okay=False),
        help="State folder of the kiosk (else KIOSK_HOME, else the configured one).",
    )(body)


def in_words(error: Exception) -> Trouble:
    """Return the trouble that *error* is; what nobody planned for is logged, and told as X01."""
    match error:
        case Trouble():
            return error
        case OSError():  # what the system refused, where nobody further in knew better
            path = error.filename or "What this command writes to, or reads from"
            return Trouble(SYSTEM_SAID_NO, path=path, why=meaning(error))
    _log.error("a command stopped unexpectedly", exc_info=error)
    return Trouble(CRASHED, why=where(error).partition(" < ")[0])


def _end_with(trouble: Trouble, *, as_json: bool) -> NoReturn:
    _tell(trouble, as_json=as_json)
    end(trouble.problem.exit)


def _tell(trouble: Trouble, *, as_json: bool) -> None:
    told: dict[str, Any] = {"error": trouble.problem.code, "remedy": trouble.remedy}
    found = getattr(trouble, "mistakes", None)
    if found:
        told = {"mistakes": {name: mistake.reason for name, mistake in found.items()}}
    if as_json:
        with contextlib.suppress(OSError):  # the trouble may be standard output itself
            say(told, as_json=True, people="")
    complain(f"{trouble.problem.code}: {trouble.remedy}")
