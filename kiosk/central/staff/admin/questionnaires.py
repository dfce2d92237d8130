"""Stock admin for technicians: what is asked, to look at and to take down."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.staff.admin.programme import PublishedAdmin


@admin.register(Questionnaire)
class QuestionnaireAdmin(PublishedAdmin):
    """The questionnaires."""

    counted_in = "change"
    list_display = ("__str__", "branch", "published", "since", "until", "version")
    readonly_fields = ("version", "change")
    list_filter = ("published",)

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse: without its words there is nothing to ask."""
        return False
