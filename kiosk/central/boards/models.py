"""Tables of the boards: what is published, who supports it, and who wants to join."""

from django.db import models

from kiosk.central.platform.fields.columns import Shaped, texts
from kiosk.central.platform.fields.texts import Sentences, TextsField
from kiosk.central.platform.ids import new_id
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.posting import Board, ChallengeUnit, Stage


class Publication(models.Model):
    """One thing for the boards; mirrors `kiosk.domain.posting.Posting`. Never deleted.

    Once what it was made from is erased nothing is left of it but its key, so that a "me too" that
    arrives later is still understood.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="publications")
    branch = models.ForeignKey(
        Branch, models.PROTECT, null=True, blank=True, related_name="publications"
    )
    """Only there; null is everywhere."""
    board = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Board])
    submission = models.ForeignKey(
        Submission, models.SET_NULL, null=True, blank=True, related_name="publications"
    )
    """What a visitor handed in that it was made from."""
    title = Shaped(default=dict, blank=True, read=texts, form=TextsField)
    """In few words, by language; written or edited by staff."""
    text = Shaped(default=dict, blank=True, read=texts, form=Sentences)
    """Some sentences, by language; written or edited by staff."""
    stage = models.CharField(
        max_length=14, blank=True, choices=[(each.value, each.value) for each in Stage]
    )
    reason = Shaped(default=dict, blank=True, read=texts, form=TextsField)
    """Why it is at that stage, by language."""
    expected = models.DateField(null=True, blank=True)
    """When a goal should be fulfilled, or the last day of a reading challenge."""
    rating = models.PositiveSmallIntegerField(default=0)
    """Of a book, 1 to 5; 0 without."""
    nickname = models.CharField(max_length=40, blank=True)
    """Of the reader who gave a book tip."""
    target = models.PositiveIntegerField(default=0)
    """How many a reading challenge wants."""
    counts = models.CharField(
        max_length=8, blank=True, choices=[(each.value, each.value) for each in ChallengeUnit]
    )
    """What it adds up; empty is book tips."""
    published = models.BooleanField(default=False)
    """Whether kiosks show it."""
    posted_on = models.DateField(null=True, blank=True)
    """When it was published first."""
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    """Counts its changes, so that nobody overwrites a colleague's unseen."""

    class Meta:
        """Newest first; found by board, and by what it was made from."""

        ordering = ["-posted_on", "-made_at", "id"]
        indexes = [models.Index(fields=["tenant", "board", "published"], name="publication_board")]

    def __str__(self) -> str:
        """Name it in whichever language it has a title."""
        return next(iter(self.title.values()), "") if self.title else str(self.id)


class Support(models.Model):
    """One "me too"; its key is the event that brought it, so that it counts once."""

    id = models.UUIDField(primary_key=True, editable=False)
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="supports")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    """Where it was said."""
    tally = models.CharField(max_length=40)
    """The kiosk's own name for what it counts by."""
    at = models.DateTimeField()
    """When it arrived."""


class Joining(models.Model):
    """Somebody who wants to join an idea."""

    submission = models.OneToOneField(
        Submission, models.CASCADE, primary_key=True, related_name="joining"
    )
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="joinings")


class CountsTold(models.Model):
    """When kiosks of a library were last told of new counts, and whether there are newer ones."""

    tenant = models.OneToOneField(Tenant, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    newer = models.BooleanField(default=False)
    """Whether something was counted that they will be told of."""
