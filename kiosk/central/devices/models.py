"""Tables of the devices that stand in the branches."""

from django.db import models

from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Branch, Tenant


class Device(models.Model):
    """One enrolled kiosk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="devices")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="devices")
    name = models.CharField(max_length=80, blank=True)
    """What technicians call the machine."""
    public_key = models.BinaryField()
    """Ed25519 key; its secret never left the kiosk."""
    key_since = models.DateTimeField(null=True, blank=True)
    """When that key was used for the first time; empty when it is the one it enrolled with."""
    next_key = models.BinaryField(null=True, blank=True)
    """The key it has announced; takes the place of `public_key` when it is first used."""
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    """Set when a technician shuts it out."""
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    """The device that the same machine became when it enrolled again, as the machine says."""
    last_seen_at = models.DateTimeField(null=True, blank=True)
    """When it last brought an inbox."""
    health = models.JSONField(default=dict, blank=True)
    """`kiosk.wire.Health` of its last inbox."""
    dead = models.JSONField(default=list, blank=True)
    """`kiosk.wire.DeadLetter`s of its last inbox: events central has refused for good."""
    unopened = models.PositiveIntegerField(default=0)
    """Events that are held because nobody here can open them; counted now and then."""
    last_receipt = models.PositiveBigIntegerField(default=0)
    """Number of its latest batch within the epoch."""
    forgotten = models.CharField(max_length=36, blank=True)
    """Follows the library's epoch for this kiosk alone, once it was told of a batch that this
    database did not know: another one each time."""
    safe_receipt = models.PositiveBigIntegerField(default=0)
    """Its batches up to this one are covered by a verified backup."""
    clock_offset_s = models.FloatField(null=True, blank=True)
    """Central's clock minus the kiosk's, seconds."""
    cloned_at = models.DateTimeField(null=True, blank=True)
    """When two machines were first seen under this identity; empty once a technician has looked."""
    looked_at = models.DateTimeField(null=True, blank=True)
    """When a technician last looked into such a thing."""
    allowance = models.JSONField(default=dict, blank=True)
    """How much of each kind it may bring, and since when: `kiosk.central.exchange.allowance`."""
    alarms = models.JSONField(default=dict, blank=True)
    """Alarms that have been told of, each with since when; see `alarms`."""
    highest_seq = models.BigIntegerField(default=0)
    """The highest number of an event that it has brought."""
    gaps = models.JSONField(default=list, blank=True)
    """Numbers below it that it never brought: lists of the first and the last of each gap."""

    class Meta:
        """Found by branch."""

        indexes = [models.Index(fields=["tenant", "branch"], name="device_branch")]

    @property
    def epoch(self) -> str:
        """The life of the database as this kiosk is told of it."""
        epoch: str = self.tenant.epoch
        return f"{epoch}.{self.forgotten}" if self.forgotten else epoch

    def __str__(self) -> str:
        """Name it as technicians do."""
        return self.name or str(self.id)


class EnrolmentCode(models.Model):
    """A one-time code with which a kiosk joins a branch; only its digest is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    """HMAC-SHA-256 of the code under the library's secret key, hexadecimal."""
    tenant = models.ForeignKey(Tenant, models.CASCADE)
    branch = models.ForeignKey(Branch, models.CASCADE)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    device = models.ForeignKey(Device, models.CASCADE, null=True, blank=True)
    """The kiosk that used it; the same kiosk gets the same answer again."""


class WrongCode(models.Model):
    """A guess at a code of any kind that led nowhere; whoever makes many is slowed down."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address = models.CharField(max_length=60)
    """Where it came from: an IPv4 address, the network of an IPv6 one, or a kiosk."""
    at = models.DateTimeField(db_index=True)

    class Meta:
        """Counted by where they come from."""

        indexes = [models.Index(fields=["address", "at"], name="wrong_code_origin")]


class Boot(models.Model):
    """One start of a kiosk, and how its clocks went from then on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="boots")
    name = models.CharField(max_length=64)
    """As the kiosk calls it."""
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    """When it last brought an inbox during this start."""
    mono_ms = models.PositiveBigIntegerField()
    """Its monotonic clock then."""
    started_at = models.DateTimeField()
    """When, by central's clock, its monotonic clock stood at zero."""
    wall_offset_s = models.FloatField(null=True, blank=True)
    """Central's clock minus its wall clock then, seconds; empty when it told no time."""

    class Meta:
        """Once per device and start."""

        constraints = [models.UniqueConstraint(fields=["device", "name"], name="boot_once")]
