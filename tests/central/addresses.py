"""Every address of central that a person can open in a browser, with something behind each."""

from uuid import UUID, uuid4

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, reverse
from django.utils import timezone

from kiosk.central.boards.models import Publication
from kiosk.central.devices.models import Device
from kiosk.central.guide.models import LocalContact
from kiosk.central.notifications.models import Parcel, Webhook
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.run.page_urls import urlpatterns
from kiosk.central.seats.models import Lease
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.domain.posting import Board

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


def stock_admin(branch: Branch) -> list[str]:
    """List every address of the stock admin for rows of the branch's library."""
    found = [reverse(f"admin:{name}") for name in ("index", "password_change")]
    for model in admin.site._registry:
        told = f"{model._meta.app_label}_{model._meta.model_name}"
        row = _row(model, branch)
        found += [reverse(f"admin:{told}_{name}") for name in ("changelist", "add")]
        its_own = ("change", "history", "delete") if row else ()
        found += [reverse(f"admin:{told}_{name}", args=[row.pk]) for name in its_own if row]
    return found


def furnish(branch: Branch, words: str) -> None:
    """Put something of the branch's library behind every address, each with *words* in it."""
    tenant, now = branch.tenant, timezone.now()
    its = {"tenant": tenant, "branch": branch}
    row = Submission(
        **its,
        id=uuid4(),
        errand="idea",
        language="sv",
        captured_at=now,
        received_at=now,
        locator=uuid4().hex,
        receipt_key=b"k" * 32,
        answers={"title": words, "what": words, "name": words, "contact": f"{words}@x.example"},
    )
    inbox.receive(tenant, [row])
    Publication.objects.create(
        **its, board=Board.IDEA, title={"sv": words}, submission=row, made_at=now
    )
    Publication.objects.create(**its, board=Board.METHOD, published=True, made_at=now)
    Device.objects.create(**its, name=words, public_key=b"k" * 32, enrolled_at=now)
    Notice.objects.create(**its, text={"sv": words})
    Workshop.objects.create(**its, title={"sv": words}, starts=now, ends=now)
    Task.objects.create(tenant=tenant, title={"sv": words})
    LocalContact.objects.create(**its, name=words, language="sv", checked_on=now.date())
    made = Questionnaire.objects.create(**its, made_at=now)
    Wording.objects.create(
        tenant=tenant, questionnaire=made, version=1, title={"sv": words}, questions=[]
    )
    about = {"about": row.pk, "made_at": now, "due_at": now, "done_at": now, "state": "dead"}
    Parcel.objects.create(tenant=tenant, occasion="answered", once=words, **about)
    Webhook.objects.create(tenant=tenant, address=f"https://{words}.example", secret=words)
    record(None, "furnished", row)


def _row(model: type[Model], branch: Branch) -> Model | None:
    """Return a row of the branch's library."""
    rows = model._default_manager.order_by("-pk")
    if model is Tenant:
        return branch.tenant
    if model is Staff:
        return rows.filter(memberships__tenant=branch.tenant_id).first()
    return rows.filter(tenant=branch.tenant_id).first()


def _newest(part: str, branch: Branch) -> object:
    if part in FROM_AN_ADDRESS:
        rows = FROM_AN_ADDRESS[part]._default_manager.filter(tenant=branch.tenant_id)
        row = rows.order_by("-pk").first()
        return row.id if row else NOWHERE  # type: ignore[attr-defined] # each has one
    return {"branch_key": branch.key, "page": "visitor", "code": "AAAA-AAAA-AAAA"}[part]
