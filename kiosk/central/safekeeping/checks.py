"""Checks of the backups, as `kiosk central check` and the pages tell them."""

from datetime import datetime

from django.utils import timezone

from kiosk.central.intake import erasure_log
from kiosk.central.safekeeping import queries


def backup() -> str:
    """Say what no backup covers, and what that means for the kiosks."""
    life = queries.put_back()
    if life:
        return (
            f"The database was put back to an earlier state ({_day(life.began_at)}). Kiosks bring "
            "again what they still hold; what staff wrote since may be missing. Look at it, then "
            "run: kiosk central backup FILE"
        )
    since = queries.is_missed(timezone.now())
    if since:
        return (
            f"No backup covers what kiosks have brought since {_day(since)}; they keep their "
            "sealed copies. Run every night: kiosk central backup FILE"
        )
    return ""


def erasures() -> str:
    """Say whether the erasure log can be read whole."""
    many = erasure_log.damaged()
    if not many:
        return ""
    return (
        f"{many} lines of {erasure_log.log_file()} are damaged: a restore could bring back who was "
        "erased then. Put a copy of the file in its place."
    )


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
