"""Reads about libraries and branches: which one is meant, and how the rules know it."""

from urllib.parse import urlsplit

from kiosk.central.platform import tenancy
from kiosk.central.tenants import hours
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain import content
from kiosk.domain.text import name_key

_USUAL_PORTS = (80, 443)


def library_at(host: str) -> Tenant | None:
    """Return the only library, or that of several whose receipts lead to *host*, or None."""
    with tenancy.everywhere():
        some = list(Tenant.objects.order_by("key")[:2])
        if len(some) > 1:
            pages = Tenant.objects.exclude(public_url="").values_list("pk", "public_url")
            here = [key for key, page in pages if leads_to(page, host)]
            some = list(Tenant.objects.filter(pk__in=here)[:2])
    return some[0] if len(some) == 1 else None


def leads_to(page: str, host: str) -> bool:
    """Tell whether an address leads to *host*, in whichever way people write the one and other."""
    found = _host(page)
    return found[0] != "" and found == _host(f"//{host}")


def _host(address: str) -> tuple[str, int]:
    """Return name and port, a name with other letters as browsers send it; 0 is the usual port."""
    try:
        parts = urlsplit(address)
        port, name = parts.port or 0, (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError:
        return "", 0
    return name, 0 if port in _USUAL_PORTS else port


def all_branches() -> list[Branch]:
    """List every branch in the library's own order."""
    return list(Branch.objects.select_related("tenant").order_by("tenant", "position", "name"))


def find_branch(named: str) -> Branch | None:
    """Return the branch with this key, name (whatever the case) or number, or None."""
    branches = all_branches()
    for branch in branches:
        if name_key(named) in {name_key(branch.key), name_key(branch.name)}:
            return branch
    numbers = {str(number): branch for number, branch in enumerate(branches, start=1)}
    return numbers.get(named)


def as_domain(branch: Branch, library: str) -> content.Branch:
    """Return *branch* as the rules know it; an unknown time zone is told as none."""
    return content.Branch(
        key=branch.key,
        name=branch.name,
        calendar=hours.calendar(branch.calendar),
        timezone=branch.timezone if hours.is_zone(branch.timezone) else "",
        phone=branch.phone,
        library=library,
    )
