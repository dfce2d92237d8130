"""The texts of the staff pages: complete in Swedish and Danish."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.template import Engine
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from kiosk import places

CENTRAL = places.CENTRAL
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), None),
    "ngettext": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
Said = tuple[str | None, tuple[str, ...]]
"""A sentence with its context; two forms where it has a plural."""


def said_in_python() -> Iterator[Said]:
    found = extract_from_dir(str(CENTRAL), [("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, text, _comments, context in found:
        yield context, (text,) if isinstance(text, str) else tuple(text)


def said_in_templates() -> Iterator[Said]:
    for file in (CENTRAL / "templates").rglob("*.html"):
        template = Engine.get_default().get_template(str(file.relative_to(CENTRAL / "templates")))
        for node in template.nodelist.get_nodes_by_type(TranslateNode):
            assert isinstance(node, TranslateNode)
            yield None, (node.filter_expression.var.literal,)
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            assert isinstance(node, BlockTranslateNode)
            forms = [node.singular, node.plural] if node.plural else [node.singular]
            yield None, tuple(node.render_token_list(form)[0] for form in forms)


def told(catalogue: Catalog) -> dict[Said, tuple[str, ...]]:
    return {
        (_text(each.context), _forms(each.id)): _forms(each.string)
        for each in catalogue
        if any(each.id)
    }


def _text(context: str | bytes | None) -> str | None:
    """Return a context as text: Babel leaves it as bytes in compiled catalogues."""
    return context.decode() if isinstance(context, bytes) else context


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def written(language: str) -> dict[Said, tuple[str, ...]]:
    with (places.LOCALE / language / "LC_MESSAGES/django.po").open("rb") as file:
        return told(read_po(file, locale=language))


@pytest.mark.parametrize("language", ["sv", "da"])
def test_every_sentence_of_the_staff_pages_is_translated(language: str) -> None:
    wanted = {*said_in_python(), *said_in_templates()}
    translated = {said for said, forms in written(language).items() if all(forms)}
    assert len(wanted) > 100
    assert wanted - translated == set()
    assert translated - wanted == set()


@pytest.mark.parametrize("language", ["sv", "da"])
def test_the_compiled_texts_are_those_that_were_written(language: str) -> None:
    with (places.LOCALE / language / "LC_MESSAGES/django.mo").open("rb") as file:
        assert told(read_mo(file)) == written(language)


@pytest.mark.parametrize("language", ["sv", "da"])
def test_a_translation_keeps_the_slots_of_its_sentence(language: str) -> None:
    slot = re.compile(r"%\(\w+\)[sd]|</?\w+>")
    for (_context, asked), forms in written(language).items():
        for form in forms:
            assert sorted(slot.findall(form)) == sorted(slot.findall(asked[-1])), asked
