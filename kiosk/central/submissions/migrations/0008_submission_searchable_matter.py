"""What may be searched by those who see no names."""

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from kiosk.central.submissions.disclosure import added_words_are_matter, matter

_AT_ONCE = 1_000


def _of_what_is_here(apps: Apps, _schema: BaseDatabaseSchemaEditor) -> None:
    submissions = apps.get_model("inbox", "Submission").objects
    several = []
    for each in submissions.prefetch_related("additions").iterator(chunk_size=_AT_ONCE):
        texts = [*_texts(dict(matter(each.errand, each.answers)))]
        if added_words_are_matter(each.errand):
            texts += [added.text for added in each.additions.all()]
        each.searchable_matter = "\n".join(texts).casefold()
        several.append(each)
        if len(several) == _AT_ONCE:
            submissions.bulk_update(several, ["searchable_matter"])
            several = []
    submissions.bulk_update(several, ["searchable_matter"])


def _texts(answer: object) -> Iterator[str]:
    match answer:
        case str():
            yield answer
        case list():
            for each in answer:
                yield from _texts(each)
        case dict():
            yield from _texts(list(answer.values()))


class Migration(migrations.Migration):
    dependencies = [("inbox", "0007_submission_book_tips")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="searchable_matter",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(_of_what_is_here, migrations.RunPython.noop, elidable=True),
    ]
