"""Stock admin for technicians: staff, their roles, and the record, which nobody can change."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models

from kiosk.central.accounts.mail_field import MailField
from kiosk.central.accounts.models import Membership, Record, Staff


class MembershipRows(admin.TabularInline):  # type: ignore[type-arg] # not generic at run time
    """The roles of one member of staff."""

    model = Membership
    extra = 1


@admin.register(Staff)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg] # not generic at run time
    """Staff, with their roles on the same page."""

    inlines: ClassVar = [MembershipRows]
    formfield_overrides: ClassVar = {models.EmailField: {"form_class": MailField}}
    list_display = ("username", "first_name", "last_name", "is_active", "is_staff", "last_login")


def _never(*_asked: Any, **_about: Any) -> bool:
    """Refuse: nobody writes, changes or thins out the record by hand."""
    return False


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """The record of what staff did."""

    list_display = ("at", "actor", "verb", "subject_kind", "subject_id")
    list_filter = ("verb",)
    search_fields = ("subject_id", "actor__username")

    has_add_permission = _never
    has_change_permission = _never
    has_delete_permission = _never
