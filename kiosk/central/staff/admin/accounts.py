"""Stock admin for technicians: who works here as what, and the record; neither is written here."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from kiosk.central.staff.admin.stock import Looked
from kiosk.central.tenants.models import Membership, Record, Staff


class MembershipRows(admin.TabularInline):  # type: ignore[type-arg] # not generic at run time
    """The roles of one member of staff."""

    model = Membership
    extra = 0
    fields = ("role", "branch")

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Let technicians look."""
        return self.admin_site.has_permission(request)


@admin.register(Staff)
class StaffAdmin(Looked):
    """Staff of the library; logins, passwords and roles are given by `kiosk central employ`."""

    of_library = "memberships__tenant"
    inlines: ClassVar = [MembershipRows]
    list_display = ("username", "first_name", "last_name", "is_active", "last_login")
    fields = ("username", "first_name", "last_name", "email", "is_active", "last_login")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Select everybody once, however many roles she has."""
        return super().get_queryset(request).distinct()


@admin.register(Record)
class RecordAdmin(Looked):
    """The record of what staff did."""

    list_display = ("at", "actor", "verb", "subject_kind", "subject_id")
    list_filter = ("verb",)
    search_fields = ("subject_id", "actor__username")


admin.site.unregister(Group)
