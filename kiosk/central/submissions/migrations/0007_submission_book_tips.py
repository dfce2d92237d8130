"""An index of the book tips alone, for the reading challenge."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0006_correction")]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("errand", "book_tip")),
                fields=["tenant", "captured_at"],
                name="submission_book_tips",
            ),
        ),
    ]
