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
            name='Branch',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('key', models.SlugField(max_length=40)),
                ('name', models.CharField(max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('timezone', models.CharField(default='Europe/Stockholm', max_length=40)),
                ('calendar', models.JSONField(blank=True, default=dict)),
                ('position', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name_plural': 'branches',
                'ordering': ['position', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Tenant',
            fields=[
                ('key', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('salt', models.BinaryField()),
                ('sealing_public', models.BinaryField()),
                ('verify_public', models.BinaryField()),
                ('epoch', models.CharField(max_length=36)),
                ('public_url', models.CharField(blank=True, max_length=200)),
                ('contact', models.JSONField(blank=True, default=dict)),
                ('last_change', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='WrongCode',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=60)),
                ('at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Device',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=80)),
                ('public_key', models.BinaryField()),
                ('enrolled_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_seen_at', models.DateTimeField(blank=True, null=True)),
                ('health', models.JSONField(blank=True, default=dict)),
                ('dead', models.JSONField(blank=True, default=list)),
                ('last_receipt', models.PositiveBigIntegerField(default=0)),
                ('clock_offset_s', models.FloatField(blank=True, null=True)),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='branches.branch')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='branches.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='EnrolmentCode',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='branches.branch')),
                ('device', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='branches.device')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='branches.tenant')),
            ],
        ),
        migrations.AddField(
            model_name='branch',
            name='tenant',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='branches', to='branches.tenant'),
        ),
        migrations.AddIndex(
            model_name='device',
            index=models.Index(fields=['tenant', 'branch'], name='device_branch'),
        ),
        migrations.AddConstraint(
            model_name='branch',
            constraint=models.UniqueConstraint(fields=('tenant', 'key'), name='branch_key'),
        ),
    ]
