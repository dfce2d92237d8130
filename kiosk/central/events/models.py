"""Tables of what kiosks brought, as they brought it."""

from django.db import models

from kiosk.central.devices.models import Device
from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Tenant


class Event(models.Model):
    """One event in exactly the bytes that were captured at the kiosk."""

    pk = models.CompositePrimaryKey("tenant_id", "id")
    tenant = models.ForeignKey(Tenant, models.PROTECT, db_constraint=False, db_index=False)
    id = models.UUIDField()
    """Made by the kiosk, the event's only identity."""
    device = models.ForeignKey(
        Device, models.PROTECT, related_name="events", db_constraint=False, db_index=False
    )
    """The kiosk that brought it first."""
    digest = models.CharField(max_length=64)
    """SHA-256 of `body`, hexadecimal; stays when the body is erased."""
    seq = models.BigIntegerField(default=0)
    """The kiosk's own count, for gaps only."""
    type = models.CharField(max_length=80, blank=True)
    """Empty when the bytes could not be read."""
    v = models.BigIntegerField(default=0)
    """Version of the payload's shape."""
    about = models.UUIDField(null=True)
    """Id of the event this one changes."""
    body = models.BinaryField(null=True)
    """The frozen bytes; null once erased."""
    batch = models.CharField(max_length=80)
    """The kiosk's name for the batch that brought it first."""
    receipt = models.PositiveBigIntegerField()
    """Number of that batch, counted per device."""
    received_at = models.DateTimeField()
    held_reason = models.CharField(max_length=120, blank=True)
    """Why it is kept but not understood; empty when it is, or nobody has tried."""
    waiting = models.BooleanField(default=False)
    """Whether nobody has tried to understand it yet."""

    class Meta:
        """Found by what they are about, by batch, while they wait, and when they need a look.

        Tenant and device are not checked against their tables, row by row: both come from the
        device that has signed the batch, and neither is ever deleted.
        """

        indexes = [
            models.Index(
                fields=["tenant", "about"],
                name="event_about",
                condition=models.Q(about__isnull=False),
            ),
            models.Index(
                fields=["tenant", "id"], name="event_waiting", condition=models.Q(waiting=True)
            ),
            models.Index(fields=["device", "receipt"], name="event_receipt"),
            models.Index(
                fields=["tenant", "received_at"],
                name="event_held",
                condition=~models.Q(held_reason=""),
            ),
        ]


class Conflict(models.Model):
    """Other bytes under an id that was already here; both are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    event = models.UUIDField()
    """Id of the event."""
    device = models.ForeignKey(Device, models.PROTECT)
    """The kiosk that brought these bytes."""
    digest = models.CharField(max_length=64)
    body = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        """The same bytes are kept once."""

        constraints = [
            models.UniqueConstraint(fields=["tenant", "event", "digest"], name="conflict_once")
        ]


class Erasure(models.Model):
    """The erasure log: an id and a date, so that what was erased never comes back."""

    pk = models.CompositePrimaryKey("tenant_id", "id")
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    id = models.UUIDField()
    """Of the submission that was erased."""
    at = models.DateTimeField()
    change = models.PositiveBigIntegerField()
    """The tenant's change number, by which kiosks are told."""

    class Meta:
        """Found by what is new."""

        indexes = [models.Index(fields=["tenant", "change"], name="erasure_change")]


class News(models.Model):
    """What a kiosk has said of how complete its news is, until all it brought is understood."""

    pk = models.CompositePrimaryKey("tenant_id", "device_id")
    tenant = models.ForeignKey(Tenant, models.CASCADE)
    device = models.ForeignKey(Device, models.CASCADE)
    complete_until = models.CharField(max_length=120, blank=True)
    """`kiosk.wire.Inbox.complete_until`, by our own clock where that can be known."""
    leases = models.JSONField(default=list)
    """`kiosk.wire.Inbox.leases`."""
    leases_as_of = models.CharField(max_length=120, blank=True)
    """`kiosk.wire.Inbox.leases_as_of`."""
    at = models.DateTimeField()
    """When it was told."""


class Reread(models.Model):
    """For which program a library's held events were last read again."""

    tenant = models.OneToOneField(Tenant, models.CASCADE, primary_key=True)
    version = models.CharField(max_length=40)
    """`rereading.program` of it."""
    at = models.DateTimeField()
