"""Checks of the backups: for `kiosk central check`, and for the page of the kiosks."""

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kiosk.central.events import erasure_log
from kiosk.central.generations.models import Life
from kiosk.central.safekeeping import queries


def warnings() -> list[str]:
    """List what is wrong, in the language of the page: first what stops kiosks from deleting."""
    return [words for words in (_backup(), _erasures()) if words]


def backup() -> str:
    """Say what no backup covers, and what that means for the kiosks."""
    with translation.override("en"):
        return _backup()


def erasures() -> str:
    """Say whether the erasure log can be read whole, and written."""
    with translation.override("en"):
        return _erasures()


def _backup() -> str:
    life = queries.put_back()
    if life:
        return _lacks(life) if life.lacks else _put_back(life)
    since = queries.is_missed(timezone.now())
    if since:
        return _(
            "No backup covers what kiosks have brought since %(day)s; they keep their sealed "
            "copies. Run every night: kiosk central backup FILE"
        ) % {"day": _day(since)}
    return ""


def _put_back(life: Life) -> str:
    return _(
        "The database was put back to an earlier state (%(day)s). Kiosks bring again what they "
        "still hold; what staff wrote since may be missing. Look at it, then run: "
        "kiosk central backup FILE"
    ) % {"day": _day(life.began_at)}


def _lacks(life: Life) -> str:
    return _(
        "The database is older than the backup %(newest)s, on whose word kiosks have deleted what "
        "it holds: that is missing. Restore it with: kiosk central restore --replace FILE"
    ) % {"newest": life.lacks}


def _erasures() -> str:
    if not erasure_log.is_writable():
        return _(
            "%(file)s cannot be written, so nobody can be erased. Make its folder, or give the "
            "right to the user that runs the program."
        ) % {"file": erasure_log.log_file()}
    many = erasure_log.damaged()
    if not many:
        return ""
    return _(
        "%(n)s lines of %(file)s are damaged: a restore could bring back who was erased then. Put "
        "a copy of the file in its place."
    ) % {"n": many, "file": erasure_log.log_file()}


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
