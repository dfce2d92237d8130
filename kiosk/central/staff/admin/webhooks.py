"""Stock admin for technicians: the webhooks."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kiosk.central.letters.calls import allowed, new_secret
from kiosk.central.notifications.models import Webhook
from kiosk.central.staff.admin.stock import Seen, Stock


class WebhookForm(Seen):
    """What is asked of a webhook: an address that may be called."""

    class Meta:
        """Everything but the secret, which is made here."""

        model = Webhook
        fields = ("tenant", "address", "active")

    def clean_address(self) -> str:
        """Take only addresses over TLS, or on this machine."""
        address: str = self.cleaned_data["address"]
        if not allowed(address):
            raise ValidationError(_("Use an address that begins with https://"))
        return address


@admin.register(Webhook)
class WebhookAdmin(Stock):
    """Other programs that are told what happens."""

    form = WebhookForm
    list_display = ("address", "tenant", "active")
    readonly_fields = ("secret",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Give a new webhook its secret."""
        obj.secret = obj.secret or new_secret()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        """Let technicians take one away: nothing of a visitor hangs on it."""
        return self.has_change_permission(request)
