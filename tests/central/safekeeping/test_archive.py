"""The file of a backup: whole and ours, or refused."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import seal
from kiosk.central.safekeeping import archive
from kiosk.central.safekeeping.archive import ArchivedLibrary, ArchiveHeader, Table
from kiosk.problems import BACKUP_NEWER, NOT_A_BACKUP, Trouble

OURS, THEIRS, SEALING = seal.new_signing_pair(), seal.new_signing_pair(), seal.new_sealing_pair()
SECRETS = {"raseborg": OURS.secret}
TABLES = (
    Table("event", (("id", "uuid"), ("body", "bytes"))),
    Table("branch", (("name", "plain"),)),
)
HEADER = ArchiveHeader(
    archive.FORMAT,
    "0.1.0",
    "2026-11-24T12:00:00+00:00",
    (ArchivedLibrary("raseborg", OURS.public, SEALING.public),),
    TABLES,
    (("intake", "0001_initial"),),
)
ROWS: list[tuple[int, list[archive.Row]]] = [
    (0, [[bytes(16), b"\x00\xff" * 40], [b"1" * 16, None]]),
    (0, [[b"2" * 16, b"sealed"]]),
    (1, [["Ekenäs"], ["Karis \U0001f4da"]]),
]


def written(path: Path, header: ArchiveHeader = HEADER, secrets: archive.Secrets = SECRETS) -> Path:
    with path.open("wb") as file:
        writer = archive.Writer(file, header)
        for table, rows in ROWS:
            writer.add(table, rows)
        writer.end(secrets)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return written(tmp_path_factory.mktemp("archive") / "whole").read_bytes()


def refused(path: Path, body: bytes) -> str:
    path.write_bytes(body)
    with pytest.raises(Trouble) as told:
        archive.verify(path, SECRETS)
    assert told.value.problem in {NOT_A_BACKUP, BACKUP_NEWER}
    return told.value.remedy


def test_nobody_waits_at_a_pipe_in_place_of_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for where in (tmp_path / "pipe", tmp_path):
        with pytest.raises(Trouble) as told:
            archive.look(where)
        assert told.value.problem is NOT_A_BACKUP


def test_every_row_comes_back_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path / "backup")
    assert archive.look(path) == archive.verify(path, SECRETS)[0] == HEADER
    assert list(archive.rows(path, HEADER)) == ROWS


@settings(max_examples=300)
@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, at: float, bit: int
) -> None:
    body = bytearray(whole)
    body[int(at * len(body))] ^= 1 << bit
    refused(tmp_path_factory.getbasetemp() / "flipped", bytes(body))


def test_any_piece_of_it_is_refused(tmp_path: Path, whole: bytes) -> None:
    for length in range(len(whole)):
        refused(tmp_path / "torn", whole[:length])


@given(more=st.binary(min_size=1, max_size=200))
def test_anything_behind_it_is_refused(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, more: bytes
) -> None:
    refused(tmp_path_factory.getbasetemp() / "longer", whole + more)


def test_another_librarys_backup_is_refused_and_named(tmp_path: Path) -> None:
    path = written(tmp_path / "backup", secrets={"raseborg": THEIRS.secret})
    with pytest.raises(Trouble, match="not signed with the keys of raseborg"):
        archive.verify(path, SECRETS)


def test_a_newer_backup_says_to_update_the_program(tmp_path: Path, whole: bytes) -> None:
    newer = whole.replace(b'"format":1,"program":"0.1.0"', b'"format":2,"program":"9.0.0"')
    assert "made by a newer version (9.0.0)" in refused(tmp_path / "newer", newer)


def test_no_other_file_is_a_backup(tmp_path: Path) -> None:
    for body in (
        b"",
        b"SQLite format 3\x00" * 100,
        b"kiosk-backup",
        archive.MAGIC,
        b"\x00" * 9_999,
    ):
        assert "Nothing was changed" in refused(tmp_path / "other", body)
    with pytest.raises(Trouble, match="No such file"):
        archive.look(tmp_path / "nowhere")


def test_counts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "short"
    with path.open("wb") as file:
        writer = archive.Writer(file, HEADER)
        writer.add(0, [[bytes(16), None]])
        writer.counts[0] = 2
        writer.end(SECRETS)
    with pytest.raises(Trouble, match="does not hold what it says"):
        list(archive.rows(path, archive.verify(path, SECRETS)[0]))
