"""How many events of a kiosk are held because nobody here can open them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0006_device_forgotten'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='unopened',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
