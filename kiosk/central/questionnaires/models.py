"""Tables of the questionnaires: what is asked where and when, and every wording it ever had."""

from django.db import models

from kiosk.central.platform.fields.columns import Shaped, shape, texts
from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.questionnaire import WrittenQuestion


class Questionnaire(models.Model):
    """Questions that belong together; where and when they are asked. Never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="questionnaires")
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="questionnaires"
    )
    """Only there; null is everywhere."""
    audience = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    """The last day on which it is asked."""
    published = models.BooleanField(default=False)
    """Whether kiosks ask it."""
    version = models.PositiveIntegerField(default=1)
    """Of the wording that is asked now."""
    change = models.PositiveIntegerField(default=1)
    """Counts its changes, so that nobody overwrites a colleague's unseen."""
    made_at = models.DateTimeField()

    class Meta:
        """In the order they were made."""

        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["tenant", "published"], name="questionnaire_shown")]

    def __str__(self) -> str:
        """Name it by its key."""
        return str(self.id)


class Wording(models.Model):
    """One version of a questionnaire's words, never edited: answers are read in it for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    title = Shaped(read=texts)
    """By language."""
    questions = Shaped(read=shape(tuple[WrittenQuestion, ...]), many=True)
    """List of `kiosk.domain.questionnaire.WrittenQuestion`."""

    class Meta:
        """One of each version."""

        ordering = ["questionnaire", "version"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "version"], name="wording_version")
        ]

    def __str__(self) -> str:
        """Name it in whichever language it has a title."""
        return next(iter(self.title.values()), "") if self.title else str(self.id)
