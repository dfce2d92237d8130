"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Notifications(AppConfig):
    """What waits to be sent, under the name of the post."""

    name = "kiosk.central.notifications"
    label = "post"
    default_auto_field = "django.db.models.BigAutoField"
