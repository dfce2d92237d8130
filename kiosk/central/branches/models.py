"""Tables of the libraries, their branches and devices."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kiosk.central.branches import hours
from kiosk.central.fields.columns import Judged, Shaped, texts
from kiosk.central.fields.hours import WeekField, ZoneField, zone_mistake
from kiosk.central.fields.texts import TextsField
from kiosk.central.ids import new_id
from kiosk.central.typed import page_mistake
from kiosk.domain.text import name_key


class Tenant(models.Model):
    """One library organisation; everything else belongs to exactly one."""

    key = models.SlugField(primary_key=True, max_length=40)
    """Short name, never changed."""
    name = models.CharField(max_length=120)
    """As visitors know it."""
    salt = models.BinaryField()
    """For the keys of receipts; see `kiosk.seal.receipt_keys`."""
    sealing_public = models.BinaryField()
    """X25519 key that kiosks seal answers to; the secret lies in a file, never here."""
    verify_public = models.BinaryField()
    """Ed25519 key with which kiosks check central's answers."""
    epoch = models.CharField(max_length=36)
    """Changes whenever the database was restored from a backup."""
    public_url = Judged(max_length=200, blank=True, judge=page_mistake)
    """Address of the page on which a phone follows a receipt; empty when there is none."""
    contact = Shaped(default=dict, blank=True, read=texts, form=TextsField)
    """How to reach the library, by language."""
    last_change = models.PositiveBigIntegerField(default=0)
    """Number of the latest change of anything that kiosks are told; see `next_change`."""
    content_change = models.PositiveBigIntegerField(default=0)
    """Number of the latest of them that may have changed what kiosks show."""

    def __str__(self) -> str:
        """Name it as visitors do."""
        return self.name


class Branch(models.Model):
    """One library building; mirrors `kiosk.domain.content.Branch`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="branches")
    key = models.SlugField(max_length=40)
    """Short name used in commands and records, never changed."""
    name = models.CharField(max_length=120)
    """As the sign over its door says."""
    phone = models.CharField(max_length=40, blank=True)
    """The number a visitor may call when nobody is there."""
    timezone = Judged(max_length=40, default="Europe/Stockholm", judge=zone_mistake, form=ZoneField)
    """IANA name."""
    calendar = Shaped(default=dict, blank=True, read=hours.read, form=WeekField)
    """`kiosk.domain.opening_hours.Calendar` as JSON."""
    position = models.PositiveIntegerField(default=0)
    """Place in lists of branches."""

    class Meta:
        """In the order of lists; the key is unique within the library."""

        ordering = ["position", "name"]
        verbose_name_plural = "branches"
        constraints = [models.UniqueConstraint(fields=["tenant", "key"], name="branch_key")]

    def __str__(self) -> str:
        """Name it as its sign does."""
        return self.name

    def clean(self) -> None:
        """Refuse a name that another branch of the library has, whatever signs it is written in."""
        others = Branch.objects.filter(tenant=self.tenant_id).exclude(pk=self.pk)
        if name_key(self.name) in map(name_key, others.values_list("name", flat=True)):
            raise ValidationError({"name": _("Another branch has this name.")})


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
    """How much of each kind it may bring, and since when: `kiosk.central.intake.allowance`."""
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
