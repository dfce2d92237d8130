"""The first tables."""

import django.db.models.deletion
import kiosk.central.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Life',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('marks', models.PositiveBigIntegerField(default=0)),
                ('why', models.CharField(max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('rows', models.PositiveBigIntegerField()),
                ('events', models.PositiveBigIntegerField()),
                ('life', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='safekeeping.life')),
            ],
            options={
                'ordering': ['-at', '-id'],
            },
        ),
    ]
