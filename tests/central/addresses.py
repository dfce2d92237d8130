"""Every address of central that a person can open in a browser, with something behind each."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import admin
from django.urls import URLPattern, reverse

from kiosk.central.boards.models import Publication
from kiosk.central.branches.models import Branch, Device
from kiosk.central.guide.models import LocalContact
from kiosk.central.inbox.models import Submission
from kiosk.central.page_urls import urlpatterns
from kiosk.central.post.models import Parcel
from kiosk.central.programme.models import Notice, Workshop
from kiosk.central.questionnaires.models import Questionnaire
from kiosk.central.seats.models import Lease

NOWHERE = UUID(int=0)
FROM_AN_ADDRESS = {
    "submission_id": Submission,
    "questionnaire_id": Questionnaire,
    "publication_id": Publication,
    "device_id": Device,
    "workshop_id": Workshop,
    "lease_id": Lease,
    "notice_id": Notice,
    "contact_id": LocalContact,
    "parcel_id": Parcel,
}
"""What the parts of an address are called, and the table they come from."""


def pages(branch: Branch) -> dict[str, str]:
    """List every page by name, with the newest row of the branch's library in its address."""
    found = {}
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        named = {part: _newest(part, branch) for part in pattern.pattern.regex.groupindex}
        found[f"{pattern.name} {' '.join(named)}".strip()] = reverse(
            str(pattern.name), kwargs=named
        )
    return found


def stock_admin() -> Iterator[str]:
    """Yield every address of the stock admin: lists, forms, histories, deletions."""
    yield reverse("admin:index")
    for model, its_admin in admin.site._registry.items():
        told = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        for url in its_admin.get_urls():
            name = str(getattr(url, "name", "") or "")
            if not name.startswith((told, "auth_user_password")):
                continue
            needs = list(url.pattern.regex.groupindex)
            if needs and row is None:
                continue
            yield reverse(f"admin:{name}", args=[row.pk] if needs and row else [])


def _newest(part: str, branch: Branch) -> object:
    if part in FROM_AN_ADDRESS:
        rows = FROM_AN_ADDRESS[part]._default_manager.filter(tenant=branch.tenant_id)
        row = rows.order_by("-pk").first()
        return row.pk if row else NOWHERE
    return {"branch_key": branch.key, "page": "visitor", "code": "AAAA-AAAA-AAAA"}[part]
