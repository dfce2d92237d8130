"""Central is not served to other machines in plain HTTP unless somebody says so."""

import signal
from pathlib import Path

import pytest

from tests.drivers.library import Library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(tmp_path_factory.mktemp("library")).set_up()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_other_machines_are_not_let_in_over_plain_http(library: Library, host: str) -> None:
    told = library.kiosk("central", "serve", "--host", host, "--port", "0", "--json")
    assert told.code == 2
    for words in ("plain HTTP", "--in-the-clear", "proxy = true"):
        assert words in told.err


@pytest.mark.parametrize("how", ["said", "behind a proxy"])
def test_it_is_served_where_somebody_says_so(library: Library, how: str) -> None:
    settings = Path(library.folder / "central" / "central.toml")
    settings.write_text("proxy = true" if how == "behind a proxy" else "", encoding="utf-8")
    more = ("--in-the-clear",) if how == "said" else ()
    library.start("--host", "0.0.0.0", *more)
    library.stop(signal.SIGTERM)
