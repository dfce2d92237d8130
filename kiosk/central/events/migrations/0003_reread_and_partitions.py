"""Which version has read again what is held; on PostgreSQL, events in partitions by month."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from kiosk.central.events import partitions

PARTITIONED = """
ALTER TABLE intake_event RENAME TO intake_event_plain;
ALTER TABLE intake_event_plain DROP CONSTRAINT intake_event_pkey;
DROP INDEX event_about, event_receipt, event_held, event_waiting;
CREATE TABLE intake_event (LIKE intake_event_plain INCLUDING DEFAULTS) PARTITION BY RANGE (id);
ALTER TABLE intake_event ADD PRIMARY KEY (tenant_id, id);
CREATE INDEX event_about ON intake_event (tenant_id, about) WHERE about IS NOT NULL;
CREATE INDEX event_receipt ON intake_event (device_id, receipt);
CREATE INDEX event_held ON intake_event (tenant_id, received_at) WHERE NOT held_reason = '';
CREATE INDEX event_waiting ON intake_event (tenant_id, id) WHERE waiting;
CREATE TABLE intake_event_rest PARTITION OF intake_event DEFAULT;
INSERT INTO intake_event SELECT * FROM intake_event_plain;
DROP TABLE intake_event_plain;
"""


def partition(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == 'postgresql':
        with editor.connection.cursor() as cursor:
            cursor.execute(PARTITIONED)
        partitions.prepare(timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('branches', '0005_content_change_and_gaps'),
        ('intake', '0002_raw_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reread',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='branches.tenant')),
                ('version', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.RunPython(partition, migrations.RunPython.noop),
    ]
