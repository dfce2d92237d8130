"""A branch whose central is played by the test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drivers.branch import Branch, event
from tests.drivers.played_central import PlayedCentral


@pytest.fixture
def central(tmp_path: Path) -> Iterator[PlayedCentral]:
    central = PlayedCentral(b"s" * 32)
    yield central
    central.close()


@pytest.fixture
def connected(branch: Branch, central: PlayedCentral) -> Branch:
    """Give a branch that knows the way to its central."""
    central.signing_secret = branch.signing.secret
    branch.move_to(central.url)
    return branch


def save(branch: Branch, *numbers: int) -> None:
    """Put events in the outbox without the cost of deriving receipts."""
    with branch.desk.ledger.atomic():
        for number in numbers:
            branch.desk.ledger.append(event(number))
            branch.desk.ledger.begin_note(f"{number:032x}", event(number), "feedback")


def ids(*numbers: int) -> list[str]:
    """Return the ids of numbered events."""
    return [event(number).id for number in numbers]


def unsent(branch: Branch) -> list[int]:
    """Return the numbers of what still waits."""
    return [each.seq for each in branch.desk.ledger.unsent()]
