"""Wrong codes of every kind in one table, counted by where they come from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0007_device_unopened")]

    operations = [
        migrations.DeleteModel("WrongReceipt"),
        migrations.AddIndex(
            "wrongcode", models.Index(fields=["address", "at"], name="wrong_code_origin")
        ),
    ]
