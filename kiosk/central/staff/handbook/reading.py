"""Reading the handbook: Markdown files, as HTML whose links lead to its pages here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kiosk import places

HANDBOOK = places.ASSETS / "handbook"
PAGES = ("staff", "visitor", "technician")
"""Names of its pages; each is there in one language or more."""
ENGLISH = "en"

_LINK = re.compile(r"(?P<page>[a-z]+)(\.[a-z]+)?\.md(?P<anchor>#.+)?")
_WIDE = frozenset({"table_open", "fence", "code_block"})
"""What may be wider than the screen."""
_LEFT_OUT = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Read:
    """One page of the handbook."""

    title: str
    """Its first line."""
    language: str
    """Code of the language it is in."""
    body: str
    """HTML, its title included."""


def read(page: str, language: str) -> Read:
    """Return *page*, one of `PAGES`, in *language*, or in English where there is no other."""
    written, language = _file(page, language)
    markdown = _markdown()
    tokens = markdown.parse(written.read_text(encoding="utf-8"))
    titles = []
    for token, text in pairwise(tokens):
        _lead_on(token)
        if token.type == "heading_open":
            titles.append("".join(each.content for each in text.children or ()))
            token.attrSet("id", anchor(titles[-1]))
        elif token.type in _WIDE:
            token.meta["about"] = titles[-1]
    body = str(markdown.renderer.render(tokens, markdown.options, {}))
    return Read(title=titles[0], language=language, body=body)


def anchor(heading: str) -> str:
    """Return how links name a *heading*, the way GitHub does."""
    return _LEFT_OUT.sub("", heading.lower().strip()).replace(" ", "-")


def _markdown() -> MarkdownIt:
    """Make what reads a page; in it HTML is only text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("table_open", _table_begins)
    for kind in ("fence", "code_block"):
        markdown.add_render_rule(kind, _code)
    markdown.add_render_rule("table_close", lambda *_at: "</table></div>\n")
    return markdown


def _code(_self: Any, tokens: Sequence[Token], at: int, *_more: Any) -> str:
    """Let lines to type that are wider than the screen be scrolled, by keys too."""
    about, told = escape(tokens[at].meta["about"]), escape(tokens[at].content)
    opens = f'<pre tabindex="0" role="region" aria-label="{about}">'
    return f"{opens}<code>{told}</code></pre>\n"


def _table_begins(_self: Any, tokens: Sequence[Token], at: int, *_more: Any) -> str:
    """Let a table that is wider than the screen be scrolled, by keys too."""
    about = escape(tokens[at].meta["about"])
    return f'<div class="wide-table" tabindex="0" role="region" aria-label="{about}"><table>\n'


def _file(page: str, language: str) -> tuple[Path, str]:
    """Return the file of *page* that is nearest to *language*, and the language it is in."""
    for code in (language, ENGLISH):
        written = HANDBOOK / f"{page}.{code}.md"
        if written.is_file():
            return written, code
    return HANDBOOK / f"{page}.md", ENGLISH


def _lead_on(token: Token) -> None:
    """Let a link to another page of the handbook lead to its page here."""
    for each in token.children or ():
        found = _LINK.fullmatch(str(each.attrGet("href") or ""))
        if found and found["page"] in PAGES:
            each.attrSet(
                "href", reverse("handbook", args=[found["page"]]) + (found["anchor"] or "")
            )
