"""No role makes a superuser; whoever was one keeps her roles."""

from typing import Any

from django.db import migrations


def _by_roles_alone(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("accounts", "Staff").objects.update(is_superuser=False, is_staff=False)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_record_tenant")]

    operations = [
        migrations.RunPython(_by_roles_alone, migrations.RunPython.noop, elidable=True),
    ]
