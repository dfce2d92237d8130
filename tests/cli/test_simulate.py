"""`kiosk central simulate`: a fleet through the real client code, counted in central's tables."""

from collections.abc import Iterator

import pytest

from tests.drivers.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Give a central that runs."""
    library = Library(tmp_path_factory.mktemp("library")).set_up().start()
    yield library
    library.stop()


def simulate(library: Library, *more: str) -> tuple[str, ...]:
    """Return the words of a small simulation."""
    kiosks = ("--kiosks", "4", "--submissions", "9", "--within", "0.5")
    return ("central", "simulate", "--json", "--central", library.url, *kiosks, *more)


def simulated(library: Library) -> list[str]:
    """Return where everything simulated that is at central was handed in."""
    return [row["branch"] for row in library.exported() if row["branch"].startswith("simulation")]


def test_everything_a_simulated_fleet_hands_in_over_a_bad_network_arrives_once(
    library: Library,
) -> None:
    told = library.kiosk(*simulate(library, "--faults", "3", "--keep", "--yes"))
    assert told.code == 0, told.err
    assert {name: told.json[name] for name in ("accepted", "lost", "doubled")} == {
        "accepted": 9,
        "lost": 0,
        "doubled": 0,
    }
    assert told.json["per_s"] > 0
    assert told.json["p99_ms"] >= told.json["p50_ms"] > 0
    assert len(simulated(library)) == 9


def test_no_simulation_keeps_real_visitors_waiting_or_leaves_anything_among_theirs(
    library: Library,
) -> None:
    library.enrol().hand_in("feedback", {"about": "other"})
    assert library.kiosk("sync", "--json").code == 0
    refused = library.kiosk(*simulate(library))
    assert (refused.code, refused.json["error"]) == (2, "C07")
    told = library.kiosk(*simulate(library, "--yes", "--sign-ups"))
    assert (told.code, told.json.get("accepted")) == (0, 9), told.err
    assert simulated(library) == []
    assert len(library.exported()) == 1


def test_a_central_that_does_not_run_is_told_of(library: Library) -> None:
    told = library.kiosk(*simulate(library, "--yes", "--central", "http://127.0.0.1:9"))
    assert (told.code, told.json["error"]) == (3, "S22")
