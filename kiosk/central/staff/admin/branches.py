"""Stock admin for technicians: libraries, branches and devices."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from kiosk.central.devices import actions
from kiosk.central.devices.models import Device
from kiosk.central.staff.admin.stock import Stock
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Staff, Tenant


@admin.register(Tenant)
class TenantAdmin(Stock):
    """Name and contact of the library; its keys are not for editing."""

    list_display = ("name", "key", "public_url")
    fields = ("name", "public_url", "contact")
    of_library = "pk"

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse: a library is made by a command, together with its keys."""
        return False

    def save_model(self, _request: HttpRequest, obj: Any, form: Any, _change: Any) -> None:
        """Write only what was edited, and let kiosks know."""
        with transaction.atomic():
            obj.save(update_fields=form.changed_data)
            next_change(obj)


@admin.register(Branch)
class BranchAdmin(Stock):
    """The buildings."""

    list_display = ("name", "key", "tenant", "phone", "position")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Save, and let kiosks know."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            next_change(obj.tenant)


@admin.register(Device)
class DeviceAdmin(Stock):
    """The kiosks, and shutting one out."""

    list_display = ("name", "branch", "enrolled_at", "last_seen_at", "revoked_at", "clock_offset_s")
    list_filter = ("branch",)
    fields = ("name", "branch", "health", "dead", "enrolled_at", "last_seen_at", "revoked_at")
    readonly_fields = ("health", "dead", "enrolled_at", "last_seen_at", "revoked_at")
    actions = ("shut_out",)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse: a device joins by enrolling."""
        return False

    @admin.action(description="Shut out")
    def shut_out(self, request: HttpRequest, chosen: QuerySet[Device]) -> None:
        """Revoke the chosen devices."""
        by = request.user if isinstance(request.user, Staff) else None
        for device in chosen:
            actions.revoke(device, by)
