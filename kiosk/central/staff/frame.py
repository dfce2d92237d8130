"""The frame around every page: the library's name, the way around, who is logged in, languages."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.branches import library_at
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import library, may

WAYS = (
    ("inbox", gettext_lazy("Inbox"), [Role.READER]),
    ("programme", gettext_lazy("Programme"), [Role.READER]),
    ("notices", gettext_lazy("Notices"), [Role.READER]),
    ("boards", gettext_lazy("Boards"), [Role.READER]),
    ("questionnaires", gettext_lazy("Questions"), [Role.READER]),
    ("guide", gettext_lazy("The guide"), [Role.LIBRARIAN]),
    ("figures", gettext_lazy("Figures"), [Role.READER]),
    ("kiosks", gettext_lazy("Kiosks"), [Role.TECHNICIAN, Role.CHIEF]),
    ("stick", gettext_lazy("USB stick"), [Role.TECHNICIAN, Role.LIBRARIAN]),
    ("post", gettext_lazy("Post"), [Role.TECHNICIAN]),
    ("admin:index", gettext_lazy("Administration"), [Role.TECHNICIAN]),
)
"""The way around: a page, what it is called, and as which roles one sees it."""


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link of the way around."""

    address: str
    """Where it leads."""
    label: str
    """What it is called."""
    here: bool
    """Whether the page shown is there."""


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around a page."""

    library: str
    """Name of the library."""
    staff: Staff | None
    """Who is logged in, or None."""
    ways: list[MenuLink]
    """The way around, as far as her roles reach."""
    languages: list[tuple[str, str]]
    """Codes of the languages of the pages, each with its name in itself."""
    language: str
    """Code of the language shown."""
    path: str
    """Address of this page, to come back to after choosing a language."""
    new: UUID
    """Of what a form of this page makes; see `kiosk.central.staff.once`."""


def show(request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """Draw *template* inside the frame."""
    return render(request, template, {"frame": frame(request), **context}, status=status)


def frame(request: HttpRequest) -> PageFrame:
    """Collect what stands around the page that *request* asks for."""
    user = getattr(request, "user", None)
    staff = user if isinstance(user, Staff) else None
    tenant = library(staff) if staff else None
    tenant = tenant or library_at(request.get_host())
    return PageFrame(
        library=tenant.name if tenant else "",
        staff=staff,
        ways=_ways(request, staff),
        languages=[(code, str(name)) for code, name in settings.LANGUAGES],
        language=get_language() or settings.LANGUAGE_CODE,
        path=request.get_full_path() if request.method == "GET" else request.path,
        new=new_id(),
    )


def _ways(request: HttpRequest, staff: Staff | None) -> list[MenuLink]:
    if staff is None:
        return []
    return [
        MenuLink(reverse(name), str(label), request.path.startswith(reverse(name)))
        for name, label, roles in WAYS
        if any(may(staff, role) for role in roles)
    ]
