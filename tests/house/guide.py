"""`python -m tests.house.guide`: bring what `kiosk/README.md` says of files up to the sources."""

import ast
from pathlib import Path

from tests.house.source import ROOT, modules, parsed

GUIDE = ROOT / "kiosk" / "README.md"
BEGIN, END = "<!-- files: begin -->", "<!-- files: end -->"
READ_FIRST = (
    "kiosk/domain/errand.py",
    "kiosk/errands/feedback.py",
    "screens/app.py",
    "screens/form.py",
    "screens/intent.py",
    "kiosk/desk/desk.py",
    "kiosk/domain/submission.py",
    "kiosk/seal.py",
    "kiosk/store/storage.py",
    "kiosk/store/ledger.py",
    "kiosk/wire/inbox.py",
    "kiosk/sync/exchange.py",
    "kiosk/sync/upload.py",
    "kiosk/sync/carrier.py",
    "kiosk/store/settling.py",
    "kiosk/central/exchange/taking_in.py",
    "kiosk/central/exchange/dispatch.py",
    "kiosk/central/submissions/actions.py",
    "kiosk/central/staff/inbox/views.py",
    "kiosk/central/safekeeping/lives.py",
)
"""Twenty files, in the order in which an errand meets them."""


def listing() -> str:
    """List the files to read first and every folder, each with its own first line."""
    read = [f"{number}. `{each}` {_said(ROOT / each)}" for number, each in enumerate(READ_FIRST, 1)]
    folders = sorted(path for path in modules("kiosk", "screens") if path.name == "__init__.py")
    named = [f"- `{each.parent.relative_to(ROOT)}/` {_said(each)}" for each in folders]
    return "\n".join(["**Read first**", "", *read, "", "**Folders**", "", *named])


def brought_up(text: str) -> str:
    """Return the guide with what it says of files as they are now."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{listing()}\n{END}{after}"


def _said(path: Path) -> str:
    return (ast.get_docstring(parsed(path)) or "").partition("\n")[0].rstrip(".")


if __name__ == "__main__":
    GUIDE.write_text(brought_up(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
