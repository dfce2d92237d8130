"""Up to which batch a verified backup covers a kiosk."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='safe_receipt',
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
