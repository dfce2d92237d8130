"""Whose a line of the record is; where there is one library so far, all of them are its own."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def _of_the_only_one(apps: Any, _schema_editor: Any) -> None:
    tenants = list(apps.get_model("branches", "Tenant").objects.values_list("pk", flat=True)[:2])
    if len(tenants) == 1:
        apps.get_model("accounts", "Record").objects.update(tenant_id=tenants[0])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("branches", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="record",
            name="tenant",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="branches.tenant",
            ),
        ),
        migrations.RunPython(_of_the_only_one, migrations.RunPython.noop, elidable=True),
    ]
