"""Stock admin for technicians: what is on the boards, to look at and to take down."""

from django.contrib import admin

from kiosk.central.boards.models import Publication
from kiosk.central.programme.admin import Published


@admin.register(Publication)
class PublicationAdmin(Published):
    """The boards."""

    list_display = ("__str__", "board", "branch", "stage", "published", "posted_on")
    list_filter = ("board", "published")
    raw_id_fields = ("submission",)
