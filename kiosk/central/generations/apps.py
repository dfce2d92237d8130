"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Generations(AppConfig):
    """Generations and backups, under the name of their safekeeping."""

    name = "kiosk.central.generations"
    label = "safekeeping"
    default_auto_field = "django.db.models.BigAutoField"
