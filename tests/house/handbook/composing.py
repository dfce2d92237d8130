"""Composing a page: its template, with labels and what the declarations tell put in place."""

import re
from collections.abc import Callable, Iterable, Mapping

from kiosk.central.staff.handbook.reading import anchor
from tests.house.handbook import template
from tests.house.handbook.words import Words

Told = Callable[[Words], str]
"""What tells one thing from the declarations, as Markdown."""

CONTENTS = "contents"
"""What is told by the page itself: its headings."""
MARK = '[//]: # "Written by `just handbook` from the declarations and tests/house/handbook/."\n\n'
_SLOT = re.compile(r"\{\{(?P<told>\w+)\}\}|\{(?P<label>[^{}\n]+)\}")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)


def compose(page: str, words: Words, told: Mapping[str, Told]) -> str:
    """Return one page in the language of *words*; KeyError or Unsaid for what is not there."""

    def filled(found: re.Match[str]) -> str:
        if found["label"]:
            return words.label(found["label"])
        return found[0] if found["told"] == CONTENTS else told[found["told"]](words)

    text = _SLOT.sub(filled, template(page, words.language))
    headings = bullets(f"[{each}](#{anchor(each)})" for each in _HEADING.findall(text))
    return MARK + text.replace(f"{{{{{CONTENTS}}}}}", headings)


def asked_for(page: str, language: str) -> set[str]:
    """Name what the template of a page takes from the declarations."""
    found = _SLOT.finditer(template(page, language))
    return {each["told"] for each in found if each["told"]} - {CONTENTS}


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Draw a table."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(each.replace('|', '/') for each in line)} |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """Draw a list."""
    return "\n".join(f"- {each}" for each in lines)
