"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kiosk.central.platform.ids
import kiosk.domain.receipt


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("branches", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("errand", models.CharField(max_length=80)),
                ("language", models.CharField(max_length=10)),
                ("captured_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("locator", models.CharField(max_length=64)),
                ("receipt_key", models.BinaryField()),
                ("answers", models.JSONField()),
                ("searchable", models.TextField(blank=True)),
                ("workshop_id", models.CharField(blank=True, max_length=60)),
                ("seats", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("saved", "saved"),
                            ("sent", "sent"),
                            ("read", "read"),
                            ("answered", "answered"),
                            ("withdrawn", "withdrawn"),
                            ("erased", "erased"),
                        ],
                        default=kiosk.domain.receipt.State["SENT"],
                        max_length=12,
                    ),
                ),
                ("state_at", models.DateTimeField()),
                ("change", models.PositiveBigIntegerField()),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="branches.branch",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="branches.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kiosk.central.platform.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("saved", "saved"),
                            ("sent", "sent"),
                            ("read", "read"),
                            ("answered", "answered"),
                            ("withdrawn", "withdrawn"),
                            ("erased", "erased"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="inbox.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=kiosk.central.platform.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text", models.TextField()),
                ("signed", models.CharField(blank=True, max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers_given",
                        to="inbox.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["tenant", "-received_at"], name="submission_newest"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["tenant", "locator"], name="submission_locator"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["branch", "change"], name="submission_change"),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("workshop_id", ""), _negated=True),
                fields=["tenant", "workshop_id"],
                name="submission_workshop",
            ),
        ),
    ]
