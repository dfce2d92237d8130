"""`kiosk central simulate`: a fleet of kiosks that all come back in the same minute."""

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import click

from kiosk.cli import central
from kiosk.cli.door import central_operations
from kiosk.cli.output import command, end, is_terminal, say
from kiosk.problems import REAL_VISITORS, Exit, Trouble

if TYPE_CHECKING:
    from kiosk.cli.fleet import Fleet

_FILES_A_KIOSK = 8
_UNDERSTOOD_WITHIN_S = 120.0
_GIVE_UP_S = 180.0


@dataclass(frozen=True, slots=True)
class Report:
    """What the fleet has seen, checked against central's own tables."""

    accepted: int
    """Submissions that central has."""
    lost: int
    """Neither at central nor waiting at its kiosk."""
    doubled: int
    """Further copies of one submission."""
    per_s: float
    """Submissions accepted a second, from the first request to the last."""
    p50_ms: float
    """Within which half of the requests were answered."""
    p99_ms: float
    """Within which 99 of 100 requests were answered."""
    requests: int
    """Requests answered."""
    failed: int
    """Requests that were not, simulated faults left out."""
    put_off: int
    """Requests that central asked to make later, because it was busy."""
    waiting: int
    """Not at central yet when the simulation gave up."""
    took_s: float
    """From the first request to the last."""


@command(central, "simulate", "kiosk central simulate --kiosks 200 --submissions 1000 --faults 7")
@click.option("--kiosks", default=20, show_default=True, type=click.IntRange(1, 20_000))
@click.option(
    "--submissions",
    default=100,
    show_default=True,
    type=click.IntRange(0, 1_000_000),
    help="In all, spread over the kiosks.",
)
@click.option("--faults", type=int, help="Seed of a network that loses and doubles requests.")
@click.option("--central", "url", default="http://127.0.0.1:8000", show_default=True)
@click.option(
    "--within",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds in which all kiosks find their network again.",
)
@click.option("--sign-ups", is_flag=True, help="Every other visitor takes a seat in a workshop.")
@click.option("--keep", is_flag=True, help="Leave what was simulated at central.")
@click.option("--yes", is_flag=True, help="Even if central holds what real visitors handed in.")
def simulate(
    kiosks: int,
    submissions: int,
    faults: int | None,
    url: str,
    within: float,
    *,
    sign_ups: bool,
    keep: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Let a fleet of kiosks come back to this machine's central all at once, and count.

    They belong to branches of their own, "Simulation", which are taken away afterwards.
    """
    from kiosk.cli.fleet import Fleet

    keep_open = allow_many_files(kiosks)
    with central_operations() as operations, ExitStack() as leaving:
        if (real := operations.visitors()) and not yes:
            raise Trouble(REAL_VISITORS, many=real)
        folder = Path(tempfile.mkdtemp(prefix="kiosk-fleet-"))
        leaving.callback(shutil.rmtree, folder, ignore_errors=True)
        if not keep:
            leaving.callback(operations.close_simulation)
        fleet = Fleet(folder, url.rstrip("/"), kiosks, faults, keep_open=keep_open)
        leaving.callback(fleet.close)
        codes = operations.open_simulation(kiosks)
        _watch("Joining", fleet.enrol(codes), kiosks)
        _watch("Visitors", fleet.hand_in(submissions, sign_ups=sign_ups), submissions)
        _watch("Coming back", fleet.come_back(within, _GIVE_UP_S), kiosks)
        found = report(fleet, operations)
    say(asdict(found), as_json=as_json, people=_in_words(found))
    if found.lost or found.doubled or found.waiting:
        end(Exit.FAILED)


def _in_words(found: Report) -> str:
    return (
        f"{found.accepted} accepted, {found.lost} lost, {found.waiting} waiting, "
        f"{found.doubled} doubled; "
        f"{found.per_s}/s, half of the requests within {found.p50_ms} ms, "
        f"99 of 100 within {found.p99_ms} ms"
    )


def report(fleet: "Fleet", operations: ModuleType) -> Report:
    """Ask central's tables, as soon as it has looked at all it took in."""
    locators = fleet.locators
    until = time.monotonic() + _UNDERSTOOD_WITHIN_S
    found = operations.arrived(locators)
    while found.once < len(locators) - fleet.pending() and time.monotonic() < until:
        time.sleep(0.2)
        found = operations.arrived(locators)
    timings = fleet.timings
    return Report(
        accepted=found.once,
        lost=max(0, len(locators) - found.once - fleet.pending()),
        waiting=min(len(locators) - found.once, fleet.pending()),
        doubled=found.doubled,
        per_s=round(found.once / max(fleet.took_s, 0.001), 1),
        p50_ms=round(timings.quantile_ms(0.5), 1),
        p99_ms=round(timings.quantile_ms(0.99), 1),
        requests=len(timings.seconds),
        failed=timings.failed,
        put_off=timings.put_off,
        took_s=round(fleet.took_s, 1),
    )


def _watch(what: str, steps: Iterable[None], many: int) -> None:
    """Show how far it has come, on a terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    shown = is_terminal(sys.stderr)
    for _ in track(steps, what, total=many, console=console, disable=not shown):
        pass


def allow_many_files(kiosks: int) -> bool:
    """Tell whether this process may hold every kiosk's ledger open, after asking for it."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 512 + kiosks * _FILES_A_KIOSK
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))
    return wanted <= most
