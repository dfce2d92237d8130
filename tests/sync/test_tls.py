"""TLS: who is trusted, and what a kiosk with a broken clock may still do."""

import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import trustme

from kiosk import wire
from kiosk.problems import NOT_CENTRAL, UNREACHABLE, UNTRUSTED
from kiosk.sync.outcome import ExchangeOutcome
from tests.drivers.branch import Branch
from tests.drivers.played_central import PlayedCentral, html, refusing
from tests.sync.conftest import save, unsent

CA = trustme.CA()
ANOTHER_CA = trustme.CA()
Listen = Callable[..., PlayedCentral]

PAST = {
    "not_before": datetime(2020, 1, 1, tzinfo=UTC),
    "not_after": datetime(2021, 1, 1, tzinfo=UTC),
}
FUTURE = {
    "not_before": datetime(2040, 1, 1, tzinfo=UTC),
    "not_after": datetime(2041, 1, 1, tzinfo=UTC),
}


@pytest.fixture
def ca_file(tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    CA.cert_pem.write_to_path(str(path))
    return str(path)


@pytest.fixture
def listen(branch: Branch) -> Iterator[Listen]:
    """Give a way to let central listen with a certificate; the branch knows the way there."""
    centrals = []

    def listen(
        issuer: trustme.CA = CA, name: str = "localhost", **dates: datetime
    ) -> PlayedCentral:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        issuer.issue_cert(name, **dates).configure_cert(context)  # type: ignore[arg-type]
        central = PlayedCentral(branch.signing.secret, context)
        centrals.append(central)
        branch.move_to(central.url)
        return central

    yield listen
    for each in centrals:
        each.close()


def brought(branch: Branch, ca_file: str) -> ExchangeOutcome:
    """Hand one event in and exchange."""
    save(branch, 1)
    return branch.exchange(ca_file=ca_file).run()


def asked(central: PlayedCentral) -> list[str]:
    """Return what central has been asked, without nonces."""
    return [each.path.removeprefix(f"{wire.ROOT}/").partition("?")[0] for each in central.heard]


def test_a_trusted_certificate_lets_everything_through(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    central = listen()
    assert brought(branch, ca_file).stored == 1
    assert asked(central) == ["inbox"]


@pytest.mark.parametrize(
    ("issuer", "name"),
    [(CA, "elsewhere.example"), (ANOTHER_CA, "localhost")],
    ids=["wrong host", "wrong issuer"],
)
@pytest.mark.parametrize("dates", [{}, PAST, FUTURE], ids=["today", "expired", "not yet valid"])
def test_a_certificate_of_somebody_else_is_not_told_anything(
    branch: Branch,
    ca_file: str,
    listen: Listen,
    issuer: trustme.CA,
    name: str,
    dates: dict[str, datetime],
) -> None:
    central = listen(issuer, name, **dates)
    outcome = brought(branch, ca_file)
    assert (outcome.error, outcome.pending, outcome.reached) == (UNTRUSTED.code, 1, False)
    assert "ca_file" in outcome.remedy
    assert central.heard == []


def test_what_the_system_does_not_trust_is_not_trusted_without_a_ca_file(
    branch: Branch, listen: Listen
) -> None:
    central = listen()
    assert brought(branch, "").error == UNTRUSTED.code
    assert central.heard == []


@pytest.mark.parametrize(
    ("dates", "now"),
    [(PAST, "2020-06-01T12:00:00+00:00"), (FUTURE, "2040-06-01T12:00:00+00:00")],
    ids=["the kiosk's clock runs ahead", "the kiosk's clock is behind"],
)
def test_a_kiosk_whose_clock_is_wrong_asks_the_time_and_goes_on(
    branch: Branch, ca_file: str, listen: Listen, dates: dict[str, datetime], now: str
) -> None:
    central = listen(**dates)
    central.now = now
    central.told = {"server_time": now}
    exchange = branch.exchange(ca_file=ca_file)
    save(branch, 1)
    assert exchange.run().stored == 1
    assert asked(central) == ["time", "inbox"]
    branch.world.later(minutes=1)
    assert exchange.run().reached
    assert asked(central) == ["time", "inbox", "inbox"]
    assert branch.desk.ledger.told
    assert branch.desk.ledger.told.server.isoformat() == now


def test_a_certificate_that_has_really_expired_is_refused_for_all_but_the_time(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    central = listen(**PAST)
    outcome = brought(branch, ca_file)
    assert (outcome.error, outcome.pending) == (UNTRUSTED.code, 1)
    assert "has expired on Jan  1" in outcome.remedy
    assert asked(central) == ["time"]


def test_a_certificate_that_is_really_not_yet_valid_is_refused_for_all_but_the_time(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    central = listen(**FUTURE)
    outcome = brought(branch, ca_file)
    assert (outcome.error, unsent(branch)) == (UNTRUSTED.code, [1])
    assert "is not valid before Jan  1" in outcome.remedy
    assert asked(central) == ["time"]


def test_the_clock_is_not_set_by_somebody_else(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    central = listen(**FUTURE)
    central.now = "2040-06-01T12:00:00+00:00"
    central.signing_secret = b"x" * 32
    assert brought(branch, ca_file).error == NOT_CENTRAL.code
    assert branch.desk.ledger.told is None
    assert asked(central) == ["time"]


def test_the_clock_is_not_set_by_an_old_answer(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    central = listen(**FUTURE)
    told = wire.TimeTold("another nonce", "2040-06-01T12:00:00+00:00")
    central.plays = [lambda central, heard: central.signed(wire.encode(told), heard.path)]
    assert brought(branch, ca_file).error == NOT_CENTRAL.code
    central.plays = [
        lambda central, heard: central.signed(
            wire.encode(wire.TimeTold(heard.path.partition("=")[2], "2040-06-01T12:00:00")),
            heard.path,
        )
    ]
    assert branch.exchange(ca_file=ca_file).run().error == NOT_CENTRAL.code
    central.plays = [html]
    assert branch.exchange(ca_file=ca_file).run().error == NOT_CENTRAL.code
    central.plays = [refusing(429, "too_often")]
    assert branch.exchange(ca_file=ca_file).run().error == "too_often"
    assert branch.desk.ledger.told is None
    assert unsent(branch) == [1]


def test_a_server_that_speaks_no_tls_is_not_reached(
    branch: Branch, central: PlayedCentral, ca_file: str
) -> None:
    branch.move_to(central.url.replace("http://127.0.0.1", "https://localhost"))
    assert brought(branch, ca_file).error == UNREACHABLE.code
    assert central.heard == []


def test_a_redirection_to_plain_http_is_not_followed(
    branch: Branch, ca_file: str, listen: Listen
) -> None:
    visited = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            visited.append(self.path)

        do_POST = do_GET  # noqa: N815 - http.server names it

    with HTTPServer(("127.0.0.1", 0), Listening) as plain:
        threading.Thread(target=plain.serve_forever, args=(0.02,), daemon=True).start()
        central = listen()
        address = f"http://127.0.0.1:{plain.server_address[1]}/sync/1/inbox"
        for status in (301, 302, 307, 308):
            central.plays = [refusing(status, "moved", Location=address)]
            assert branch.exchange(ca_file=ca_file).run().error == NOT_CENTRAL.code
        plain.shutdown()
    assert visited == []
