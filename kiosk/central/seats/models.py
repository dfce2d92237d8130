"""Tables of the seats of workshops: the book of each, its leases, sign-ups and rulings."""

from django.conf import settings
from django.db import models

from kiosk.central.devices.models import Device
from kiosk.central.platform.ids import new_id
from kiosk.central.programme.models import Workshop
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Tenant
from kiosk.domain.lease import SHARE_PERCENT
from kiosk.domain.seats import Standing, Why

_LONGEST_WORD = 12


class Book(models.Model):
    """The book of one workshop's seats; whoever changes anything in it locks it first."""

    workshop = models.OneToOneField(Workshop, models.CASCADE, primary_key=True, related_name="book")
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    share_percent = models.PositiveSmallIntegerField(default=SHARE_PERCENT)
    """Of the free seats, how many kiosks may give by themselves."""
    decides = models.DateTimeField(null=True, blank=True)
    """When it is decided at the latest; null is a day before it begins."""
    considered_at = models.DateTimeField(null=True, blank=True)
    """When the seats were last gone through."""
    revision = models.PositiveBigIntegerField(default=0)
    """Counts changes of what kiosks are told."""

    class Meta:
        """Found by library."""

        indexes = [models.Index(fields=["tenant"], name="book_tenant")]

    def __str__(self) -> str:
        """Name its workshop."""
        return str(self.workshop)


class Lease(models.Model):
    """Seats set aside for one kiosk; mirrors `kiosk.domain.lease.Lease`. Never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="leases")
    device = models.ForeignKey(Device, models.PROTECT, related_name="leases")
    seats = models.PositiveIntegerField()
    erased = models.PositiveIntegerField(default=0)
    """Seats promised under it that nobody holds any more: erased since, or let go of."""
    since = models.DateTimeField()
    ends = models.DateTimeField()
    recalled_at = models.DateTimeField(null=True, blank=True)
    """When central stopped telling the kiosk of it: there are fewer seats than it was given for."""
    settled_at = models.DateTimeField(null=True, blank=True)
    """When all that was given under it was known here; until then its seats stay set aside."""

    class Meta:
        """Found by workshop while it is not settled, and by kiosk."""

        indexes = [
            models.Index(
                fields=["tenant", "workshop"],
                name="lease_unsettled",
                condition=models.Q(settled_at=None),
            ),
            models.Index(fields=["device", "workshop"], name="lease_device"),
        ]

    def __str__(self) -> str:
        """Say how many seats stand where."""
        return f"{self.seats} · {self.device}"


class Watermark(models.Model):
    """What a kiosk said last; mirrors `kiosk.domain.lease.Standpoint`."""

    device = models.OneToOneField(
        Device, models.CASCADE, primary_key=True, related_name="watermark"
    )
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    complete_until = models.DateTimeField(null=True)
    """Everything captured before this has arrived."""
    leases = models.JSONField(default=list)
    """Ids of the leases it could still use then."""
    as_of = models.DateTimeField(null=True)
    """When it was told of these leases."""


class Registration(models.Model):
    """A sign-up, and what it has come to."""

    submission = models.OneToOneField(
        Submission, models.CASCADE, primary_key=True, related_name="registration"
    )
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="registrations")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    """The kiosk that brought it."""
    lease = models.CharField(max_length=60, blank=True)
    """Under which lease its kiosk has promised the seats."""
    standing = models.CharField(
        max_length=_LONGEST_WORD,
        choices=[(each.value, each.value) for each in Standing],
        blank=True,
    )
    """Empty only inside the transaction that takes it in."""
    why = models.CharField(
        max_length=_LONGEST_WORD, choices=[(each.value, each.value) for each in Why], blank=True
    )
    place = models.PositiveIntegerField(default=0)
    """Place in line from 1; 0 outside it."""
    at = models.DateTimeField()
    """Since when it stands so."""

    class Meta:
        """Found by workshop and standing."""

        indexes = [
            models.Index(fields=["tenant", "workshop", "standing"], name="registration_workshop")
        ]

    def __str__(self) -> str:
        """Name the submission and nothing of what it says."""
        return str(self.submission_id)


class Attendance(models.Model):
    """Somebody checked in at a kiosk for what she had signed up for."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Of the event that brought it."""
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attendances")
    day = models.DateField()
    """On the calendar of the branch."""
    at = models.DateTimeField()
    """When, as far as the clocks of kiosks tell."""

    class Meta:
        """Oldest first; once a day, however often somebody checks in."""

        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "day"], name="attendance_once_a_day")
        ]

    def __str__(self) -> str:
        """Name the submission and nothing of what it says."""
        return str(self.submission_id)


class Turn(models.Model):
    """One change of what a sign-up has come to: why somebody moved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="turns")
    at = models.DateTimeField()
    standing = models.CharField(max_length=_LONGEST_WORD)
    why = models.CharField(max_length=_LONGEST_WORD)
    place = models.PositiveIntegerField(default=0)

    class Meta:
        """Oldest first."""

        ordering = ["at", "id"]


class Ruling(models.Model):
    """What staff have ruled about one sign-up; a fact with an author."""

    GIVEN, FIRST, DECLINED = "given", "first", "declined"
    KINDS = (GIVEN, FIRST, DECLINED)
    LONGEST_REASON = 200

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="rulings")
    kind = models.CharField(max_length=10, choices=[(each, each) for each in KINDS])
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    """In the words of staff."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering = ["at", "id"]
