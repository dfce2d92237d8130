"""The first tables of the questionnaires."""

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
            name='Questionnaire',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('audience', models.CharField(blank=True, max_length=20)),
                ('since', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, null=True)),
                ('published', models.BooleanField(default=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('change', models.PositiveIntegerField(default=1)),
                ('made_at', models.DateTimeField()),
                ('branch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='questionnaires', to='branches.branch')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questionnaires', to='branches.tenant')),
            ],
            options={
                'ordering': ['made_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.UUIDField(default=kiosk.central.platform.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField()),
                ('title', models.JSONField()),
                ('questions', models.JSONField()),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='wordings', to='questionnaires.questionnaire')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='branches.tenant')),
            ],
            options={
                'ordering': ['questionnaire', 'version'],
            },
        ),
        migrations.AddIndex(
            model_name='questionnaire',
            index=models.Index(fields=['tenant', 'published'], name='questionnaire_shown'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'version'), name='wording_version'),
        ),
    ]
