"""What the commands call: set central up, serve it, check it, let kiosks in, take rows out."""

from kiosk.central.operations.bundles import bundle
from kiosk.central.operations.erasing import erase, retention
from kiosk.central.operations.moving import move
from kiosk.central.operations.ready import prepare, ready
from kiosk.central.operations.records import check, enrol_code, export
from kiosk.central.operations.safekeeping import back_up, ready_to_serve, restore
from kiosk.central.operations.serving import THREADS, listen, serve
from kiosk.central.operations.setting_up import Login, init
from kiosk.central.operations.simulation import (
    Arrived,
    arrived,
    close_simulation,
    open_simulation,
    visitors,
)
from kiosk.central.operations.staffing import Employed, dismiss, employ
from kiosk.central.operations.working import Worked, reprocess, work

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
