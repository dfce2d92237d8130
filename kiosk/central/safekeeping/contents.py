"""What a backup holds: which tables, in which columns, and each value as no database writes it."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kiosk.central.safekeeping.archive import Table

LEFT_OUT = frozenset({"sessions", "axes"})
"""Apps whose tables are not kept: who is logged in, and who tried to."""
BOOKKEEPING = frozenset({"django_migrations", "sqlite_sequence"})
"""Tables that a restore writes by itself."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KINDS = {
    "UUIDField": "uuid",
    "DateTimeField": "moment",
    "DateField": "date",
    "JSONField": "json",
    "BinaryField": "bytes",
    "BooleanField": "truth",
    "FloatField": "plain",
    "TextField": "plain",
    "CharField": "plain",
    "SlugField": "plain",
    "URLField": "plain",
    "EmailField": "plain",
    "AutoField": "plain",
    "BigAutoField": "plain",
    "SmallAutoField": "plain",
    "IntegerField": "plain",
    "SmallIntegerField": "plain",
    "BigIntegerField": "plain",
    "PositiveIntegerField": "plain",
    "PositiveSmallIntegerField": "plain",
    "PositiveBigIntegerField": "plain",
    "GenericIPAddressField": "plain",
}


def kept() -> list[type[models.Model]]:
    """List the models whose tables a backup holds."""
    every = apps.get_models(include_auto_created=True)
    return [each for each in every if each._meta.app_label not in LEFT_OUT and _is_table(each)]


def left_out() -> set[str]:
    """Name the tables a backup leaves out on purpose."""
    every = apps.get_models(include_auto_created=True)
    tables = {each._meta.db_table for each in every if each._meta.app_label in LEFT_OUT}
    return tables | BOOKKEEPING


def table(model: type[models.Model]) -> Table:
    """Describe the table of *model* as an archive does."""
    fields = model._meta.local_concrete_fields
    columns = [(each.column, _kind(each)) for each in fields if each.column]
    return Table(model._meta.db_table, tuple(columns))


def selecting(model: type[models.Model], connection: BaseDatabaseWrapper) -> str:
    """Return the SQL that reads every row of *model*, in order of its key."""
    quoted, described = connection.ops.quote_name, table(model)
    as_text = "::text" if connection.vendor == "postgresql" else ""
    columns = [
        quoted(name) + (as_text if kind == "json" else "") for name, kind in described.columns
    ]
    key = ", ".join(quoted(each.column or each.name) for each in model._meta.pk_fields)
    return f"SELECT {', '.join(columns)} FROM {quoted(described.name)} ORDER BY {key}"  # noqa: S608 - names of ours


def _is_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _kind(field: "models.Field[Any, Any]") -> str:
    while field.remote_field and isinstance(field, models.ForeignKey):
        field = field.target_field
    name = field.get_internal_type()
    if name not in _KINDS:
        raise ImproperlyConfigured(f"no backup knows how to keep {field} ({name})")
    return _KINDS[name]


def _uuid_bytes(told: Any) -> bytes:
    return told.bytes if isinstance(told, uuid.UUID) else bytes.fromhex(told.replace("-", ""))


def _microseconds(told: datetime) -> int:
    return ((told if told.tzinfo else told.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND


def _moment(told: int) -> datetime:
    return _EPOCH + told * _MICROSECOND


def _naive(told: int) -> str:
    """Write a moment as Django does in SQLite."""
    return str(_moment(told).replace(tzinfo=None))


PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "uuid": _uuid_bytes,
    "moment": _microseconds,
    "date": date.isoformat,
    "bytes": bytes,
    "truth": bool,
}
"""How a value read from either database becomes one of an archive; other kinds stay as they are."""

FOR: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "sqlite": {
        "uuid": lambda told: told.hex(),
        "moment": _naive,
        "truth": int,
    },
    "postgresql": {
        "uuid": lambda told: uuid.UUID(bytes=told),
        "moment": _moment,
        "plain": lambda told: told.replace("\0", "\ufffd") if isinstance(told, str) else told,
        "json": lambda told: told.replace("\\u0000", "\\ufffd"),
    },
}
"""How a value of an archive becomes one of that database; other kinds stay as they are."""
