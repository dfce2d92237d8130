"""What runs beside the screens: the courier, the bell that commands ring, the watch of the link."""

import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from kiosk import config, doctor, places
from kiosk.cli.bundle import bundle_replies
from kiosk.cli.opening import courier_of
from kiosk.desk import Desk
from kiosk.sync.bell import ControlSocket
from kiosk.sync.link import Link


@contextlib.contextmanager
def exchanging(desk: Desk, settings: config.Settings) -> Iterator[None]:
    """Exchange with central and hear commands until the app ends. Raises Trouble."""
    home = Path(settings.home)
    courier = courier_of(desk, settings)
    desk.courier = courier
    bell = ControlSocket(
        places.bell(home),
        {
            "sync": lambda: courier.exchange_now().told(),
            "status": lambda: asdict(desk.status()),
            doctor.DOCTOR: lambda: doctor.reply(desk.condition(), desk.world),
            **bundle_replies(desk, courier.pausing),
        },
    )
    with contextlib.closing(bell):
        courier.start()
        with contextlib.closing(Link(courier.link_up)):
            yield


def try_exchanging(desk: Desk, settings: config.Settings) -> None:
    """Try what `exchanging` begins with, and exchange nothing. Raises Trouble, or OSError."""
    courier_of(desk, settings)
    ControlSocket(places.bell(Path(settings.home)), {}).close()
