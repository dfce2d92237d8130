"""Whom a notice is for, and from when it is shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="audience",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="notice",
            name="readers",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name="notice",
            name="since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
