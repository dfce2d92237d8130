"""Wrong guesses at receipts, for all serving processes together."""

from django.db import migrations, models

import kiosk.central.platform.ids


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0002_captured_exactly"),
    ]

    operations = [
        migrations.CreateModel(
            name="WrongGuess",
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
                ("address", models.CharField(max_length=60)),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
