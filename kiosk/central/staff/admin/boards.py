"""Stock admin for technicians: what is on the boards, to look at and to take down."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from kiosk.central.boards.models import Publication
from kiosk.central.staff.admin.programme import PublishedAdmin


@admin.register(Publication)
class PublicationAdmin(PublishedAdmin):
    """The boards."""

    counted_in = "version"
    readonly_fields = ("version",)
    list_display = ("__str__", "board", "branch", "stage", "published", "posted_on")
    list_filter = ("board",)
    exclude = ("submission",)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse: it is written on the staff page."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Select what every visitor reads; a draft may hold what one of them has written."""
        return super().get_queryset(request).filter(published=True)
