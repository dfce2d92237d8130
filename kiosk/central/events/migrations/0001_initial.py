"""The first tables."""

import django.db.models.deletion
import kiosk.central.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('pk', models.CompositePrimaryKey('tenant_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('change', models.PositiveBigIntegerField()),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('event', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
                ('received_at', models.DateTimeField()),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.device')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'event', 'digest'), name='conflict_once')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('pk', models.CompositePrimaryKey('tenant_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField()),
                ('digest', models.CharField(max_length=64)),
                ('seq', models.BigIntegerField(default=0)),
                ('type', models.CharField(blank=True, max_length=80)),
                ('v', models.BigIntegerField(default=0)),
                ('about', models.UUIDField(null=True)),
                ('body', models.BinaryField(null=True)),
                ('batch', models.CharField(max_length=80)),
                ('receipt', models.PositiveBigIntegerField()),
                ('received_at', models.DateTimeField()),
                ('held_reason', models.CharField(blank=True, max_length=120)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='branches.device')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'about'], name='event_about'), models.Index(fields=['device', 'receipt'], name='event_receipt'), models.Index(condition=models.Q(('held_reason', ''), _negated=True), fields=['tenant', 'received_at'], name='event_held')],
            },
        ),
    ]
