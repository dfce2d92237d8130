"""The first tables."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kiosk.central.platform.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("branches", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
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
                ("at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("moved_days", models.IntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
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
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="branches.tenant"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
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
                ("text", models.JSONField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="branches.branch",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="branches.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                ("title", models.JSONField()),
                ("purpose", models.JSONField(blank=True, default=dict)),
                ("value", models.JSONField(blank=True, default=dict)),
                ("frames", models.JSONField(blank=True, default=dict)),
                ("hours", models.JSONField(blank=True, default=dict)),
                ("library_offers", models.JSONField(blank=True, default=list)),
                ("library_expects", models.JSONField(blank=True, default=list)),
                (
                    "footing",
                    models.CharField(
                        choices=[("pilot", "pilot"), ("regular", "regular")],
                        default="regular",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("offered", models.BooleanField(default=True)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="branches.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Workshop",
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
                ("title", models.JSONField()),
                ("about", models.JSONField(blank=True, default=dict)),
                ("starts", models.DateTimeField()),
                ("ends", models.DateTimeField(blank=True, null=True)),
                ("all_day", models.BooleanField(default=False)),
                ("place", models.CharField(blank=True, max_length=120)),
                ("audience", models.CharField(blank=True, max_length=60)),
                ("spoken", models.JSONField(blank=True, default=list)),
                ("sign_up", models.BooleanField(default=True)),
                ("capacity", models.PositiveIntegerField(default=0)),
                ("taken_elsewhere", models.PositiveIntegerField(default=0)),
                ("cancelled", models.BooleanField(default=False)),
                ("source", models.TextField(blank=True)),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="programme.importbatch",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to="branches.branch",
                    ),
                ),
                (
                    "tenant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="workshops",
                        to="branches.tenant",
                    ),
                ),
            ],
            options={
                "ordering": ["starts", "id"],
                "indexes": [models.Index(fields=["tenant", "starts"], name="workshop_starts")],
            },
        ),
    ]
