"""The stock admin as Django is told to open it."""

from django.contrib.admin import apps as stock


class StockAdmin(stock.AdminConfig):
    """Django's admin, with our rules of who comes in."""

    default_site = "kiosk.central.staff.admin_site.Technicians"
    default = False
    """Named in the settings."""
