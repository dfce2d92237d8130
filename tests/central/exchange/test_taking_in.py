"""Taking in what kiosks bring: one verdict per event, nothing lost and nothing doubled."""

import gzip
from typing import Any

import pytest

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Conflict, Erasure, Event
from kiosk.central.events.queries import held
from kiosk.central.programme.models import Task, Workshop
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.receipt import State
from tests.central.knocking import PRAISE, Knocking, id_of, locator_of


def test_an_errand_that_arrives_is_opened_and_waits_for_staff(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    assert kiosk.verdict(event) == ("stored", "")
    submission = Submission.objects.get()
    assert str(submission.pk) == id_of(event)
    assert submission.answers == PRAISE
    assert (submission.errand, submission.branch.key, submission.state) == (
        "feedback",
        "hamnen",
        State.SENT,
    )
    assert bytes(Event.objects.get().body or b"") == event


def test_the_same_event_again_is_a_duplicate_and_stays_one(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    assert kiosk.verdict(event)[0] == "stored"
    assert kiosk.verdict(event)[0] == "duplicate"
    assert Submission.objects.count() == Event.objects.count() == 1


def test_other_bytes_under_the_same_id_are_a_conflict_and_both_are_kept(kiosk: Knocking) -> None:
    first = kiosk.handed(PRAISE)
    told: dict[str, Any] = {"locator": locator_of(first), "event": {"id": id_of(first)}}
    second = kiosk.handed({"about": "hours"}, **told)
    assert kiosk.verdict(first)[0] == "stored"
    assert kiosk.verdict(second)[0] == kiosk.verdict(second)[0] == "conflict"
    assert bytes(Conflict.objects.get().body) == second
    assert Submission.objects.get().answers == PRAISE


def test_two_kiosks_may_use_the_same_sequence_number(kiosk: Knocking, hamnen: Branch) -> None:
    other = Knocking().join(hamnen)
    assert kiosk.verdict(kiosk.handed(PRAISE))[0] == "stored"
    assert other.verdict(other.handed(PRAISE))[0] == "stored"


def test_an_event_twice_in_one_batch_is_stored_once(kiosk: Knocking) -> None:
    event = kiosk.handed(PRAISE)
    answer = kiosk.bring(event, event)
    assert [judged.verdict for judged in answer.verdicts] == [wire.Verdict.STORED] * 2
    assert Submission.objects.count() == 1


def test_an_errand_that_central_does_not_know_is_stored_whole(kiosk: Knocking) -> None:
    answers = {"colour": "grön", "list": [1, {"deep": True}]}
    assert kiosk.verdict(kiosk.handed(answers, "wish-from-2031"))[0] == "stored"
    assert Submission.objects.get().answers == answers


def test_what_is_not_understood_is_held_raw_with_its_reason(
    kiosk: Knocking, hamnen: Branch
) -> None:
    events = {
        "unknown_version": kiosk.handed(PRAISE, event={"v": 2}),
        "unknown_type": kiosk.event("submission.praised", {}),
        "cannot_unseal": kiosk.handed(PRAISE, sealing_key=b"x" * 32),
        "unknown_branch": kiosk.handed(PRAISE, branch="atlantis"),
        "unknown_workshop": kiosk.handed(PRAISE, workshop="w-unknown"),
        "bad_time": kiosk.handed(PRAISE, event={"captured_at": "yesterday"}),
        "answers: about not_a_choice": kiosk.handed({"about": "the moon"}),
        "unreadable": kiosk.event("feedback.submitted", {"errand": "feedback"}),
    }
    for reason, event in events.items():
        assert kiosk.settled(event) == ("held", reason)
    assert Submission.objects.count() == 0
    assert {bytes(row.body or b"") for row in held([hamnen])} == set(events.values())


def test_an_event_that_cannot_be_kept_is_refused(kiosk: Knocking) -> None:
    big = kiosk.event("feedback.submitted", {"fill": "x" * wire.MAX_EVENT_BYTES})
    assert kiosk.verdict(big) == ("refused", "too_large")
    assert kiosk.verdict(kiosk.handed(PRAISE, event={"id": "1"})) == ("refused", "bad_id")
    assert kiosk.verdict(b"[1]") == ("refused", "no_id")
    assert Event.objects.count() == 0


def test_one_event_that_makes_no_sense_costs_the_others_nothing(kiosk: Knocking) -> None:
    good, odd = kiosk.handed(PRAISE), kiosk.event("feedback.submitted", ["?"])
    kiosk.bring(b"{}", good, odd)
    verdicts = kiosk.bring(b"{}", good, odd).verdicts
    assert [judged.verdict.value for judged in verdicts] == ["refused", "duplicate", "held"]
    assert Submission.objects.count() == 1


def test_a_sign_up_and_a_volunteer_are_understood(kiosk: Knocking, tenant: Tenant) -> None:
    workshop = str(Workshop.objects.filter(sign_up=True).earliest("starts").pk)
    sign_up = {
        "workshop": workshop,
        "seats": {"adults": 1, "children": 2},
        "name": "Alma",
        "guardian": "Alma",
        "consent": True,
    }
    event = kiosk.handed(sign_up, "sign-up", workshop=workshop, seats=3)
    assert kiosk.settled(event) == ("duplicate", "")
    volunteer = {
        "task": str(Task.objects.filter(tenant=tenant).first()),
        "agreement": {"accepted": True, "mine": "jag kommer", "version": 1},
        "times": ["mon-evening"],
        "age": "adult",
        "name": "Alma",
        "consent": True,
    }
    assert kiosk.settled(kiosk.handed(volunteer, "volunteer")) == (
        "held",
        "answers: task not_a_choice",
    )
    volunteer["task"] = str(Task.objects.filter(tenant=tenant).values_list("pk", flat=True)[0])
    assert kiosk.settled(kiosk.handed(volunteer, "volunteer")) == ("duplicate", "")


def test_the_receipt_counts_batches_and_a_heartbeat_is_none(kiosk: Knocking) -> None:
    first = kiosk.bring(kiosk.handed(PRAISE))
    beat = kiosk.bring()
    second = kiosk.bring(kiosk.handed(PRAISE))
    assert (first.receipt, beat.receipt, second.receipt) == (1, 1, 2)
    assert (first.safe, first.epoch) == (0, second.epoch)


def test_central_remembers_how_the_kiosk_is_doing(kiosk: Knocking) -> None:
    dead = [wire.DeadLetter("1", "bad_id")]
    kiosk.bring(now="2020-01-01T00:00:00+01:00", health=wire.Health("9", 7, 10**30), dead=dead)
    device = Device.objects.get()
    assert device.last_seen_at is not None
    assert device.health["pending"] == 7
    assert device.health["oldest_pending_s"] == 2**53
    assert device.clock_offset_s
    assert device.clock_offset_s > 6 * 365 * 86400
    assert device.dead == [{"id": "1", "reason": "bad_id"}]


def test_a_kiosk_without_a_clock_is_heard_all_the_same(kiosk: Knocking) -> None:
    for told in ("", "noon", "2026-01-01", "9999-12-31T23:59:59-14:00"):
        kiosk.bring(now=told)
    assert Device.objects.get().last_seen_at


@pytest.mark.parametrize(
    ("status", "error", "body"),
    [
        (400, "unreadable", b"{}"),
        (400, "unreadable", b"\xff"),
        (400, "unreadable", gzip.compress(b"{}", mtime=0)[:-3]),
        (400, "unreadable", gzip.compress(b"{}", mtime=0) + b"more"),
        (400, "unreadable", b"\x1f\x8bnot gzip"),
        (400, "unreadable", b"[" * 100_000),
        (413, "too_large", gzip.compress(b" " * (wire.MAX_INFLATED_BYTES + 1), mtime=0)),
    ],
)
def test_a_body_that_is_no_inbox_is_refused_as_a_whole(
    kiosk: Knocking, status: int, error: str, body: bytes
) -> None:
    answer = kiosk.send(body)
    assert (answer.status_code, wire.decode(answer.content, wire.Refusal).error) == (status, error)


@pytest.mark.parametrize(
    ("status", "error", "fields"),
    [
        (400, "unknown_protocol", {"protocol": 2}),
        (400, "bad_batch", {"batch": ""}),
        (400, "bad_batch", {"batch": "x" * 81}),
        (400, "bad_batch", {"device": "0198c5e2-0000-7000-8000-00000000d011"}),
        (413, "too_large", {"items": [{}] * 501}),
    ],
)
def test_an_inbox_of_another_kind_is_refused_as_a_whole(
    kiosk: Knocking, status: int, error: str, fields: dict[str, object]
) -> None:
    answer = kiosk.send(wire.encode(kiosk.inbox(**fields)))
    assert (answer.status_code, wire.decode(answer.content, wire.Refusal).error) == (status, error)


def test_what_one_library_brings_another_does_not_see(kiosk: Knocking, elsewhere: Branch) -> None:
    stranger = Knocking().join(elsewhere)
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    assert stranger.settled(event) == ("held", "cannot_unseal")
    assert stranger.bring().states == []
    assert Erasure.objects.count() == 0
