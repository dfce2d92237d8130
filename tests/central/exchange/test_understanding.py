"""What is taken in is understood afterwards: once, in order, and nothing stops the rest."""

import logging
from collections.abc import Sequence

import pytest
from django.db import IntegrityError

from kiosk import wire
from kiosk.central.events.models import Event
from kiosk.central.events.queries import held
from kiosk.central.exchange import dispatch, side_effects
from kiosk.central.exchange.processing import Processed, understand, understand_all
from kiosk.central.exchange.side_effects import Received
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.receipt import State
from tests.central.knocking import PRAISE, Knocking, locator_of


def test_it_is_stored_before_anybody_has_looked_at_it(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    assert [each.verdict.value for each in kiosk.drop(event).verdicts] == ["stored"]
    assert Submission.objects.count() == 0
    assert [each.verdict.value for each in kiosk.drop(event).verdicts] == ["duplicate"]
    assert understand_all() == Processed(read=1)
    assert understand_all() == Processed()
    assert Submission.objects.count() == 1


def test_what_cannot_be_opened_at_all_is_held_at_once(kiosk: Knocking) -> None:
    events = [kiosk.event("meteor.seen", {}), kiosk.handed(PRAISE, event={"v": 2})]
    told = [(each.verdict.value, each.reason) for each in kiosk.drop(*events).verdicts]
    assert told == [("held", "unknown_type"), ("held", "unknown_version")]
    assert understand_all() == Processed()


def test_more_than_fits_at_once_is_understood_in_portions(kiosk: Knocking, tenant: Tenant) -> None:
    kiosk.drop(*(kiosk.handed(PRAISE) for _ in range(5)))
    assert understand(tenant.pk, most=3) == Processed(read=3)
    assert understand(tenant.pk, most=3) == Processed(read=2)
    changes = Submission.objects.order_by("id").values_list("change", flat=True)
    assert list(changes) == sorted(changes)
    assert len(set(changes)) == 5


def test_one_event_that_central_fails_at_stops_no_other(
    kiosk: Knocking,
    hamnen: Branch,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    poison = kiosk.handed(PRAISE)
    events = [kiosk.handed(PRAISE), poison, kiosk.handed(PRAISE)]

    def step(arrived: Sequence[Received]) -> None:
        if locator_of(poison) in {each.submission.locator for each in arrived}:
            raise ZeroDivisionError

    monkeypatch.setattr(side_effects, "received", step)
    with caplog.at_level(logging.CRITICAL, "kiosk.central.exchange.dispatch"):
        kiosk.drop(*events)
        assert understand_all() == Processed(read=3, held=1)
    assert Submission.objects.count() == 2
    assert [each.held_reason for each in held([hamnen])] == ["failed"]
    assert kiosk.verdict(poison) == ("held", "failed")


def test_what_does_not_fit_costs_the_others_nothing(
    kiosk: Knocking, hamnen: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = kiosk.handed(PRAISE)

    def step(arrived: Sequence[Received]) -> None:
        if locator_of(odd) in {each.submission.locator for each in arrived}:
            raise IntegrityError

    monkeypatch.setattr(side_effects, "received", step)
    kiosk.bring(kiosk.handed(PRAISE), odd)
    assert Submission.objects.count() == 1
    assert [each.held_reason for each in held([hamnen])] == ["does_not_fit"]


def test_whoever_acts_on_an_errand_is_told_once(
    kiosk: Knocking, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def received(arrived: Sequence[Received]) -> None:
        told.extend(f"received {each.submission.errand}" for each in arrived)

    def withdrawn(submission: Submission) -> None:
        told.append(f"withdrawn {submission.errand}")

    monkeypatch.setattr(side_effects, "received", received)
    monkeypatch.setattr(side_effects, "withdrawn", withdrawn)
    event = kiosk.handed(PRAISE)
    for each in (
        event,
        event,
        kiosk.about(wire.WITHDRAWN, event),
        kiosk.about(wire.WITHDRAWN, event),
        kiosk.about(wire.ERASED, event),
        kiosk.about(wire.ERASED, event),
    ):
        kiosk.bring(each)
    assert told == ["received feedback", "withdrawn feedback"]


def test_what_was_erased_while_it_came_leaves_nothing(kiosk: Knocking, tenant: Tenant) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.drop(event)
    kiosk.drop(kiosk.about(wire.ERASED, event))
    Event.objects.update(waiting=True)  # as if it had come after the bodies were forgotten
    understand_all()
    assert Submission.objects.count() == 0
    assert [bytes(row.body or b"") for row in Event.objects.all()] == [b"", b""]


def test_taken_back_before_and_after_in_any_order_is_taken_back(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.drop(kiosk.about(wire.WITHDRAWN, event))
    kiosk.drop(event)
    understand_all()
    assert Submission.objects.get().state == State.WITHDRAWN
    assert not Event.objects.exclude(held_reason="").exists()


def test_every_type_of_event_that_is_taken_for_known_has_a_meaning() -> None:
    assert dispatch._MEANINGS.keys() == wire.KNOWN_TYPES
