from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('programme', '0004_series_meetings'),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='importbatch',
            name='edition_of',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='workshop',
            name='listed',
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
