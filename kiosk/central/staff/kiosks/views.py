"""Pages of the kiosks: all of them, one of them, and what a technician does with it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kiosk.central.content.publishing import left_out
from kiosk.central.devices import actions, supervision
from kiosk.central.devices.models import Device
from kiosk.central.safekeeping import checks
from kiosk.central.safekeeping import queries as safekeeping
from kiosk.central.staff.access import needs, staff_of
from kiosk.central.staff.frame import show
from kiosk.central.staff.kiosks import fleet
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import branches

_ROLES = (Role.TECHNICIAN, Role.CHIEF)


@require_GET
@needs(*_ROLES)
def listing(request: HttpRequest) -> HttpResponse:
    """List the kiosks, those that need a technician on top."""
    mine = branches(staff_of(request), *_ROLES)
    lines = fleet.lines(mine)
    needing = [line for line in lines if line.alarms]
    return show(
        request,
        "kiosks/listing.html",
        lines=lines,
        needing=needing,
        branches=mine,
        warnings=checks.warnings(),
        left_out=left_out(mine),
        backup=safekeeping.latest(),
    )


@require_POST
@needs(*_ROLES)
def new_code(request: HttpRequest) -> HttpResponse:
    """Make an enrolment code; it is shown on this one page and kept nowhere."""
    staff = staff_of(request)
    mine = branches(staff, *_ROLES)
    branch = get_object_or_404(mine, key=request.POST.get("branch", "")[:40])
    code, until = actions.new_code(branch, staff)
    address = request.build_absolute_uri("/").rstrip("/")
    return show(request, "kiosks/code.html", code=code, until=until, branch=branch, address=address)


@require_GET
@needs(*_ROLES)
def reading(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Show one kiosk with its history."""
    device = _mine(staff_of(request), device_id)
    return show(
        request,
        "kiosks/reading.html",
        line=fleet.line(device),
        device=device,
        history=fleet.history(device),
        former=device.replaces.all(),
    )


@require_POST
@needs(*_ROLES)
def rename(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Call a kiosk something else."""
    staff = staff_of(request)
    supervision.rename(_mine(staff, device_id), request.POST.get("name", ""), staff)
    messages.success(request, _("The name is saved."))
    return redirect("kiosk", device_id)


@require_POST
@needs(*_ROLES)
def looked(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Note that somebody has looked at what only a person can settle."""
    staff = staff_of(request)
    supervision.looked(_mine(staff, device_id), staff)
    messages.success(request, _("Noted. It is told again if it happens again."))
    return redirect("kiosk", device_id)


@require_http_methods(["GET", "POST"])
@needs(*_ROLES)
def shut_out(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Ask whether a kiosk shall be shut out, and do it."""
    staff = staff_of(request)
    device = _mine(staff, device_id)
    if request.method == "GET":
        return show(request, "kiosks/shut_out.html", device=device)
    if device.revoked_at is None:
        actions.revoke(device, staff)
    messages.success(request, _("The kiosk is shut out. It keeps what it has not sent."))
    return redirect("kiosk", device_id)


def _mine(staff: Staff, device_id: UUID) -> Device:
    """Find a kiosk at a branch that is hers to look after."""
    mine = Device.objects.filter(branch__in=branches(staff, *_ROLES))
    return get_object_or_404(mine.select_related("branch", "replaced_by"), pk=device_id)
