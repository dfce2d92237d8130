"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Devices(AppConfig):
    """Devices, under the name of the branches that they stand in."""

    name = "kiosk.central.devices"
    label = "branches"
    default_auto_field = "django.db.models.BigAutoField"
