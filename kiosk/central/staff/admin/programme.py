"""Stock admin for technicians: workshops, volunteer tasks and notices."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from kiosk.central.programme.models import ImportBatch, Notice, Task, Workshop
from kiosk.central.seats import actions as seats
from kiosk.central.staff.admin.stock import Looked, Stock
from kiosk.central.tenants.libraries import next_change


class PublishedAdmin(Stock):
    """Anything that kiosks show: saved together with the number that tells them to fetch it."""

    counted_in = ""
    """Column that counts its changes, by which a colleague's form is known to be old."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Save, and let kiosks know."""
        if self.counted_in:
            setattr(obj, self.counted_in, getattr(obj, self.counted_in) + 1)
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            next_change(obj.tenant)


@admin.register(Workshop)
class WorkshopAdmin(PublishedAdmin):
    """The programme."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Save, and go through its seats: there may be more, fewer, or no workshop at all."""
        super().save_model(request, obj, form, change)
        seats.reconsider(obj.pk)

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> Any:
        """Leave seats to the page that first says what comes of changing them."""
        return ("capacity", "taken_elsewhere") if obj else ()

    list_display = ("__str__", "branch", "starts", "sign_up", "capacity", "cancelled")
    list_filter = ("branch", "cancelled")


@admin.register(Task)
class TaskAdmin(PublishedAdmin):
    """The volunteer tasks."""

    list_display = ("__str__", "footing", "version", "offered")


@admin.register(Notice)
class NoticeAdmin(PublishedAdmin):
    """The notices."""

    list_display = ("text", "branch", "until")


@admin.register(ImportBatch)
class ImportBatchAdmin(Looked):
    """What was imported when."""

    list_display = ("at", "by", "added", "changed", "moved_days")
