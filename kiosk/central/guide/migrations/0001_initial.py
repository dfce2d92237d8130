"""The table of contacts that branches have added."""

import django.db.models.deletion
import kiosk.central.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
    ]

    operations = [
        migrations.CreateModel(
            name='LocalContact',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=60)),
                ('about', models.CharField(blank=True, max_length=120)),
                ('where', models.CharField(blank=True, max_length=120)),
                ('hours', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('address', models.URLField(blank=True)),
                ('language', models.CharField(max_length=8)),
                ('needs', models.JSONField(default=list)),
                ('checked_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='branches.branch')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.tenant')),
            ],
            options={
                'ordering': ['name', 'id'],
                'indexes': [models.Index(fields=['tenant', 'branch'], name='contact_branch')],
            },
        ),
    ]
