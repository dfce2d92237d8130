"""Central decides who gets the seats of a workshop, and tells everybody why."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices.actions import revoke
from kiosk.central.devices.models import Device
from kiosk.central.programme.models import Workshop
from kiosk.central.seats import actions
from kiosk.central.seats.models import Book, Registration, Ruling, Turn, Watermark
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Record, Staff
from tests.central.knocking import Knocking, id_of
from tests.central.seats.conftest import NOW, Signing, complete


def registration(signing: Signing, name: str) -> Registration:
    return Registration.objects.get(pk=UUID(id_of(signing.events[name])))


def state_of(answer: wire.InboxAnswer, event: bytes) -> wire.ReceiptState:
    return next(each for each in answer.states if each.id == id_of(event))


def test_a_sign_up_waits_until_every_kiosk_has_told_what_came_before(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    complete(kiosk, signing.up(kiosk, "Alma", 2, minute=5))
    assert signing.tells() == {"Alma": "provisional 1, not_yet"}
    answer = complete(other)
    assert signing.tells() == {"Alma": "confirmed, in_order"}
    assert answer.states == [], "it is told at the branch where it was handed in"
    told = state_of(kiosk.bring(), signing.events["Alma"]).seat
    assert told
    assert (told.standing, told.why, told.place, told.seats) == ("confirmed", "in_order", 0, 2)
    assert [(turn.standing, turn.place) for turn in Turn.objects.all()] == [
        ("provisional", 1),
        ("confirmed", 0),
    ]


def test_what_was_captured_first_is_first_whichever_kiosk_comes_first(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    complete(kiosk, signing.up(kiosk, "Late", 6, minute=9))
    complete(other, signing.up(other, "Early", 6, minute=2, lease=""))
    assert signing.tells() == {"Late": "waiting 1, full", "Early": "confirmed, in_order"}


def test_a_kiosk_that_is_shut_out_is_waited_for_no_more(
    kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    revoke(Device.objects.get(pk=other.device))
    complete(kiosk, signing.up(kiosk, "Alma"))
    assert signing.tells() == {"Alma": "confirmed, in_order"}


def test_a_kiosk_that_tells_nothing_of_its_news_is_waited_for_until_the_decision(
    kiosk: Knocking, other: Knocking, signing: Signing, workshop: Workshop
) -> None:
    for told in ("", "noon", "2026-11-20T10:00"):
        other.bring(complete_until=told)
    Workshop.objects.filter(pk=workshop.pk).update(taken_elsewhere=1)
    complete(kiosk, signing.up(kiosk, "Alma", 6), signing.up(kiosk, "Bo", minute=1))
    assert actions.decide_due() == 0
    soon = workshop.starts - timedelta(hours=24)
    assert actions.decide_due(soon - timedelta(seconds=1)) == 0
    assert actions.decide_due(soon) == 1
    assert signing.tells() == {"Alma": "waiting 1, too_many", "Bo": "confirmed, passed"}
    assert actions.decide_due(soon + timedelta(hours=1)) == 0
    assert workshop.ends
    assert actions.decide_due(workshop.ends) == 1
    assert signing.tells()["Alma"] == "refused, over"


def test_what_is_taken_back_goes_to_the_first_in_line_with_the_reason(
    kiosk: Knocking, signing: Signing
) -> None:
    events = [signing.up(kiosk, name, 3, minute) for minute, name in enumerate("abcd")]
    answer = complete(kiosk, *events)
    assert signing.tells()["d"] == "waiting 2, full"
    after = max(each.change for each in answer.states) if answer.states else 0
    locator = f"{1:032x}"
    kiosk.bring(kiosk.about(wire.WITHDRAWN, events[0], locator))
    assert signing.tells() == {
        "a": "cancelled, withdrawn",
        "b": "confirmed, in_order",
        "c": "confirmed, moved_up",
        "d": "waiting 1, full",
    }
    told = {each.id: each.seat for each in kiosk.bring(states_after=after).states}
    moved = told[id_of(events[2])]
    assert moved
    assert (moved.standing, moved.why) == ("confirmed", "moved_up")
    last = told[id_of(events[3])]
    assert last
    assert last.place == 1, "everybody behind is told of the step"


def test_what_is_erased_frees_its_seats_and_leaves_nothing(
    kiosk: Knocking, signing: Signing
) -> None:
    events = [signing.up(kiosk, name, 6, minute) for minute, name in enumerate("ab")]
    complete(kiosk, *events)
    kiosk.bring(kiosk.about(wire.ERASED, events[0], f"{1:032x}"))
    assert signing.tells() == {"b": "confirmed, moved_up"}
    assert Turn.objects.exclude(registration=UUID(id_of(events[1]))).count() == 0


def test_a_withdrawal_that_arrives_before_its_sign_up_leaves_the_seat_free(
    kiosk: Knocking, signing: Signing
) -> None:
    first, second = signing.up(kiosk, "a", 6), signing.up(kiosk, "b", 6, minute=1)
    assert kiosk.settled(kiosk.about(wire.WITHDRAWN, first, f"{1:032x}"))[0] == "held"
    complete(kiosk, first, second)
    assert signing.tells() == {"a": "cancelled, withdrawn", "b": "confirmed, in_order"}


def test_an_errand_that_is_no_sign_up_has_no_seat(kiosk: Knocking) -> None:
    event = kiosk.handed({"about": "staff"})
    kiosk.bring(event)
    assert state_of(kiosk.bring(), event).seat is None


def test_staff_rule_once_it_is_audited_and_what_is_told_stays(
    kiosk: Knocking, signing: Signing, librarian: Staff, workshop: Workshop
) -> None:
    complete(kiosk, *(signing.up(kiosk, name, 3, minute) for minute, name in enumerate("abcde")))
    actions.rule(registration(signing, "e"), Ruling.FIRST, librarian)
    actions.rule(registration(signing, "c"), Ruling.DECLINED, librarian, "kom i våras")
    assert signing.tells()["e"] == "waiting 1, full"
    assert signing.tells()["c"] == "refused, declined"
    found = actions.rule(registration(signing, "d"), Ruling.GIVEN, librarian)
    assert signing.tells()["d"] == "confirmed, given"
    assert found.overbooked == 3
    with pytest.raises(actions.TooLate):
        actions.rule(registration(signing, "a"), Ruling.DECLINED, librarian)
    actions.rule(registration(signing, "c"), Ruling.FIRST, librarian)
    assert signing.tells()["c"] == "waiting 2, full"
    verbs = Record.objects.filter(subject_kind="registration", actor=librarian)
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "seats declined",
        "seats first",
        "seats first",
        "seats given",
    ]
    found = actions.arrange(
        workshop, librarian, capacity=25, taken_elsewhere=5, share_percent=10, decides=NOW
    )
    assert found.overbooked == 0
    assert signing.tells()["e"] == "confirmed, moved_up"
    record = Record.objects.get(verb="seats arranged")
    assert record.particulars["before"] == [6, 0, 50, ""]
    assert record.particulars["after"][:3] == [25, 5, 10]


def test_a_workshop_that_is_called_off_tells_everybody(
    kiosk: Knocking, signing: Signing, workshop: Workshop
) -> None:
    complete(kiosk, signing.up(kiosk, "a"))
    Workshop.objects.filter(pk=workshop.pk).update(cancelled=True)
    actions.reconsider(workshop.pk)
    assert signing.tells() == {"a": "refused, called_off"}


def test_a_series_of_whole_days_is_over_after_its_last(
    kiosk: Knocking, signing: Signing, workshop: Workshop
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(all_day=True, ends=None, taken_elsewhere=1)
    complete(kiosk, signing.up(kiosk, "a", 6))
    actions.reconsider(workshop.pk, workshop.starts + timedelta(hours=23))
    assert signing.tells() == {"a": "waiting 1, too_many"}
    actions.reconsider(workshop.pk, workshop.starts + timedelta(hours=24))
    assert signing.tells() == {"a": "refused, over"}
    assert str(Book.objects.get()) == "Sy en väska"
    assert str(registration(signing, "a")) == id_of(signing.events["a"])
    assert Submission.objects.get().registration.place == 0


@pytest.mark.parametrize("wrong_by", [timedelta(days=-2), timedelta(days=2)])
def test_a_kiosk_whose_clock_is_wrong_is_complete_by_the_true_time(
    kiosk: Knocking, wrong_by: timedelta
) -> None:
    told = (timezone.now() + wrong_by).isoformat()
    kiosk.bring(now=told, complete_until=told)
    until = Watermark.objects.get(device=UUID(kiosk.device)).complete_until
    assert until is not None
    assert abs(timezone.now() - until) < timedelta(minutes=2)


def test_a_workshop_that_cannot_be_gone_through_keeps_no_other_from_being_decided(
    kiosk: Knocking, other: Knocking, signing: Signing, workshop: Workshop
) -> None:
    complete(kiosk, signing.up(kiosk, "Alma"))
    first = Workshop.objects.create(
        pk=UUID(int=1),
        tenant=workshop.tenant,
        branch=workshop.branch,
        title={"sv": "Före"},
        starts=workshop.starts,
        capacity=1,
    )
    spoilt = Signing(first)
    bo = spoilt.up(kiosk, "Bo", locator="f" * 32)
    complete(kiosk, bo)
    Registration.objects.filter(pk=UUID(id_of(bo))).update(standing="waiting", why="unheard of")
    assert actions.decide_due(workshop.starts - timedelta(hours=24)) == 1
    assert signing.tells() == {"Alma": "confirmed, in_order"}
