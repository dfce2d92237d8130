"""The table of figures, as kiosks have counted them."""

from django.db import models

from kiosk.central.tenants.models import Branch, Tenant


class Figure(models.Model):
    """How often one thing happened at a branch in one hour, as one event told it.

    The event is part of the key: told twice, it is counted once.
    """

    pk = models.CompositePrimaryKey("tenant_id", "event", "hour", "what", "about", "language")
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    event = models.UUIDField()
    """Id of the event that brought it."""
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    hour = models.DateTimeField()
    """Its beginning."""
    what = models.CharField(max_length=40)
    """One of `kiosk.domain.figures.What`, or what a newer kiosk counts."""
    about = models.CharField(max_length=80, blank=True)
    """Names joined by slashes."""
    language = models.CharField(max_length=16, blank=True)
    """Code, or empty."""
    many = models.PositiveIntegerField()

    class Meta:
        """Found by branch and time."""

        indexes = [models.Index(fields=["branch", "hour"], name="figure_hour")]
