"""The app of this package: its tables keep the name that they have always had."""

from django.apps import AppConfig


class Tenants(AppConfig):
    """Staff and the record, under the name of their accounts."""

    name = "kiosk.central.tenants"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
