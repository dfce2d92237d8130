"""Columns that hold one shape: nothing else is saved through a form, or read as if it were one.

The database knows them as plain JSON and text, so that a rule here needs no migration.
"""

from collections.abc import Callable
from typing import Any

import msgspec
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from kiosk.domain.text import cleaned

Read = Callable[[Any], object]
"""Reads a value; raises ValueError where it has another shape."""
Form = Callable[..., forms.Field]


class Unread(dict[str, Any]):
    """Nothing, in place of an object that cannot be read."""


class UnreadList(list[Any]):
    """Nothing, in place of a list that cannot be read."""


def is_unread(value: object) -> bool:
    """Tell whether *value* stands for something that cannot be read."""
    return isinstance(value, (Unread, UnreadList))


def unread_columns(row: models.Model) -> list[str]:
    """Name the columns of *row* that cannot be read."""
    columns = [each.attname for each in row._meta.concrete_fields]
    return [each for each in columns if is_unread(row.__dict__.get(each))]


def shape(kind: Any) -> Read:
    """Return what reads values of *kind*, a type that msgspec knows."""

    def read(told: Any) -> object:
        try:
            return msgspec.convert(told, kind)
        except msgspec.ValidationError as error:
            raise ValueError(str(error)) from error

    return read


texts = shape(dict[str, str])
"""Reads one text by language."""
text_lists = shape(list[dict[str, str]])
"""Reads a list of texts by language."""
codes = shape(list[str])
"""Reads a list of codes."""


class TextOnlyJSON(forms.JSONField):
    """JSON in a form, every text in it clean: an escaped sign is none until it is read."""

    def to_python(self, value: Any) -> Any:
        """Return what was written."""
        return cleaned(super().to_python(value))


class Shaped(models.JSONField):
    """JSON that *read* can read, written in a form field of its own."""

    def __init__(
        self,
        *given: Any,
        read: Read | None = None,
        form: Form | None = None,
        many: bool = False,
        **more: Any,
    ):
        """Take what reads a value, its form field, and whether it is a list without a default."""
        self._read, self._form = read, form
        self._nothing = UnreadList if many or more.get("default") is list else Unread
        super().__init__(*given, **more)

    def deconstruct(self) -> Any:
        """Tell migrations of plain JSON."""
        name, _path, given, more = super().deconstruct()
        return name, "django.db.models.JSONField", given, more

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return what stands in the table, or what says that it cannot be read."""
        told = super().from_db_value(value, expression, connection)
        if isinstance(expression, KeyTransform) or self._fits(told):
            return told
        return self._nothing()

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what has another shape. Raises ValidationError."""
        super().validate(value, model_instance)
        if not self._fits(value):
            raise ValidationError(_("This cannot be read."))

    def formfield(self, **more: Any) -> Any:
        """Return the form field of its own."""
        if self._form is None:
            return super().formfield(form_class=TextOnlyJSON, **more)
        return models.Field.formfield(self, form_class=self._form)  # type: ignore[arg-type] # a call

    def _fits(self, value: Any) -> bool:
        try:
            return self._read is None or self._read(value) is not None
        except ValueError:
            return False


class JudgedField(models.CharField):  # type: ignore[type-arg] # not generic at run time
    """Text that *judge* finds nothing wrong with."""

    def __init__(
        self, *given: Any, judge: Callable[[str], str] = str, form: Form | None = None, **more: Any
    ):
        """Take what says what is wrong with a value, and the form field in which it is written."""
        self._judge, self._form = judge, form
        super().__init__(*given, **more)

    def deconstruct(self) -> Any:
        """Tell migrations of plain text."""
        name, _path, given, more = super().deconstruct()
        return name, "django.db.models.CharField", given, more

    def validate(self, value: Any, model_instance: Any) -> None:
        """Refuse what something is wrong with. Raises ValidationError."""
        super().validate(value, model_instance)
        if value and (wrong := self._judge(value)):
            raise ValidationError(wrong)

    def formfield(self, **more: Any) -> Any:
        """Return the form field of its own."""
        if self._form is None:
            return super().formfield(**more)
        return models.Field.formfield(self, form_class=self._form)  # type: ignore[arg-type] # a call
