"""Tables of what visitors have handed in, as staff work with it."""

from django.conf import settings
from django.db import models

from kiosk.central.platform.ids import new_id
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.receipt import State

STATES = [(state.value, state.name.lower()) for state in State]


class Submission(models.Model):
    """One errand that reached the library."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Of the event that brought it, made by the kiosk."""
    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="submissions")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="submissions")
    """Where it was handed in."""
    errand = models.CharField(max_length=80)
    """Name of the errand; perhaps one that only newer kiosks know."""
    language = models.CharField(max_length=10)
    """In which the visitor used the kiosk."""
    captured_at = models.DateTimeField()
    """When it was handed in, to the minute, corrected by what is known of the kiosk's clocks."""
    captured_exactly = models.BooleanField(default=True)
    """False when that is only estimated; staff then read "ca"."""
    received_at = models.DateTimeField()
    locator = models.CharField(max_length=64)
    """Where the receipt's code leads."""
    receipt_key = models.BinaryField()
    """Under which answers are locked for the visitor."""
    answers = models.JSONField()
    """What was answered, by question name."""
    first_answers = models.JSONField(null=True)
    """What was answered at first, once that has been corrected."""
    searchable = models.TextField(blank=True)
    """Every text among the answers, as `kiosk.domain.text.searchable`, for the search of staff."""
    searchable_matter = models.TextField(blank=True, default="")
    """The same without what tells who she is, for the search of those who see no names."""
    workshop_id = models.CharField(max_length=60, blank=True)
    """Of the workshop a sign-up is for."""
    seats = models.PositiveIntegerField(default=0)
    """Seats asked for."""
    state = models.CharField(max_length=12, choices=STATES, default=State.SENT)
    state_at = models.DateTimeField()
    """When it reached that state."""
    change = models.PositiveBigIntegerField()
    """The tenant's number of its latest change."""
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="assigned"
    )

    class Meta:
        """Newest first."""

        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["tenant", "-received_at"], name="submission_newest"),
            models.Index(fields=["tenant", "locator"], name="submission_locator"),
            models.Index(fields=["branch", "change"], name="submission_change"),
            models.Index(
                fields=["tenant", "workshop_id"],
                name="submission_workshop",
                condition=~models.Q(workshop_id=""),
            ),
            models.Index(
                fields=["branch", "captured_at"],
                name="submission_questions",
                condition=models.Q(errand="questions"),
            ),
            models.Index(
                fields=["tenant", "captured_at"],
                name="submission_book_tips",
                condition=models.Q(errand="book_tip"),
            ),
        ]

    def __str__(self) -> str:
        """Name its errand and nothing of what it says."""
        return f"{self.errand} {self.id}"


class Step(models.Model):
    """One state a submission has reached."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=STATES)
    at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering = ["at", "id"]


class Answer(models.Model):
    """What the library answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="answers_given")
    text = models.TextField()
    """In the words of the staff member."""
    signed = models.CharField(max_length=80, blank=True)
    """Who answers, as she or he wants to be called."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering = ["at", "id"]


class Addition(models.Model):
    """What its visitor wrote afterwards, with the receipt in hand."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Of the event that brought it."""
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="additions")
    text = models.TextField()
    at = models.DateTimeField()
    """When it arrived."""

    class Meta:
        """Oldest first."""

        ordering = ["at", "id"]


class Correction(models.Model):
    """What its visitor answered anew, with the receipt in hand."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Of the event that brought it."""
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="corrections")
    anew = models.JSONField()
    """Names of the questions that it answers; what is missing in `answers` has no answer now."""
    answers = models.JSONField()
    """By question name."""
    captured_at = models.DateTimeField()
    """When she did, as far as the clocks of kiosks tell; the latest of several counts."""
    at = models.DateTimeField()
    """When it arrived."""

    class Meta:
        """In the order in which they were made, wherever that was."""

        ordering = ["captured_at", "id"]
