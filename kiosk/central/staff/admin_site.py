"""The stock admin as a place: who comes in, where everybody logs in, one's own password."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from kiosk.central.staff.access import staff_of
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Role, Staff
from kiosk.central.tenants.queries import may_everywhere


class Technicians(admin.AdminSite):
    """The stock admin, opened to whoever is technician at all branches of her library."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether whoever asks may come in."""
        who = request.user
        return isinstance(who, Staff) and who.is_active and may_everywhere(who, Role.TECHNICIAN)

    def login(self, request: HttpRequest, _extra_context: Any = None) -> HttpResponseRedirect:
        """Log in where everybody does."""
        wanted = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('log-in')}?{urlencode({'next': wanted})}")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change one's own password, and record that."""
        with transaction.atomic():
            response = super().password_change(request, extra_context)
            if response.status_code == HttpResponseRedirect.status_code:
                record(staff_of(request), "password changed", staff_of(request))
        return response
