"""The first tables of the boards."""

import django.db.models.deletion
import kiosk.central.platform.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
        ('inbox', '0003_wrongguess'),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('board', models.CharField(choices=[('idea', 'idea'), ('book_tip', 'book_tip'), ('answer', 'answer'), ('goal', 'goal'), ('partner', 'partner'), ('method', 'method'), ('challenge', 'challenge')], max_length=12)),
                ('title', models.JSONField(blank=True, default=dict)),
                ('text', models.JSONField(blank=True, default=dict)),
                ('stage', models.CharField(blank=True, choices=[('heard', 'heard'), ('explored', 'explored'), ('tried', 'tried'), ('in_service', 'in_service'), ('not_taken', 'not_taken'), ('fulfilled', 'fulfilled'), ('partly', 'partly'), ('not_fulfilled', 'not_fulfilled')], max_length=14)),
                ('reason', models.JSONField(blank=True, default=dict)),
                ('expected', models.DateField(blank=True, null=True)),
                ('rating', models.PositiveSmallIntegerField(default=0)),
                ('nickname', models.CharField(blank=True, max_length=40)),
                ('target', models.PositiveIntegerField(default=0)),
                ('published', models.BooleanField(default=False)),
                ('posted_on', models.DateField(blank=True, null=True)),
                ('made_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='branches.branch')),
                ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='publications', to='inbox.submission')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='branches.tenant')),
            ],
            options={
                'ordering': ['-posted_on', '-made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='joining', serialize=False, to='inbox.submission')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.tenant')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joinings', to='boards.publication')),
            ],
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('tally', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('branch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.branch')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supports', to='boards.publication')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.tenant')),
            ],
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['tenant', 'board', 'published'], name='publication_board'),
        ),
    ]
