"""Text is text: every border is known, and cleans what it lets in at the one place that does."""

import ast

from kiosk.central.platform.settings import MIDDLEWARE
from tests.house.source import ROOT, modules, parsed

READ_AS_THEY_WERE_WRITTEN = {
    "kiosk/central/tenants/keys.py": "the library's own key file",
    "kiosk/central/imports/lists/feed.py": "a list, whose every cell is made plain",
    "kiosk/central/questionnaires/actions.py": "a copy of what the form has cleaned",
    "kiosk/central/safekeeping/archive.py": "a backup, cleaned before it was saved",
    "kiosk/central/safekeeping/mark.py": "central's own mark",
    "kiosk/central/safekeeping/moving.py": "the same database, copied",
    "kiosk/cli/branch.py": "answers, which the desk cleans",
    "kiosk/cli/demo.py": "the program's own output",
    "kiosk/store": "the ledger's own files; what visitors wrote is sealed in them",
    "kiosk/sync/bell.py": "the program's own words, on a socket of its own",
    "kiosk/wire/coding.py": "the border itself",
}
"""Where JSON is read, and why that is no border without cleaning."""


def test_json_from_elsewhere_is_read_at_the_border_that_cleans_it() -> None:
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in modules("kiosk", "screens")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"json.loads", "json.load", "msgspec.json.decode"}
    }
    unknown = [each for each in readers if not each.startswith(tuple(READ_AS_THEY_WERE_WRITTEN))]
    assert unknown == []
    for known in READ_AS_THEY_WERE_WRITTEN:
        assert any(each.startswith(known) for each in readers), known


def test_what_is_text_is_said_in_one_place() -> None:
    judges = [
        path.relative_to(ROOT).as_posix()
        for path in modules("kiosk", "screens")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Import) and any(each.name == "unicodedata" for each in node.names)
    ]
    assert judges == ["kiosk/domain/text.py"]


def test_what_browsers_send_is_cleaned_after_its_size_is_known_and_before_any_page() -> None:
    assert MIDDLEWARE[-1] == "kiosk.central.platform.cleaning.text_is_text"
    assert "kiosk.central.run.limits.no_larger" in MIDDLEWARE
