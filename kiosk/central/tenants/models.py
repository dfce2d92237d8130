"""Tables: libraries, their branches and staff, who may do what where, and the record of it."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kiosk.central.platform.fields.columns import JudgedField, Shaped, texts
from kiosk.central.platform.fields.texts import TextsField
from kiosk.central.platform.ids import new_id
from kiosk.central.platform.typed import page_mistake
from kiosk.central.tenants import hours
from kiosk.central.tenants.hours_fields import WeekField, ZoneField, zone_mistake
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
    public_url = JudgedField(max_length=200, blank=True, judge=page_mistake)
    """Address of the page on which a phone follows a receipt; empty when there is none."""
    contact = Shaped(default=dict, blank=True, read=texts, form=TextsField)
    """How to reach the library, by language."""
    last_change = models.PositiveBigIntegerField(default=0)
    """Number of the latest change of anything that kiosks are told; see `next_change`."""
    content_change = models.PositiveBigIntegerField(default=0)
    """Number of the latest of them that may have changed what kiosks show."""

    class Meta:
        """In the tables of the branches, where libraries have always been."""

        app_label = "branches"

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
    timezone = JudgedField(
        max_length=40, default="Europe/Stockholm", judge=zone_mistake, form=ZoneField
    )
    """IANA name."""
    calendar = Shaped(default=dict, blank=True, read=hours.read, form=WeekField)
    """`kiosk.domain.opening_hours.Calendar` as JSON."""
    position = models.PositiveIntegerField(default=0)
    """Place in lists of branches."""

    class Meta:
        """In the order of lists; the key is unique within the library."""

        app_label = "branches"
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


class Role(models.TextChoices):
    """What a member of staff may do, from the most to the least."""

    CHIEF = "chief", _("Editor-in-chief")
    LIBRARIAN = "librarian", _("Librarian")
    READER = "reader", _("Reader")
    TECHNICIAN = "technician", _("Technician")


class Staff(AbstractUser):
    """Somebody who works for the library and logs in."""

    language = models.CharField(max_length=8, blank=True, default="")
    """Language of her pages; empty takes the browser's."""


class Membership(models.Model):
    """One role of one member of staff, at one branch or at all of them."""

    tenant = models.ForeignKey("branches.Tenant", models.CASCADE, related_name="+")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="memberships")
    branch = models.ForeignKey(
        "branches.Branch", models.CASCADE, null=True, blank=True, related_name="+"
    )
    """Empty means every branch of the library."""
    role = models.CharField(max_length=16, choices=Role.choices)

    class Meta:
        """The same role at the same place is given once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tenant", "staff", "branch", "role"], name="membership_once_a_branch"
            ),
            models.UniqueConstraint(
                fields=["tenant", "staff", "role"],
                condition=models.Q(branch=None),
                name="membership_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        """Say who is what where."""
        return f"{self.staff}: {self.get_role_display()}, {self.branch or self.tenant}"


class Record(models.Model):
    """One line of the record of what staff did; written once, never changed."""

    tenant = models.ForeignKey("branches.Tenant", models.CASCADE, null=True, related_name="+")
    """Whose; empty when a command did it for all."""
    at = models.DateTimeField()
    actor = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    """Empty when nobody was logged in: a command, or somebody trying to log in."""
    verb = models.CharField(max_length=40)
    """What was done: `answered`, `programme imported`, …"""
    subject_kind = models.CharField(max_length=40)
    """Name of the table of what it was done to, such as `submission`."""
    subject_id = models.CharField(max_length=64)
    particulars = models.JSONField(default=dict, blank=True)
    """Small facts; never what a visitor wrote."""

    class Meta:
        """Newest first; looked up by what it is about."""

        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id"], name="record_subject"),
        ]

    def __str__(self) -> str:
        """Say when who did what to what."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor or '-'} {self.verb} {self.subject_kind}"
