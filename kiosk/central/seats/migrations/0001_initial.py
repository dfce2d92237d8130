"""The first tables of seats."""

import django.db.models.deletion
import kiosk.central.platform.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0001_initial'),
        ('inbox', '0001_initial'),
        ('programme', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='registration', serialize=False, to='inbox.submission')),
                ('lease', models.CharField(blank=True, max_length=60)),
                ('standing', models.CharField(blank=True, choices=[('confirmed', 'confirmed'), ('waiting', 'waiting'), ('provisional', 'provisional'), ('refused', 'refused'), ('cancelled', 'cancelled')], max_length=12)),
                ('why', models.CharField(blank=True, choices=[('promised', 'promised'), ('in_order', 'in_order'), ('moved_up', 'moved_up'), ('passed', 'passed'), ('given', 'given'), ('full', 'full'), ('too_many', 'too_many'), ('behind', 'behind'), ('not_yet', 'not_yet'), ('declined', 'declined'), ('called_off', 'called_off'), ('over', 'over'), ('withdrawn', 'withdrawn')], max_length=12)),
                ('place', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.device')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrations', to='programme.workshop')),
            ],
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('given', 'given'), ('first', 'first'), ('declined', 'declined')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rulings', to='seats.registration')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('standing', models.CharField(max_length=12)),
                ('why', models.CharField(max_length=12)),
                ('place', models.PositiveIntegerField(default=0)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='turns', to='seats.registration')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Watermark',
            fields=[
                ('device', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='watermark', serialize=False, to='branches.device')),
                ('complete_until', models.DateTimeField(null=True)),
                ('leases', models.JSONField(default=list)),
                ('as_of', models.DateTimeField(null=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='Book',
            fields=[
                ('workshop', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='book', serialize=False, to='programme.workshop')),
                ('share_percent', models.PositiveSmallIntegerField(default=50)),
                ('decides', models.DateTimeField(blank=True, null=True)),
                ('considered_at', models.DateTimeField(blank=True, null=True)),
                ('revision', models.PositiveBigIntegerField(default=0)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant'], name='book_tenant')],
            },
        ),
        migrations.CreateModel(
            name='Lease',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('seats', models.PositiveIntegerField()),
                ('erased', models.PositiveIntegerField(default=0)),
                ('since', models.DateTimeField()),
                ('ends', models.DateTimeField()),
                ('recalled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='branches.device')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='branches.tenant')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leases', to='programme.workshop')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['tenant', 'workshop'], name='lease_unsettled'), models.Index(fields=['device', 'workshop'], name='lease_device')],
            },
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['tenant', 'workshop', 'standing'], name='registration_workshop'),
        ),
    ]
