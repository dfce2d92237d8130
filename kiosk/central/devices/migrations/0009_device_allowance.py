"""How much a kiosk may bring at once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0008_wrong_codes_of_every_kind")]

    operations = [
        migrations.AddField("device", "allowance", models.JSONField(blank=True, default=dict)),
    ]
