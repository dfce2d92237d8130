"""Adding an errand touches one new file, one list and the catalogues, and nothing else."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.drivers.library import Library

ROOT = Path(__file__).resolve().parents[2]

LOST_THING = '''"""Lost thing: something a visitor left behind."""

from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.phrase import phrase

LOST_THING = Errand(
    name="lost-thing",
    title=phrase("I lost something"),
    blurb=phrase("We look for it."),
    thanks=phrase("We will look."),
    questions=(
        Question(
            name="what",
            kind=Kind.CHOICE,
            ask=phrase("What is it?"),
            required=True,
            choices=(Choice("keys", phrase("Keys")), Choice("other", phrase("Something else"))),
        ),
        Question(
            name="looks",
            kind=Kind.TEXT,
            ask=phrase("What does it look like?"),
            required=True,
            only_if=OnlyIf("what", ("other",)),
        ),
        Question(name="where", kind=Kind.LONG_TEXT, ask=phrase("Where?"), personal=True),
    ),
)
'''


def a_copy_with_the_new_errand(folder: Path) -> Path:
    """Copy the project and add the errand the way a colleague would."""
    for name in ("kiosk", "screens", "assets", "data/content"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "kiosk/errands/lost_thing.py").write_text(LOST_THING, encoding="utf-8")
    listing = folder / "kiosk/errands/__init__.py"
    text = listing.read_text(encoding="utf-8")
    text = text.replace(
        "from kiosk.errands.sign_up",
        "from kiosk.errands.lost_thing import LOST_THING\nfrom kiosk.errands.sign_up",
    ).replace("        VOLUNTEER,\n", "        VOLUNTEER,\n        LOST_THING,\n")
    listing.write_text(text, encoding="utf-8")
    return folder


def test_a_new_errand_is_handed_in_synced_listed_and_exported(tmp_path: Path) -> None:
    sources = a_copy_with_the_new_errand(tmp_path / "project")
    library = Library(tmp_path / "state", sources=sources).set_up().start()
    try:
        library.enrol()
        missing = library.kiosk("hand-in", "lost-thing", "-", "--json", typed='{"what": "other"}')
        assert missing.json["mistakes"] == {"looks": "required"}
        answers = {"what": "other", "looks": "En röd vante", "where": "Vid fönstret"}
        library.hand_in("lost-thing", answers)
        assert library.kiosk("sync", "--json").json["stored"] == 1
        (row,) = library.exported("--personal")
        assert (row["errand"], row["answers"]) == ("lost-thing", answers)
        (bare,) = library.exported()
        assert "fönstret" not in json.dumps(bare, ensure_ascii=False)
        assert "vante" in json.dumps(bare, ensure_ascii=False)
    finally:
        library.stop()


def test_an_errand_central_does_not_know_is_kept_whole_and_shown_plainly(tmp_path: Path) -> None:
    newer = a_copy_with_the_new_errand(tmp_path / "project")
    library = Library(tmp_path / "state").set_up().start()
    try:
        library.enrol()
        library.sources = newer
        library.hand_in("lost-thing", {"what": "keys"})
        assert library.kiosk("sync", "--json").json["stored"] == 1
        library.sources = None
        (row,) = library.exported("--personal")
        assert (row["errand"], row["answers"]) == ("lost-thing", {"what": "keys"})
    finally:
        library.stop()


def test_the_handbook_tells_of_a_new_errand_by_itself(tmp_path: Path) -> None:
    sources = a_copy_with_the_new_errand(tmp_path / "project")
    shutil.copytree(ROOT / "tests/house", sources / "tests/house")
    shutil.copy(ROOT / "tests/__init__.py", sources / "tests")
    writing = [sys.executable, "-m", "tests.house.handbook", str(tmp_path)]
    subprocess.run(writing, cwd=sources, check=True)
    for_visitors = (tmp_path / "visitor.en.md").read_text(encoding="utf-8")
    told = for_visitors.partition("### I lost something\n")[2].partition("\n#")[0]
    assert "1. **What is it?** Choose one answer. It must be answered.\n   - Keys · " in told
    assert "Asked only if you answered “What is it?” with: Something else." in told
    assert "*We will look.*" in told
    for_staff = (tmp_path / "staff.en.md").read_text(encoding="utf-8")
    assert "[I lost something](visitor.en.md#i-lost-something)" in for_staff
