"""An index of what was answered to questionnaires alone, for their results."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0004_addition")]

    operations = [
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("errand", "questions")),
                fields=["branch", "captured_at"],
                name="submission_questions",
            ),
        ),
    ]
