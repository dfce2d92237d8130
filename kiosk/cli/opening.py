"""Opening a kiosk for a command: its settings, its state folder, its desk, its courier."""

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk import config, places
from kiosk.cli.owner import leave_owner
from kiosk.problems import CANNOT_WRITE, LEDGER_HELD, Trouble, cannot_write

if TYPE_CHECKING:
    from kiosk.desk import Desk
    from kiosk.sync.carrier import Carrier
    from kiosk.sync.courier import Courier


def settings_of(home: Path | None) -> config.Settings:
    """Read the settings of the kiosk in *home*, else of the group's. Raises Trouble."""
    settings = config.load(named(home))
    leave_owner(Path(settings.home))
    return settings


def named(home: Path | None) -> Path | None:
    """Return the state folder that this command line names, if any."""
    return home or click.get_current_context().find_root().obj


def folder_of(settings: config.Settings) -> Path:
    """Return the state folder, made where missing. Raises Trouble (CANNOT_WRITE)."""
    try:
        return places.private_folder(Path(settings.home))
    except OSError as error:
        raise cannot_write(Path(settings.home), error) from error


@contextlib.contextmanager
def open_desk(settings: config.Settings) -> Iterator["Desk"]:
    """Open the desk, and close it in the end. Raises Trouble."""
    from kiosk.desk import Desk
    from kiosk.domain.world import RealWorld

    desk = Desk(folder_of(settings), RealWorld())
    try:
        yield desk
    finally:
        desk.close()


@contextlib.contextmanager
def look_at_desk(settings: config.Settings) -> Iterator["Desk"]:
    """Open the desk to look at: also where nothing can be written, or another program holds it.

    Raises Trouble.
    """
    from kiosk.desk import Desk
    from kiosk.domain.world import RealWorld

    home, world = folder_of(settings), RealWorld()
    try:
        desk = Desk(home, world)
    except Trouble as trouble:
        if trouble.problem not in {CANNOT_WRITE, LEDGER_HELD}:
            raise
        desk = Desk(home, world, looking=True)
        if trouble.problem is CANNOT_WRITE:
            desk.ledger.findings.unwritable = trouble
    try:
        yield desk
    finally:
        desk.close()


def courier_of(desk: "Desk", settings: config.Settings) -> "Courier":
    """Make the courier of an open desk; it is not started."""
    from kiosk.sync.courier import Courier
    from kiosk.sync.exchange import Exchange
    from kiosk.sync.pace import Pace

    exchange = Exchange(
        device=desk.device,
        ledger=desk.ledger,
        published=desk.published,
        carrier=_carrier(desk, settings),
        world=desk.world,
        pace=Pace(),
    )
    return Courier(exchange, settings.heartbeat_s)


def _carrier(desk: "Desk", settings: config.Settings) -> "Carrier":
    """Return the way to central; a kiosk that joined by stick may know of none."""
    from kiosk.store.device import prove_device, save_device
    from kiosk.sync.carrier import Carrier
    from kiosk.sync.no_network import NoNetwork

    with contextlib.suppress(Trouble):  # a full disk is told by itself
        prove_device(desk.home)
    if not desk.device.central:
        return NoNetwork(desk.device)
    return Carrier(desk.device, settings.ca_file, partial(save_device, desk.home))
