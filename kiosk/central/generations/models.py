"""Tables: the lives of the database, and the backups that were made of it."""

from django.db import models

from kiosk.central.platform.ids import new_id

FOUNDED = "founded"
"""Why the first life of a database began: it was made."""


class Life(models.Model):
    """One life of the database: until it is put back to an earlier state, then the next begins."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """Null for the one that is lived."""
    marks = models.PositiveBigIntegerField(default=0)
    """How often it has been marked outside the database."""
    why = models.CharField(max_length=20)
    """How it began: `founded`, `restored`, `put back`, `forgotten`, or `seen` in a mark only."""
    lacks = models.CharField(max_length=250, blank=True)
    """Name and moment of a newer backup that it began without, although kiosks rely on that."""


class Backup(models.Model):
    """One verified backup."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    """The moment it shows."""
    life = models.ForeignKey(Life, models.PROTECT)
    """Of which it was made."""
    name = models.CharField(max_length=200)
    """Of its file."""
    digest = models.CharField(max_length=64)
    """Of its file, hexadecimal."""
    rows = models.PositiveBigIntegerField()
    events = models.PositiveBigIntegerField()
    """Of kiosks, among the rows."""

    class Meta:
        """Newest first."""

        ordering = ["-at", "-id"]
