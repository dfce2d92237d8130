"""What kiosks show has its own number of change; gaps in what a kiosk brought."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0004_looking'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='gaps',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='device',
            name='highest_seq',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='tenant',
            name='content_change',
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
