"""Sticks at the library's end: every bundle on one is taken in, and its answer put beside it."""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk import places
from kiosk.central.run.operations.ready import database, ready
from kiosk.problems import BUNDLE_WRONG_WAY, JOINING_REFUSED, NOT_A_BUNDLE, Trouble
from kiosk.wire.bundle import ANSWER_SUFFIX, MAGIC, MAX_BUNDLE_BYTES, BundleKind, parcel
from kiosk.wire.inbox import Verdict
from kiosk.wire.stick import files_beginning, read_file, write_file
from kiosk.wire.tally import BroughtTally


@dataclass(slots=True)
class Taken(BroughtTally):
    """What came of the bundles on one stick; its sums are the keys of `kiosk sync --json`."""

    files: list[dict[str, Any]] = field(default_factory=list)
    """Each file with its answer, or with its problem."""


def bundle(source: Path, target: Path, code: str = "") -> Taken:
    """Take in the bundle *source*, or every bundle in that folder, and write answers to *target*.

    *code* is the one-time code of a kiosk that asks to join. In a folder one bad file stops no
    other, and who asks to join without a code waits. Raises Trouble: CENTRAL_NOT_READY,
    DATABASE_BROKEN, and for a single file whatever is wrong with it.
    """
    ready()
    taken = Taken()
    with database(places.central_home()):
        if source.is_dir():
            _folder(source, target, code, taken)
        else:
            into = target / (source.stem + ANSWER_SUFFIX) if target.is_dir() else target
            _answer(source, into, code, taken)
    return taken


def _folder(source: Path, target: Path, code: str, taken: Taken) -> None:
    """Answer every bundle in a folder. Raises Trouble (NOT_A_BUNDLE) when there is none."""
    asking: list[tuple[str, Trouble]] = []
    for each in files_beginning(source, MAGIC):
        into = target / (each.stem + ANSWER_SUFFIX)
        try:
            if not _was_let_in(each, into, taken):
                _answer(each, into, code, taken)
        except Trouble as trouble:
            if trouble.problem is JOINING_REFUSED:
                asking.append((each.name, trouble))
            elif trouble.problem is not BUNDLE_WRONG_WAY:  # an answer lies on the stick as well
                _note(each.name, trouble, taken)
    served = any("device" in told for told in taken.files) if code else bool(taken.files)
    for name, refusal in asking:
        if served:  # its code comes another time
            taken.files.append({"file": name, "waits": refusal.remedy})
        else:
            _note(name, refusal, taken)
    if not taken.files:
        raise Trouble(NOT_A_BUNDLE, path=source, why="there is no bundle in this folder")


def _note(name: str, trouble: Trouble, taken: Taken) -> None:
    told = {"error": trouble.problem.code, "remedy": trouble.remedy}
    taken.files.append({"file": name, **told})
    if not taken.error:
        taken.error, taken.remedy = told["error"], f"{name}: {told['remedy']}"


def _was_let_in(source: Path, target: Path, taken: Taken) -> bool:
    """Tell whether *source* asks to join and *target* is its answer: then nothing is left to do."""
    asked = parcel(read_file(source, MAX_BUNDLE_BYTES), str(source))
    if asked.head.kind is not BundleKind.JOIN or not target.is_file():
        return False
    with contextlib.suppress(Trouble):  # whatever else lies there is no answer to it
        there = parcel(read_file(target, MAX_BUNDLE_BYTES), str(target)).head
        if there.kind is BundleKind.JOINED and there.answers == asked.digest:
            taken.files.append({"file": source.name, "answer": target.name, "before": True})
            return True
    return False


def _answer(source: Path, target: Path, code: str, taken: Taken) -> None:
    file = read_file(source, MAX_BUNDLE_BYTES)
    answering = _let_in if parcel(file, str(source)).head.kind is BundleKind.JOIN else _take_in
    answer, told = answering(file, code, taken)
    write_file(target, answer)
    taken.files.append({"file": source.name, "answer": target.name, **told})


def _let_in(file: bytes, code: str, _taken: Taken) -> tuple[bytes, dict[str, Any]]:
    from kiosk.central.exchange.joining import let_in

    if not code:
        raise Trouble(
            JOINING_REFUSED,
            why="it asks to join, and that takes its one-time code",
            remedy="Run again with --code CODE",
        )
    device, answer = let_in(file, code)
    return answer, {"branch": device.branch.key, "device": str(device.pk), "number": 0, "events": 0}


def _take_in(file: bytes, _code: str, taken: Taken) -> tuple[bytes, dict[str, Any]]:
    from kiosk.central.exchange import bundles

    answered = bundles.answer(file)
    taken.count({Verdict(each): many for each, many in answered.verdicts.items()})
    taken.content = answered.content
    return answered.file, {
        "branch": answered.device.branch.key,
        "number": answered.number,
        "events": answered.events,
    }
