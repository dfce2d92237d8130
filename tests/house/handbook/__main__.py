"""`python -m tests.house.handbook`: write the handbook's pages from the declarations.

Given a folder, writes them there instead of where they belong.
"""

import os
import sys
import tempfile
from pathlib import Path

from kiosk import places
from kiosk.central.platform import deployment
from kiosk.central.run import operations
from tests.house.handbook import LANGUAGES


def write(folder: Path) -> None:
    """Write every page in every language into *folder*; Django must be set up."""
    from tests.house.handbook import staff, visitors
    from tests.house.handbook.composing import compose
    from tests.house.handbook.words import Words

    for language in LANGUAGES:
        for page, told, domains in (
            ("visitor", visitors.TOLD, ("kiosk",)),
            ("staff", staff.TOLD, ("django", "kiosk")),
        ):
            text = compose(page, Words(language, domains), told)
            (folder / f"{page}.{language}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["KIOSK_CENTRAL_HOME"] = home
        deployment.make_secret_key(Path(home))
        operations.prepare()
        write(Path(sys.argv[1]) if sys.argv[1:] else places.ASSETS / "handbook")
