"""Who logs in, and who is logged in: found before it is known for which library she works."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from kiosk.central.platform import tenancy
from kiosk.central.tenants.models import Staff


class EveryLibrary(ModelBackend):
    """Django's own, which looks among the staff of every library."""

    def authenticate(self, request: HttpRequest | None, *names: Any, **told: Any) -> Staff | None:
        """Return whose name and password these are, or None."""
        with tenancy.everywhere():
            found = super().authenticate(request, *names, **told)
        return found if isinstance(found, Staff) else None

    def get_user(self, user_id: int) -> Staff | None:
        """Return who is logged in, as long as she works here."""
        with tenancy.everywhere():
            found = super().get_user(user_id)
        return found if isinstance(found, Staff) else None
