from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial")]

    operations = [
        migrations.RemoveIndex("Parcel", "parcel_submission"),
        migrations.RenameField("Parcel", "submission", "about"),
        migrations.AddIndex(
            "Parcel", models.Index(fields=["tenant", "about"], name="parcel_about")
        ),
    ]
