"""Sticks at the library's end: every bundle on one is taken in, and its answer put beside it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.central.operations.ready import database, ready
from kiosk.problems import BUNDLE_WRONG_WAY, JOINING_REFUSED, NOT_A_BUNDLE, Trouble
from kiosk.wire.bundle import ANSWER_SUFFIX, MAGIC, MAX_BUNDLE_BYTES, Kind, parcel
from kiosk.wire.stick import files_beginning, read_file, write_file


@dataclass(slots=True)
class Taken:
    """What came of the bundles on one stick; its sums are the keys of `kiosk sync --json`."""

    sent: int = 0
    """Events that the bundles brought."""
    stored: int = 0
    duplicate: int = 0
    held: int = 0
    conflict: int = 0
    refused: int = 0
    pending: int = 0
    """Always 0: central keeps nobody waiting."""
    purged: int = 0
    """Always 0: only kiosks purge."""
    content: str = "unchanged"
    """Version of the content that goes back."""
    error: str = ""
    """Code of the first problem."""
    remedy: str = ""
    """What a technician does about it."""
    files: list[dict[str, Any]] = field(default_factory=list)
    """Each file with its answer, or with its problem."""


def bundle(source: Path, target: Path, code: str = "") -> Taken:
    """Take in the bundle *source*, or every bundle in that folder, and write answers to *target*.

    *code* is the one-time code of a kiosk that asks to join. In a folder one bad file stops no
    other. Raises Trouble: CENTRAL_NOT_READY, DATABASE_BROKEN,
    and for a single file whatever is wrong with it.
    """
    ready()
    taken = Taken()
    with database(places.central_home()):
        if not source.is_dir():
            into = target / (source.stem + ANSWER_SUFFIX) if target.is_dir() else target
            _answer(source, into, code, taken)
            return taken
        for each in files_beginning(source, MAGIC):
            try:
                _answer(each, target / (each.stem + ANSWER_SUFFIX), code, taken)
            except Trouble as trouble:
                if trouble.problem is BUNDLE_WRONG_WAY:  # an answer lies on the stick as well
                    continue
                told = {"error": trouble.problem.code, "remedy": trouble.remedy}
                taken.files.append({"file": each.name, **told})
                if not taken.error:
                    taken.error, taken.remedy = told["error"], f"{each.name}: {told['remedy']}"
    if not taken.files:
        raise Trouble(NOT_A_BUNDLE, path=source, why="there is no bundle in this folder")
    return taken


def _answer(source: Path, target: Path, code: str, taken: Taken) -> None:
    file = read_file(source, MAX_BUNDLE_BYTES)
    answering = _let_in if parcel(file, str(source)).head.kind is Kind.JOIN else _take_in
    answer, told = answering(file, code, taken)
    write_file(target, answer)
    taken.files.append({"file": source.name, "answer": target.name, **told})


def _let_in(file: bytes, code: str, _taken: Taken) -> tuple[bytes, dict[str, Any]]:
    from kiosk.central.intake.joining import let_in

    if not code:
        raise Trouble(
            JOINING_REFUSED,
            why="it asks to join, and that takes its one-time code",
            remedy="Run again with --code CODE",
        )
    device, answer = let_in(file, code)
    return answer, {"branch": device.branch.key, "device": str(device.pk), "number": 0, "events": 0}


def _take_in(file: bytes, _code: str, taken: Taken) -> tuple[bytes, dict[str, Any]]:
    from kiosk.central.intake import bundles

    answered = bundles.answer(file)
    taken.sent += answered.events
    for verdict, many in answered.verdicts.items():
        if hasattr(taken, verdict):
            setattr(taken, verdict, getattr(taken, verdict) + many)
    taken.content = answered.content
    return answered.file, {
        "branch": answered.device.branch.key,
        "number": answered.number,
        "events": answered.events,
    }
