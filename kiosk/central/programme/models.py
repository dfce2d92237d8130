"""Tables of the programme, the volunteer tasks and the notices."""

from django.conf import settings
from django.db import models

from kiosk.central.platform.fields.columns import Shaped, codes, text_lists, texts
from kiosk.central.platform.fields.meetings import MeetingsField
from kiosk.central.platform.fields.meetings import read as read_meetings
from kiosk.central.platform.fields.moments import must_follow
from kiosk.central.platform.fields.texts import CodesField, Sentences, TextListField, TextsField
from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Branch, Tenant


class ImportBatch(models.Model):
    """One uploaded list of workshops."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file, hexadecimal."""
    name = models.CharField(max_length=120, blank=True)
    """What the file was called."""
    edition_of = models.UUIDField(null=True, editable=False)
    """The first upload of the same list, itself or one it has entries in common with."""
    moved_days = models.IntegerField(default=0)
    """By how many days every date was moved: whole weeks."""
    added = models.PositiveIntegerField(default=0)
    """Workshops that were new."""
    changed = models.PositiveIntegerField(default=0)
    """Workshops that were here and now say something else."""


class Workshop(models.Model):
    """One entry of the programme; mirrors `kiosk.domain.workshop.Workshop`. Never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="workshops")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="workshops")
    """Where it happens."""
    title = Shaped(read=texts, form=TextsField)
    """What it is called, by language."""
    about = Shaped(default=dict, blank=True, read=texts, form=Sentences)
    """A few sentences, by language."""
    starts = models.DateTimeField()
    ends = models.DateTimeField(null=True, blank=True)
    """End; days after `starts` for a series or a period."""
    meetings = Shaped(default=list, blank=True, read=read_meetings, form=MeetingsField)
    """Of a series, each time it happens: pairs of local wall clock times (ISO 8601), in order."""
    all_day = models.BooleanField(default=False)
    """Whether only the dates are known."""
    place = models.CharField(max_length=120, blank=True)
    """The room, as the sign on its door says."""
    audience = models.CharField(max_length=60, blank=True)
    """One of `kiosk.domain.workshop.AUDIENCES`, or free text."""
    spoken = Shaped(default=list, blank=True, read=codes, form=CodesField)
    """Codes of the languages spoken there."""
    sign_up = models.BooleanField(default=True)
    """Whether a place must be taken."""
    capacity = models.PositiveIntegerField(default=0)
    """Seats in the room; 0 when there is no limit."""
    listed_capacity = models.PositiveIntegerField(null=True, editable=False)
    """What the list said last that it was imported from; null when it came by other ways."""
    listed = models.JSONField(default=dict, editable=False)
    """What the list said last by which it is known again: `uid`, `starts`, `cancelled`, `gone`."""
    taken_elsewhere = models.PositiveIntegerField(default=0)
    """Seats taken by other ways than a kiosk."""
    cancelled = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    """Where an imported entry came from, in the words of the list."""
    batch = models.ForeignKey(ImportBatch, models.SET_NULL, null=True, blank=True)
    """The upload that last touched it."""

    class Meta:
        """In order of time."""

        ordering = ["starts", "id"]
        indexes = [models.Index(fields=["tenant", "starts"], name="workshop_starts")]

    def __str__(self) -> str:
        """Name it in whichever language it has a title."""
        return next(iter(self.title.values()), "") if self.title else str(self.id)

    def clean(self) -> None:
        """Refuse an end before the beginning. Raises ValidationError."""
        must_follow(self, "starts", "ends")


class Task(models.Model):
    """One volunteer task; mirrors `kiosk.domain.task.Task`. Never deleted."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="tasks")
    title = Shaped(read=texts, form=TextsField)
    purpose = Shaped(default=dict, blank=True, read=texts, form=Sentences)
    value = Shaped(default=dict, blank=True, read=texts, form=Sentences)
    frames = Shaped(default=dict, blank=True, read=texts, form=Sentences)
    hours = Shaped(default=dict, blank=True, read=texts, form=TextsField)
    library_offers = Shaped(default=list, blank=True, read=text_lists, form=TextListField)
    """A list of texts by language."""
    library_expects = Shaped(default=list, blank=True, read=text_lists, form=TextListField)
    """A list of texts by language."""
    footing = models.CharField(
        max_length=10, choices=[("pilot", "pilot"), ("regular", "regular")], default="regular"
    )
    version = models.PositiveIntegerField(default=1)
    """Of the agreement's terms."""
    offered = models.BooleanField(default=True)
    """Whether kiosks show it."""
    position = models.PositiveIntegerField(default=0)
    """Place in the list."""

    class Meta:
        """In the order they are offered."""

        ordering = ["position", "id"]

    def __str__(self) -> str:
        """Name it in whichever language it has a title."""
        return next(iter(self.title.values()), "") if self.title else str(self.id)


class Notice(models.Model):
    """A short message to everybody who comes in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="notices")
    branch = models.ForeignKey(Branch, models.CASCADE, null=True, blank=True)
    """Only there; null is everywhere."""
    text = Shaped(read=texts, form=Sentences)
    """By language."""
    since = models.DateTimeField(null=True, blank=True)
    """Not shown before this."""
    until = models.DateTimeField(null=True, blank=True)
    """Not shown after this."""
    audience = models.CharField(max_length=60, blank=True)
    """One of `kiosk.domain.workshop.AUDIENCES`; empty is everybody."""
    readers = Shaped(default=list, blank=True, read=codes, form=CodesField)
    """Codes of the languages whose readers see it; empty is all."""

    class Meta:
        """In the order they were written."""

        ordering = ["id"]

    def clean(self) -> None:
        """Refuse an end before the beginning. Raises ValidationError."""
        must_follow(self, "since", "until")
