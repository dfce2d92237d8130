"""What a reading challenge adds up, and when kiosks were last told of new counts."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0001_initial"),
        ("branches", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="counts",
            field=models.CharField(
                blank=True,
                choices=[("tips", "tips"), ("books", "books"), ("pages", "pages")],
                default="",
                max_length=8,
            ),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="CountsTold",
            fields=[
                (
                    "tenant",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="branches.tenant",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("newer", models.BooleanField(default=False)),
            ],
        ),
    ]
