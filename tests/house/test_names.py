"""One name, one thing: a reader who has met a class knows which one is meant."""

import ast
from collections import defaultdict
from pathlib import Path

from tests.house.source import ROOT, modules, parsed

SAME_THING = {
    "Lease": "seats set aside, as a rule and on the wire",
}
"""Names of two classes outside the tables, each with what both of them are."""
TABLES = "models.py"
"""A table of central is called what it keeps, as the rules and the wire call it."""


def named() -> dict[str, set[Path]]:
    """Return where classes of each public name stand, tables left out."""
    found: dict[str, set[Path]] = defaultdict(set)
    for path in modules("kiosk", "screens"):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and path.name != TABLES:
                found[node.name].add(path.relative_to(ROOT))
    return found


def test_no_two_public_classes_have_one_name() -> None:
    twice = {name for name, at in named().items() if len(at) > 1 and not name.startswith("_")}
    assert twice == SAME_THING.keys()
