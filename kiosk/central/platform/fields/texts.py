"""Form fields for what is written in several languages, and for lists of codes."""

from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kiosk.central.platform import typed
from kiosk.domain.identity_number import holds_identity_number
from kiosk.i18n import phrases


class LabelledWidget(forms.MultiWidget):
    """Several boxes, each under a label of its own."""

    use_fieldset = True

    def __init__(self, boxes: Sequence[forms.Widget], labels: Callable[[], Sequence[str]]) -> None:
        """Take the boxes, and what tells their labels in the language of the page."""
        super().__init__(boxes)
        self._labels = labels

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the boxes."""
        boxes = self.get_context(name, value, attrs)["widget"]["subwidgets"]
        draw = (renderer or get_default_renderer()).render
        drawn = (
            (
                each["attrs"].get("id", ""),
                label,
                mark_safe(draw(each["template_name"], {"widget": each})),  # noqa: S308 - a template
            )
            for label, each in zip(self._labels(), boxes, strict=True)
        )
        row = '<p class="written"><label for="{}">{}</label> {}</p>'
        return format_html("<div>{}</div>", format_html_join("", row, drawn))


class TextsWidget(LabelledWidget):
    """One box for each language in which staff write."""

    def __init__(self, rows: int = 1) -> None:
        """Show so many lines in each box."""
        box = {"rows": rows, "cols": 60} if rows > 1 else {"size": 60}
        kind = forms.Textarea if rows > 1 else forms.TextInput
        super().__init__([kind(attrs={**box, "lang": code}) for code in typed.WRITTEN], _languages)

    def decompress(self, value: Any) -> list[str]:
        """Return the words in each language."""
        return [_words(value, code) for code in typed.WRITTEN]


class TextsField(forms.MultiValueField):
    """One text by language; those without words are left out."""

    def __init__(self, *, rows: int = 1, **more: Any) -> None:
        """Show so many lines in each box."""
        boxes = [forms.CharField(required=False, strip=False) for _code in typed.WRITTEN]
        more |= {"widget": TextsWidget(rows), "require_all_fields": False}
        super().__init__(boxes, **more)

    def compress(self, told: Sequence[str]) -> Any:
        """Return what was written, by language."""
        if any(map(holds_identity_number, told)):
            raise ValidationError(_("Take out the personal identity number."))
        clean = {code: typed.text(each) for code, each in zip(typed.WRITTEN, told, strict=False)}
        return {code: words for code, words in clean.items() if words}


class Sentences(TextsField):
    """One text of some sentences by language."""

    def __init__(self, **more: Any) -> None:
        """Show some lines in each box."""
        super().__init__(rows=3, **more)


class TextListField(TextsField):
    """A list of texts by language: one a line, in the same order in every language."""

    def __init__(self, **more: Any) -> None:
        """Show some lines in each box."""
        super().__init__(rows=4, **more)
        self.help_text = self.help_text or _("One a line, in the same order in every language.")

    def compress(self, told: Sequence[str]) -> Any:
        """Return what was written, text by text."""
        super().compress(told)
        lines = [list(map(typed.line, each.split("\n"))) for each in told]
        said = (
            {code: words for code, words in zip(typed.WRITTEN, row, strict=False) if words}
            for row in zip_longest(*lines, fillvalue="")
        )
        return [each for each in said if each]

    def prepare_value(self, value: Any) -> Any:
        """Return a saved list as the boxes show it."""
        if not isinstance(value, list) or not all(isinstance(each, Mapping) for each in value):
            return value
        return {
            code: "\n".join(each.get(code, "") for each in value).rstrip("\n")
            for code in typed.WRITTEN
        }


class CodesField(forms.CharField):
    """Codes, such as those of languages, with commas between."""

    def prepare_value(self, value: Any) -> Any:
        """Return a saved list as the box shows it."""
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the codes."""
        return str(value or "").replace(",", " ").split()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare lists."""
        return bool(self.to_python(data) != list(initial or []))


def _languages() -> list[str]:
    speak = phrases(get_language() or "sv")
    return [speak.language_name(code) for code in typed.WRITTEN]


def _words(value: Any, code: str) -> str:
    told = value.get(code, "") if isinstance(value, Mapping) else ""
    return str(told)
