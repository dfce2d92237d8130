"""The table of contacts that a branch has added to the guide."""

from django.db import models

from kiosk.central.platform.fields.columns import Shaped, codes
from kiosk.central.platform.fields.texts import CodesField
from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Branch, Tenant


class LocalContact(models.Model):
    """Somebody near a branch who helps; mirrors `kiosk.domain.guide.Contact`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    branch = models.ForeignKey(Branch, models.CASCADE, related_name="contacts")
    """Whose visitors are sent there."""
    name = models.CharField(max_length=60)
    """As it stands over its door."""
    about = models.CharField(max_length=120, blank=True)
    """What it helps with."""
    where = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.URLField(max_length=200, blank=True)
    """Of its web page."""
    language = models.CharField(max_length=8)
    """In which `about`, `where` and `hours` are written."""
    needs = Shaped(default=list, read=codes, form=CodesField)
    """Ids of the needs it helps with."""
    checked_on = models.DateField()
    """When somebody last made sure that all of this is so."""
    version = models.PositiveIntegerField(default=1)
    """Raised by every change, so that nobody overwrites what she has not seen."""

    class Meta:
        """By name."""

        ordering = ["name", "id"]
        indexes = [models.Index(fields=["tenant", "branch"], name="contact_branch")]

    def __str__(self) -> str:
        """Name it."""
        return self.name
