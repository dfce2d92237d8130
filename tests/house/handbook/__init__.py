"""The handbook for visitors and staff, written from the declarations.

`python -m tests.house.handbook` writes it. What no declaration says stands in `words.toml`, and in
one template for each page and language: there `{A label}` is said as the program says it, and
`{{name}}` is what the declarations tell.
"""

from pathlib import Path

HERE = Path(__file__).parent
LANGUAGES = ("sv", "da", "en")
"""In which the handbook is written, as the staff pages are."""
PAGES = ("visitor", "staff")
"""Its pages; the technician's is written by hand, in English."""


def template(page: str, language: str) -> str:
    """Return what is written by hand of one page."""
    return (HERE / f"{page}.{language}.md").read_text(encoding="utf-8")
