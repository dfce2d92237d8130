"""A central that is set up once, and everything a schedule needs."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.drivers import postgres
from tests.drivers.library import Library
from tests.faults.exchange.central import Central
from tests.faults.exchange.kiosk import quick_receipts
from tests.faults.exchange.orders import Program
from tests.faults.exchange.schedule import NO_EMPHASIS, Emphasis, Schedule, Tally

Play = Callable[..., Tally]


class Stage:
    """Where schedules are played."""

    def __init__(self, folder: Path, database: str = "", workers: int = 1) -> None:
        """Start the central that is set up in *folder*, and a kiosk that dies."""
        self.folder = folder
        self.central = Central(folder / "central", database, workers)
        self.stand_in = Program("tests.faults.exchange.kiosk_end", {}, folder / "kiosk.log")

    def play(
        self, seed: int, actions: int, emphasis: Emphasis = NO_EMPHASIS, without: str = ""
    ) -> Tally:
        """Play one schedule, perhaps without one rule."""
        self.central.leave_out(without)
        folder = self.folder / f"schedule-{seed}"
        with quick_receipts():
            tally = Schedule(seed, self.central, self.stand_in, folder, emphasis, without).play(
                actions
            )
        shutil.rmtree(folder)
        return tally

    def close(self) -> None:
        """End all of it."""
        self.stand_in.close()
        self.central.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Set a central up, once."""
    return Library(tmp_path_factory.mktemp("template")).set_up().folder / "central"


@contextmanager
def _stage(template: Path, folder: Path) -> Iterator[Stage]:
    shutil.copytree(template, folder / "central")
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.close()


@pytest.fixture(scope="session")
def stage(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give one central for many short schedules."""
    with _stage(template, tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture
def fresh_stage(template: Path, tmp_path: Path) -> Iterator[Stage]:
    """Give a central of its own."""
    with _stage(template, tmp_path) as stage:
        yield stage


@pytest.fixture
def stage_on_postgresql(tmp_path: Path) -> Iterator[Stage]:
    """Give a central of two serving processes on PostgreSQL."""
    database = postgres.fresh()
    Library(tmp_path, database=database).set_up()
    stage = Stage(tmp_path, database, workers=2)
    try:
        yield stage
    finally:
        stage.close()
