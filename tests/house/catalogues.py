"""`python -m tests.house.catalogues`: bring every catalogue up to the sources, and compile it.

New phrases come in empty, phrases nobody says any more go out; the house tests then name what
is left to translate.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kiosk import places
from kiosk.i18n import EASY, LANGUAGES, ordinary
from tests.house.source import ROOT

KEYWORDS = {"phrase": None, "say": None, "count": (1, 2)}
"""Names of the calls whose literal texts are phrases."""


_NO_NEWS = datetime(2026, 11, 22, tzinfo=UTC)
"""A fixed date in the header, so that a catalogue changes only when a phrase does."""


def declared() -> Catalog:
    """Collect every phrase of the kiosk's sources, each with the files that say it."""
    catalogue = Catalog(fuzzy=False, charset="utf-8", creation_date=_NO_NEWS)
    for folder in ("kiosk", "screens"):
        found = extract_from_dir(str(ROOT / folder), [("**.py", "python")], keywords=KEYWORDS)
        for file, _line, text, _comments, context in found:
            if not {"central", "cli"} & set(Path(file).parts):
                catalogue.add(text, locations=[(f"{folder}/{file}", 0)], context=context)
    return catalogue


def bring_up(language: str) -> int:
    """Bring one catalogue up to the sources and compile it; return how many phrases lack words.

    An easy variant keeps only what it says in other words than its language does.
    """
    path = places.LOCALE / language / "LC_MESSAGES" / "kiosk.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    locale = ordinary(language)
    kept = Catalog(locale=locale, fuzzy=False)
    if path.is_file():
        with path.open("rb") as file:
            kept = read_po(file, locale=locale)
    easier = {each.id for each in kept if any(_told(each.string))}
    kept.update(declared(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    if language in EASY.values():
        for message in [each for each in kept if each.id and each.id not in easier]:
            kept.delete(message.id)
    variant = ", easy to read" if language in EASY.values() else ""
    kept.header_comment = f"# The phrases of the meröppet kiosk: {LANGUAGES[locale]}{variant}."
    kept.project, kept.version, kept.fuzzy = "meroppet-kiosk", "0.1", False
    kept.last_translator = kept.language_team = "the contributors"
    kept.msgid_bugs_address = ".github/CONTRIBUTING.md"
    with path.open("wb") as file:
        write_po(file, kept, width=0, omit_header=False, include_lineno=False, sort_by_file=True)
    compile_catalogue(path)
    return sum(1 for message in kept if message.id and not all(_told(message.string)))


def compile_catalogue(path: Path) -> None:
    """Write the compiled catalogue beside the written one."""
    with path.open("rb") as written, path.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(written, locale=ordinary(path.parent.parent.name)))


def _told(string: object) -> list[str]:
    return [string] if isinstance(string, str) else [str(each) for each in string or ("",)]  # type: ignore[attr-defined]


if __name__ == "__main__":
    for code in (*LANGUAGES, *EASY.values()):
        if code != "en":
            print(code, bring_up(code), "phrases without words")  # noqa: T201 - a command
    for staff in places.LOCALE.glob("*/LC_MESSAGES/django.po"):
        compile_catalogue(staff)
