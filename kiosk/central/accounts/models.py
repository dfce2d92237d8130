"""Tables: staff, what they may do where, and the record of what they did."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


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
