"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Events(AppConfig):
    """Events, under the name of what takes them in."""

    name = "kiosk.central.events"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
