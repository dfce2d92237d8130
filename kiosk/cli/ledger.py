"""`kiosk ledger`: what a technician does with the ledger itself; sealed stays sealed."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk import places
from kiosk.cli import kiosk
from kiosk.cli.naming import A_FILE
from kiosk.cli.opening import settings_of
from kiosk.cli.output import command, end, home_option, say
from kiosk.problems import CANNOT_WRITE, FILE_THERE, Exit, Trouble

if TYPE_CHECKING:
    from kiosk.store.findings import Findings

_CHECKED = "kiosk ledger repair"
_REPAIRED = "look whether this user may read all of it, and at the disk, which may be wearing out"


@kiosk.group(epilog="Example:  kiosk ledger check")
def ledger() -> None:
    """Look after the file in which a branch keeps what was handed in."""


@command(ledger, "export", "kiosk ledger export copy.json")
@click.argument("file", type=A_FILE)
@home_option
def export(file: Path, home: Path | None, *, as_json: bool) -> None:
    """Write everything into one file that any TinyDB opens."""
    from kiosk.store.durable import write_durably
    from kiosk.store.inspection import looked_at

    if file.exists():
        raise Trouble(FILE_THERE, path=file)
    opened = looked_at(_path(home))
    try:
        contents = opened.contents()
        found, many = opened.findings, opened.documents()
    finally:
        opened.close()
    write_durably(file, json.dumps(contents).encode("ascii"))
    say(_told(many, found, home), as_json=as_json, people=f"{many} documents are in {file}.")


@command(ledger, "check", "kiosk ledger check --json")
@home_option
def check(home: Path | None, *, as_json: bool) -> None:
    """Read every file of the ledger and say what is wrong; changes nothing."""
    from kiosk.store.inspection import inspected

    found, many = inspected(_path(home))
    _report(found, many, home, _CHECKED, as_json=as_json)


@command(ledger, "repair", "kiosk ledger repair")
@home_option
def repair(home: Path | None, *, as_json: bool) -> None:
    """Bring all that can be read into clean files; keep the damaged ones apart."""
    from kiosk.store.device import mend_device
    from kiosk.store.ledger import Ledger

    opened = Ledger(_path(home))
    try:
        found, many = opened.findings, opened.documents()
        try:
            mend_device(_path(home).parent)
        except Trouble as trouble:  # a kiosk that belongs nowhere has none
            if trouble.problem is CANNOT_WRITE:
                raise
    finally:
        opened.close()
    _report(found, many, home, _REPAIRED, as_json=as_json)


def _report(
    found: "Findings", documents: int, home: Path | None, remedy: str, *, as_json: bool
) -> None:
    told = _told(documents, found, home)
    people = f"{documents} documents, {told['lost']} lost; found: {found.told}."
    kept = told["quarantined"] if found.harmless else 0
    if kept:
        people += f" {kept} unreadable parts are set aside. Next: kiosk doctor."
    if not found.harmless:
        people += f" Next: {remedy}."
    say(told, as_json=as_json, people=people)
    if (remedy == _CHECKED and (kept or not found.harmless)) or found.loses:
        end(Exit.STORE)


def _told(documents: int, found: "Findings", home: Path | None) -> dict[str, Any]:
    from kiosk.store.opening import quarantine

    folder = quarantine(_path(home))
    kept = len(list(folder.iterdir())) if folder.is_dir() else 0
    return {
        "documents": documents,
        "lost": found.saves_lost,
        "quarantined": kept,
        "damaged": found.damaged,
        "unfinished": found.unfinished,
    }


def _path(home: Path | None) -> Path:
    return places.ledger(Path(settings_of(home).home))
