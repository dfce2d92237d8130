"""Tables of what is to be sent out, written in the transaction of what it tells about."""

from django.db import models

from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Tenant


class Webhook(models.Model):
    """Another program that is told what happens, at an address of its own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="webhooks")
    address = models.CharField(max_length=500)
    """Where it listens; https, or this machine itself."""
    secret = models.CharField(max_length=100)
    """Key of the signatures, `whsec_` and base64; known to us and to it."""
    active = models.BooleanField(default=True)
    """Whether it is told anything."""

    def __str__(self) -> str:
        """Name it by its address."""
        return self.address


class Parcel(models.Model):
    """One thing to be sent out: a letter to a visitor, or a call of a webhook.

    It carries no address and no words of a visitor: both are looked up when it is sent, so that
    what she takes back or erases is never sent.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting"
        SENT = "sent"
        NEEDLESS = "needless"
        """When its turn came there was nothing left to tell."""
        REMEMBERED = "remembered"
        """Sent before the database was put back, as the log outside of it tells."""
        DEAD = "dead"
        """Given up; somebody has to look."""

    pk = models.CompositePrimaryKey("tenant_id", "id")
    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="+")
    id = models.UUIDField(default=new_id)
    """Sent with it, so that a receiver can tell a repetition."""
    occasion = models.CharField(max_length=40)
    """A `kiosk.errands.letters.LetterOccasion`, the type of a call such as `submission.received`,
    or an alarm such as `kiosk.silent`."""
    about = models.UUIDField()
    """Of the submission, or of the kiosk."""
    webhook = models.ForeignKey(Webhook, models.CASCADE, null=True, blank=True)
    """Whom to call; a letter without it."""
    once = models.CharField(max_length=120)
    """What may happen only once: the same words again are the same parcel."""
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    """Not sent before; put off after every failure, and while somebody is sending it."""
    attempts = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=200, blank=True)
    """What the last attempt met; never an address."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    """When it was sent or given up."""

    class Meta:
        """Found when they are due, and by what they are about."""

        constraints = [models.UniqueConstraint(fields=["tenant", "once"], name="parcel_once")]
        indexes = [
            models.Index(fields=["due_at"], name="parcel_due", condition=models.Q(state="waiting")),
            models.Index(
                fields=["tenant", "done_at"], name="parcel_dead", condition=models.Q(state="dead")
            ),
            models.Index(fields=["tenant", "about"], name="parcel_about"),
        ]
