"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Submissions(AppConfig):
    """Submissions, under the name of the page that lists them."""

    name = "kiosk.central.submissions"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
