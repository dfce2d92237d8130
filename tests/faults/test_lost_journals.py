"""A journal emptied, zeroed, cut or garbled at its head: what was in it is there, or is counted."""

import random
from pathlib import Path

import pytest

from kiosk.store import recovery
from kiosk.store.inspection import inspected
from kiosk.store.mark import NO_MARK, mark_path
from kiosk.store.storage import DurableStorage
from kiosk.store.table import DurableTinyDB
from tests.faults.campaign import JOURNAL_BYTES, PATH
from tests.faults.memory_disk import MemoryDisk

Files = dict[str, bytes]
HOWS = ["emptied", "zeroed", "missing", "cut", "head 1", "head 2", "head 6"]


def saved(many: int, checkpoint_after: int = 0) -> Files:
    """Return the files of a program killed after *many* saves, of which none has ended in order."""
    disk = MemoryDisk()
    db = DurableTinyDB(PATH, disk=disk, journal_bytes=JOURNAL_BYTES)
    for number in range(1, many + 1):
        db.insert({"id": number})
        if number == checkpoint_after:
            db.storage.checkpoint()  # type: ignore[attr-defined]
        if number % 3 == 0:
            db.storage.prepare()  # type: ignore[attr-defined]
    return disk.contents()


def journals(files: Files) -> list[str]:
    """List the journals, the newest last."""
    return sorted((n for n in files if ".wal." in n), key=lambda n: int(n.rpartition(".")[2]))


def newest(files: Files) -> str:
    """Return the journal that was written to last."""
    return [name for name in journals(files) if files[name].strip(b"\0")][-1]


def damaged(files: Files, name: str, how: str) -> Files:
    """Damage one journal."""
    body, word = files[name], how.partition(" ")[0]
    if word == "missing":
        return {each: kept for each, kept in files.items() if each != name}
    blocks = int(how.rpartition(" ")[2]) if word == "head" else 0
    garbage = random.Random(blocks).randbytes(4096 * blocks)
    change = {"emptied": b"", "zeroed": bytes(len(body)), "cut": body[: 4096 * 3]}
    return files | {name: change.get(word, garbage + body[len(garbage) :])}


def numbers(files: Files) -> tuple[set[int], DurableStorage]:
    """Open the files as the program would; return what is there."""
    storage = DurableStorage(PATH, MemoryDisk(files), JOURNAL_BYTES)
    rows = (storage.read() or {}).get("_default", {}).values()
    return {row["id"] for row in rows}, storage


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize(("many", "checkpoint"), [(2, 0), (5, 3), (20, 0), (40, 1), (24, 17)])
def test_what_was_in_a_journal_is_there_or_its_loss_is_counted(
    how: str, many: int, checkpoint: int
) -> None:
    files = saved(many, checkpoint)
    assert numbers(files)[0] == set(range(1, many + 1))
    broken = damaged(files, newest(files), how)
    found, _ = inspected(PATH, MemoryDisk(broken))
    there, storage = numbers(broken)
    gone = many - len(there)
    assert storage.findings.saves_lost >= gone
    assert found.saves_lost == storage.findings.saves_lost
    assert gone == 0 or "lost" in storage.findings.told
    if how.startswith("head") and many > 4:
        assert gone <= 3, "what lies behind the damage is read"
    again, after = numbers(storage._disk.contents())  # type: ignore[attr-defined]
    assert again == there
    assert after.findings.harmless


def test_no_number_is_used_twice_after_a_loss() -> None:
    files = saved(20)
    _, storage = numbers(damaged(files, newest(files), "emptied"))
    assert storage.sequence == 20


def test_with_every_file_gone_but_the_mark_all_saves_are_counted() -> None:
    mark = {mark_path(PATH).name: saved(9)[mark_path(PATH).name]}
    there, storage = numbers(mark)
    assert (there, storage.findings.saves_lost) == (set(), 9)
    assert storage.findings.kept
    assert storage.findings.kept.name.startswith("lost-")


def test_without_the_mark_an_emptied_journal_would_pass_for_a_spare(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recovery, "read_mark", lambda body: NO_MARK)
    silent = []
    for many in range(2, 30):
        files = saved(many)
        there, storage = numbers(damaged(files, newest(files), "emptied"))
        silent += [many] if len(there) < many and not storage.findings.loses else []
    assert silent


@pytest.mark.parametrize("body", [b"", b"\0" * 512, b"\x93kiosk at" + b"x" * 503])
def test_a_damaged_mark_tells_nothing_and_stops_nothing(body: bytes) -> None:
    files = saved(9) | {mark_path(PATH).name: body}
    there, storage = numbers(files)
    assert len(there) == 9
    assert storage.findings.harmless


def test_a_mark_of_another_ledger_is_not_believed() -> None:
    files = saved(3) | {mark_path(PATH).name: saved(9)[mark_path(PATH).name]}
    assert numbers(files)[1].findings.harmless


def test_a_save_never_fails_for_its_mark(tmp_path: Path) -> None:
    mark_path(tmp_path / "kiosk.json").mkdir()
    db = DurableTinyDB(tmp_path / "kiosk.json", journal_bytes=JOURNAL_BYTES)
    db.insert({"id": 1})
    db.close()
