"""Wrong guesses of every kind are counted in one table, see `branches.WrongCode`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("inbox", "0008_submission_searchable_matter")]

    operations = [migrations.DeleteModel("WrongGuess")]
