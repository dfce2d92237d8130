"""The accounts app, and the stock admin as it is opened to technicians."""

from django.apps import AppConfig
from django.contrib.admin import apps as stock


class Accounts(AppConfig):
    """Staff, what they may do where, and the record of what they did."""

    name = "kiosk.central.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"


class StockAdmin(stock.AdminConfig):
    """Django's admin, with our rules of who comes in."""

    default_site = "kiosk.central.accounts.site.Technicians"
    default = False
    """Named in the settings."""
