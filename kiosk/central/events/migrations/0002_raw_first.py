"""Events wait to be understood; fewer checks and smaller indexes where they are put in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
        ('intake', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='News',
            fields=[
                ('pk', models.CompositePrimaryKey('tenant_id', 'device_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='branches.tenant')),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='branches.device')),
                ('complete_until', models.CharField(blank=True, max_length=120)),
                ('leases', models.JSONField(default=list)),
                ('leases_as_of', models.CharField(blank=True, max_length=120)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='event',
            name='event_about',
        ),
        migrations.AddField(
            model_name='event',
            name='waiting',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='event',
            name='device',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='branches.device'),
        ),
        migrations.AlterField(
            model_name='event',
            name='tenant',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='branches.tenant'),
        ),
        migrations.AddIndex(
            model_name='erasure',
            index=models.Index(fields=['tenant', 'change'], name='erasure_change'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('about__isnull', False)), fields=['tenant', 'about'], name='event_about'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(condition=models.Q(('waiting', True)), fields=['tenant', 'id'], name='event_waiting'),
        ),
    ]
