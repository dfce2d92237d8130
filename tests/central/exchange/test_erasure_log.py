"""The erasure log outside the database: what it says was erased never comes back."""

import multiprocessing
import stat
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk import wire
from kiosk.central.events import erasure_log
from kiosk.central.events.erasure_log import ErasureEntry
from kiosk.central.events.models import Erasure, Event
from kiosk.central.exchange import erasure
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from tests.central.knocking import PRAISE, Knocking, id_of

AT = datetime(2026, 11, 24, 12, 30, 15, 250_000, tzinfo=UTC)


def line(number: int) -> ErasureEntry:
    return ErasureEntry("raseborg", UUID(int=number), AT)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "erasures.log"


def test_every_erasure_is_found_again_in_order(log: Path) -> None:
    erasure_log.note([line(2)], log)
    erasure_log.note([line(1), line(3)], log)
    assert list(erasure_log.read(log)) == [line(2), line(1), line(3)]
    assert not log.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_no_log_is_no_erasure(log: Path) -> None:
    assert list(erasure_log.read(log)) == []
    assert erasure_log.damaged(log) == 0


@given(keep=st.integers(0, 10_000))
@example(keep=len(line(2).frozen()) - 1)
def test_a_line_that_a_power_cut_tore_harms_no_other(
    tmp_path_factory: pytest.TempPathFactory, keep: int
) -> None:
    log = tmp_path_factory.mktemp("torn") / "erasures.log"
    erasure_log.note([line(1)], log)
    before = log.stat().st_size
    torn = line(2).frozen()
    with log.open("ab") as file:
        file.write(torn[: keep % len(torn)])
    erasure_log.note([line(3)], log)
    whole = keep % len(torn) == len(torn) - 1  # nothing but its end is missing
    expected = [line(1), line(2), line(3)] if whole else [line(1), line(3)]
    assert list(erasure_log.read(log)) == expected
    assert log.read_bytes()[:before] == line(1).frozen()


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_erases_nobody_else(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    log = tmp_path_factory.mktemp("flipped") / "erasures.log"
    erasure_log.note([line(1), line(2), line(3)], log)
    body = bytearray(log.read_bytes())
    body[at % len(body)] ^= 1 << bit
    log.write_bytes(body)
    assert set(erasure_log.read(log)) < {line(1), line(2), line(3)}
    assert erasure_log.damaged(log) or not body.endswith(b"\n")


def _note_many(log: Path, first: int) -> None:
    for number in range(first, first + 40):
        erasure_log.note([line(number)], log)


def test_several_processes_write_whole_lines(log: Path) -> None:
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_note_many, args=(log, 100 * each)) for each in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(30)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    assert len(set(erasure_log.read(log))) == 120
    assert erasure_log.damaged(log) == 0


def test_what_a_visitor_erases_is_in_the_log_with_its_date(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    kiosk.bring(kiosk.about(wire.ERASED, event))
    told = {each.id: each for each in erasure_log.read()}[UUID(id_of(event))]
    assert told.at == Erasure.objects.get().at
    assert PRAISE["words"].encode() not in erasure_log.log_file().read_bytes()


def test_nothing_is_erased_when_the_log_cannot_be_written(
    kiosk: Knocking, tenant: Tenant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    monkeypatch.setattr(erasure_log, "log_file", lambda: tmp_path)
    with pytest.raises(OSError, match="directory"):
        erasure.erase(tenant, UUID(id_of(event)), AT)
    assert Submission.objects.count() == 1


def test_what_the_database_has_forgotten_is_erased_again(kiosk: Knocking, tenant: Tenant) -> None:
    event, stays = kiosk.handed(PRAISE), kiosk.handed(PRAISE)
    kiosk.bring(event, stays)
    gone = ErasureEntry(tenant.key, UUID(id_of(event)), AT)
    elsewhere = ErasureEntry("another", uuid4(), AT)
    assert erasure.replay([gone, elsewhere, gone]) == 1
    assert erasure.replay([gone, elsewhere, gone]) == 0
    assert str(Submission.objects.get().pk) == id_of(stays)
    assert Event.objects.get(id=id_of(event)).body is None
    assert (Erasure.objects.get().at, kiosk.verdict(event)[0]) == (AT, "erased")
    assert kiosk.bring().erase == [id_of(event)]


def test_what_was_erased_in_a_lost_life_is_told_though_nobody_brings_it_any_more(
    kiosk: Knocking, tenant: Tenant
) -> None:
    # its own kiosk has nothing of it left; another at the branch has heard of it before the restore
    lost, elsewhere = uuid4(), Knocking().join(Branch.objects.get(key="kvarnby"))
    event = elsewhere.handed(PRAISE, branch="kvarnby")
    elsewhere.bring(event)
    erasure.replay([ErasureEntry(tenant.key, each, AT) for each in (lost, UUID(id_of(event)))])
    assert kiosk.bring().erase == [str(lost)]
    assert elsewhere.bring().erase == [str(lost), id_of(event)]
