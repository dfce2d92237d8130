"""Figures that arrive are counted once, whatever way they come and however often."""

from datetime import UTC, datetime

import pytest

from kiosk import wire
from kiosk.central.events.models import Event
from kiosk.central.exchange.processing import settle
from kiosk.central.figures.models import Figure
from kiosk.central.tenants.models import Branch
from kiosk.domain.figures import Tally
from tests.central.figures.conftest import Counts
from tests.central.knocking import Knocking, id_of

HOUR = "2026-11-20T17:00Z"
SOME = (Tally(HOUR, "visit", "", "fi", 3), Tally(HOUR, "begun", "feedback", "fi", 2))


def rows() -> list[tuple[datetime, str, str, str, int]]:
    found = Figure.objects.order_by("what")
    return list(found.values_list("hour", "what", "about", "language", "many"))


def test_figures_are_kept_by_branch_hour_and_language(
    kiosk: Knocking, counts: Counts, hamnen: Branch
) -> None:
    kiosk.bring(counts(*SOME))
    at = datetime(2026, 11, 20, 17, tzinfo=UTC)
    assert rows() == [(at, "begun", "feedback", "fi", 2), (at, "visit", "", "fi", 3)]
    assert set(Figure.objects.values_list("branch", flat=True)) == {hamnen.pk}


def test_the_same_event_again_adds_nothing(kiosk: Knocking, counts: Counts) -> None:
    event = counts(*SOME)
    kiosk.bring(event)
    assert kiosk.verdict(event) == ("duplicate", "")
    stored = Event.objects.get(id=id_of(event))
    settle(stored.tenant, [stored])
    assert [each[-1] for each in rows()] == [2, 3]


def test_two_kiosks_of_one_branch_are_added_up(kiosk: Knocking, counts: Counts) -> None:
    kiosk.bring(counts(*SOME), counts(*SOME))
    assert sorted(each[-1] for each in rows()) == [2, 2, 3, 3]


def test_what_a_newer_kiosk_counts_is_kept(kiosk: Knocking, counts: Counts) -> None:
    kiosk.bring(counts(Tally(HOUR, "robot-petted", "", "", 1)))
    assert [each[1] for each in rows()] == ["robot-petted"]


@pytest.mark.parametrize("told", ["1970-01-01T00:00Z", "2199-01-01T00:00Z"])
def test_an_hour_that_cannot_be_is_the_one_in_which_it_arrived(
    kiosk: Knocking, counts: Counts, told: str
) -> None:
    kiosk.bring(counts(Tally(told, "visit")))
    (hour, *_rest) = rows()[0]
    since = datetime.now(UTC) - hour
    assert 0 <= since.total_seconds() < 2 * 3600


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (Tally(HOUR, "begun", "Anna Svensson"), "unreadable"),
        (Tally(HOUR, "Anna Svensson"), "unreadable"),
        (Tally(HOUR, "visit", "", "svenska språket"), "unreadable"),
        (Tally(HOUR, "visit", many=-3), "unreadable"),
        (Tally(HOUR, "visit", many=10**9), "unreadable"),
        (Tally("i fredags", "visit"), "bad_time"),
    ],
)
def test_what_is_no_figure_is_held_and_counted_nowhere(
    kiosk: Knocking, counts: Counts, wrong: Tally, reason: str
) -> None:
    assert kiosk.settled(counts(*SOME, wrong)) == ("held", reason)
    assert rows() == []


def test_figures_of_nobody_we_know_are_held(kiosk: Knocking, counts: Counts) -> None:
    assert kiosk.settled(counts(*SOME, branch="annanstans")) == ("held", "unknown_branch")
    assert kiosk.settled(counts(clear=b"{}")) == ("held", "unreadable")
    wrong = kiosk.event(wire.COUNTED, wire.FiguresCounted("hamnen", b"not sealed at all"))
    assert kiosk.settled(wrong) == ("held", "cannot_unseal")
