"""What the commands call: set central up, serve it, check it, let kiosks in, take rows out."""

from kiosk.central.run.operations.bundles import bundle
from kiosk.central.run.operations.erasing import erase, retention
from kiosk.central.run.operations.moving import move
from kiosk.central.run.operations.ready import prepare, ready
from kiosk.central.run.operations.records import check, enrol_code, export
from kiosk.central.run.operations.safekeeping import back_up, ready_to_serve, restore
from kiosk.central.run.operations.serving import THREADS, listen, serve
from kiosk.central.run.operations.setting_up import Login, init
from kiosk.central.run.operations.simulation import (
    Arrived,
    arrived,
    close_simulation,
    open_simulation,
    visitors,
)
from kiosk.central.run.operations.staffing import Employed, dismiss, employ
from kiosk.central.run.operations.working import Worked, reprocess, work

__all__ = [
    "THREADS",
    "Arrived",
    "Employed",
    "Login",
    "Worked",
    "arrived",
    "back_up",
    "bundle",
    "check",
    "close_simulation",
    "dismiss",
    "employ",
    "enrol_code",
    "erase",
    "export",
    "init",
    "listen",
    "move",
    "open_simulation",
    "prepare",
    "ready",
    "ready_to_serve",
    "reprocess",
    "restore",
    "retention",
    "serve",
    "visitors",
    "work",
]
