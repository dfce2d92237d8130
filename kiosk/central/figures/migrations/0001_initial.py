"""The table of figures."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('pk', models.CompositePrimaryKey('tenant_id', 'event', 'hour', 'what', 'about', 'language', blank=True, editable=False, primary_key=True, serialize=False)),
                ('event', models.UUIDField()),
                ('hour', models.DateTimeField()),
                ('what', models.CharField(max_length=40)),
                ('about', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(blank=True, max_length=16)),
                ('many', models.PositiveIntegerField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['branch', 'hour'], name='figure_hour')],
            },
        ),
    ]
