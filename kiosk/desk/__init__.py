"""The desk: the one door between the screens and everything below."""

from kiosk.desk.arriving import check_in, why_not
from kiosk.desk.correcting import correct, correctable
from kiosk.desk.desk import Desk
from kiosk.desk.errand_begun import Begun, ErrandRefused
from kiosk.desk.status import Status
from kiosk.sync.courier import ConnectionState

__all__ = [
    "Begun",
    "ConnectionState",
    "Desk",
    "ErrandRefused",
    "Status",
    "check_in",
    "correct",
    "correctable",
    "why_not",
]
