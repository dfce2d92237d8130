"""The stock admin as technicians have it: their own library, and a line for every write."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from kiosk.central.platform.fields.moments import in_our_years
from kiosk.central.platform.typed import mark, overtaken
from kiosk.central.staff.access import library_of, staff_of
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Tenant


class SeenField(forms.CharField):
    """The mark of how a row stood when its form was shown; never itself a change."""

    widget = forms.HiddenInput

    def has_changed(self, _initial: Any, _data: Any) -> bool:
        """Tell of no change."""
        return False


class Seen(forms.ModelForm):  # type: ignore[type-arg] # not generic at run time
    """A form that overwrites nothing which its writer has not seen."""

    seen = SeenField(required=False)

    def __init__(self, *given: Any, **more: Any) -> None:
        """Carry the mark of how the row stands."""
        super().__init__(*given, **more)
        self.initial["seen"] = self._mark()

    def clean(self) -> Any:
        """Refuse what a colleague has changed meanwhile. Raises ValidationError."""
        now, name = self._mark(), self.add_prefix("seen")
        if isinstance(self.data, QueryDict) and self.data.get(name, now) != now:
            again = self.data.copy()
            again[name], self.data = now, again
            raise ValidationError(overtaken())
        return super().clean()

    def _mark(self) -> str:
        row = None if self.instance._state.adding else self.instance
        return mark(row, *(each for each in self.fields if each != "seen"))


class Stock(admin.ModelAdmin):  # type: ignore[type-arg] # not generic at run time
    """A table in the stock admin: the rows of her own library; what is written is recorded.

    Nothing is deleted by hand but where a table says so.
    """

    form = Seen
    of_library = "tenant"
    """Where a row says whose it is."""
    formfield_overrides: ClassVar = {models.DateTimeField: {"validators": [in_our_years]}}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Name the fields, and the mark of how they stood."""
        shown = [*super().get_fields(request, obj)]
        return shown if "seen" in shown else [*shown, "seen"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Select the rows of her library."""
        return super().get_queryset(request).filter(**{self.of_library: library_of(request).pk})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer what is of her library, and that library itself."""
        other, hers = db_field.remote_field.model, library_of(request)
        if other is Tenant:
            kwargs |= {"queryset": Tenant.objects.filter(pk=hers.pk), "initial": hers}
        elif any(field.name == "tenant" for field in other._meta.fields):
            kwargs["queryset"] = other._default_manager.filter(tenant=hers)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @transaction.atomic
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the list; what is done with several at once is done whole or not at all."""
        return super().changelist_view(request, extra_context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the table to technicians."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Let technicians look."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Let technicians add."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Let technicians change."""
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse."""
        return False

    def log_addition(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Record what was added."""
        record(staff_of(request), "added by a technician", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: models.Model, message: Any) -> Any:
        """Record what was changed: which fields, not what stands in them."""
        record(staff_of(request), "changed by a technician", obj, fields=_fields(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Record what is deleted."""
        for each in queryset:
            record(staff_of(request), "deleted by a technician", each)
        return super().log_deletions(request, queryset)


class Looked(Stock):
    """A table that technicians look at and do not write."""

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse."""
        return False


def _fields(message: Any) -> list[str]:
    told = message if isinstance(message, list) else []
    return [str(name) for each in told for name in each.get("changed", {}).get("fields", [])]
