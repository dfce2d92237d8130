"""The accounts app."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Staff, what they may do where, and the record of what they did."""

    name = "kiosk.central.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
