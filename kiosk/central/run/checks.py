"""Checks of a deployment, each with its remedy."""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks as django_checks
from django.http.request import validate_host

from kiosk.central.content.pieces import PieceKind
from kiosk.central.content.publishing import left_out
from kiosk.central.letters import mail
from kiosk.central.notifications.queries import undelivered
from kiosk.central.platform import deployment
from kiosk.central.platform.postgresql import checks as database
from kiosk.central.platform.typed import page_mistake
from kiosk.central.safekeeping import checks as safekeeping
from kiosk.central.tenants import keys
from kiosk.central.tenants.branches import library_at
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.problems import KEYS_AWAY

_MOST_NAMED = 10
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class DeploymentCheck:
    """What one check found."""

    name: str
    """In a few words."""
    remedy: str = ""
    """What to do; empty when all is well."""


def run() -> list[DeploymentCheck]:
    """Run every check of a central that is set up."""
    own = [DeploymentCheck(name, remedy()) for name, remedy in CHECKS.items()]
    return own + [DeploymentCheck(each.id or "django", _sentence(each)) for each in _django()]


def _secret_key() -> str:
    return _private(deployment.secret_key_file(settings.HOME))


def _state_folder() -> str:
    return _private(Path(settings.HOME))


def _keys() -> str:
    return " ".join(filter(None, map(_keys_of, Tenant.objects.all())))


def _keys_of(tenant: Tenant) -> str:
    """Try the keys of one library: the file must belong to this database."""
    path = keys.keys_file(tenant.key)
    why = keys.unfit(tenant.key, bytes(tenant.sealing_public), bytes(tenant.verify_public))
    if why:
        return KEYS_AWAY.technician.format(keys=path, library=tenant.key, why=why)
    return _private(path)


def _hosts() -> str:
    if settings.DEPLOYMENT.plain:
        return ""
    if "*" in settings.ALLOWED_HOSTS:
        return "Name the hosts in central.toml instead of *: anybody could make up links."
    if not settings.DEPLOYMENT.proxy:
        return (
            "It is called by names of the network, but without TLS: put a web server with a "
            "certificate in front and set proxy = true in central.toml."
        )
    return ""


def _receipts() -> str:
    """Name the libraries whose receipts lead nowhere on a phone, or to somebody else."""
    libraries = list(Tenant.objects.order_by("key"))
    odd = [each.name for each in libraries if not _leads_home(each, alone=len(libraries) == 1)]
    if not odd:
        return ""
    return (
        f"The addresses on receipts lead nowhere for: {', '.join(odd[:_MOST_NAMED])}. Give each "
        "library its own address in the admin under Libraries, with a host that central.toml "
        "names."
    )


def _leads_home(library: Tenant, *, alone: bool) -> bool:
    """Tell whether a phone finds *library* where its receipts lead; alone it may have no page."""
    page = library.public_url
    if not page:
        return alone
    host = "" if page_mistake(page) else urlsplit(page).netloc
    named = validate_host(urlsplit(page).hostname or "", settings.ALLOWED_HOSTS) if host else False
    return named and library_at(host) == library


def _private(path: Path) -> str:
    if path.stat().st_mode & _OTHERS:
        return f"Others can read {path}. Run: chmod go= {path}"
    return ""


def _django() -> Iterator[django_checks.CheckMessage]:
    yield from (each for each in django_checks.run_checks() if not each.is_silenced())


def _sentence(message: django_checks.CheckMessage) -> str:
    return f"{message.msg} {message.hint or ''}".strip()


def _letters() -> str:
    """Try the mail server, where one is set."""
    if not settings.DEPLOYMENT.mail:
        return ""
    why = mail.try_server()
    return f"{why}. Mend `mail` in central.toml, or the mail server." if why else ""


def _delivered() -> str:
    many = sum(undelivered(tenant).count() for tenant in Tenant.objects.all())
    if not many:
        return ""
    return f"{many} letters or webhook calls were given up. Look at the page Post, and send again."


def _content() -> str:
    """Name what cannot be read of what kiosks should show."""
    found = [each for each in left_out(Branch.objects.all()) if each.what != PieceKind.NO_HOURS]
    if not found:
        return ""
    names = ", ".join(f"{each.name} ({each.what})" for each in found[:_MOST_NAMED])
    return f"Left out of what kiosks show: {names}. The page Kiosks says what to do about each."


CHECKS: dict[str, Callable[[], str]] = {
    "state folder is private": _state_folder,
    "secret key is private": _secret_key,
    "keys fit the database": _keys,
    "database answers": database.answers,
    "libraries are kept apart": database.kept_apart,
    "what is saved is on disk": database.durable,
    "encoding and clock of the database": database.spelled,
    "hosts and TLS": _hosts,
    "receipts lead to their library": _receipts,
    "backup": safekeeping.backup,
    "erasure log": safekeeping.erasures,
    "letters can be sent": _letters,
    "everything was delivered": _delivered,
    "what kiosks show can be read": _content,
}
"""Every check of ours: its name, and the function that returns a remedy, or nothing."""
