"""A kiosk that was told of a batch which the database forgot has an epoch of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='forgotten',
            field=models.CharField(blank=True, default='', max_length=36),
            preserve_default=False,
        ),
    ]
