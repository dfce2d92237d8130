"""`python -m tests.house.guide`: bring the list of files in `kiosk/README.md` up to the sources."""

import ast

from tests.house.source import ROOT, modules, parsed

GUIDE = ROOT / "kiosk" / "README.md"
BEGIN, END = "<!-- files: begin -->", "<!-- files: end -->"


def listing() -> str:
    """List every file of the code with its own first line, folder by folder."""
    lines = []
    folder = None
    for path in sorted(modules("kiosk", "screens"), key=lambda each: (each.parent, each.name)):
        said = (ast.get_docstring(parsed(path)) or "").partition("\n")[0].rstrip(".")
        if path.parent != folder:
            folder = path.parent
            lines += ["", f"**`{folder.relative_to(ROOT)}/`**", ""]
        name = "(folder)" if path.name == "__init__.py" else f"`{path.name}`"
        lines.append(f"- {name} {said}")
    return "\n".join(lines).strip()


def brought_up(text: str) -> str:
    """Return the guide with its list of files as they are now."""
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{listing()}\n{END}{after}"


if __name__ == "__main__":
    GUIDE.write_text(brought_up(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
