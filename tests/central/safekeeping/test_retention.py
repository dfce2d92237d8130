"""Erasing at central: by rule, and one person at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.events import erasure_log, queries
from kiosk.central.events.models import Erasure, Event
from kiosk.central.platform.ids import new_id
from kiosk.central.programme.models import Workshop
from kiosk.central.safekeeping import retention
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Record, Staff
from tests.central.conftest import Arrive
from tests.central.knocking import PRAISE, Knocking

FAR = timezone.now() + timedelta(days=3_000)


def test_what_is_answered_goes_after_its_time_and_what_is_not_stays(
    arrive: Arrive, kiosk: Knocking, librarian: Staff
) -> None:
    answered, open_ = arrive(PRAISE), arrive(PRAISE)
    actions.answer(answered, librarian, "Tack", "Lisa")
    soon, later = (timezone.now() + timedelta(days=days) for days in (89, 91))
    assert retention.run(soon) == {}
    assert retention.count(later) == {"feedback": 1}
    assert Submission.objects.count() == 2, "counting erases nothing"
    assert retention.run(later) == {"feedback": 1}
    assert Submission.objects.get() == open_
    assert Event.objects.get(id=answered.pk).body is None
    assert answered.pk in {line.id for line in erasure_log.read()}
    assert kiosk.bring().erase == [str(answered.pk)]
    assert Record.objects.get(verb="retention").particulars == {"feedback": 1}


def test_a_sign_up_stays_until_its_workshop_is_past(
    arrive: Arrive, kiosk: Knocking, hamnen: Branch
) -> None:
    day = timezone.now() + timedelta(days=400)
    workshop = Workshop.objects.create(
        tenant=hamnen.tenant, branch=hamnen, title={"sv": "Lödkurs"}, starts=day
    )
    answers = {"workshop": str(workshop.pk), "seats": {"adults": 1, "children": 0}}
    arrive(answers, "sign_up", workshop=str(workshop.pk), seats=1)
    assert retention.count(day + timedelta(days=29)) == {}
    assert retention.count(day + timedelta(days=31)) == {"sign_up": 1}


def test_what_was_never_understood_goes_too(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed({"about": "the moon"}))
    assert retention.count(timezone.now() + timedelta(days=364)) == {}
    assert retention.run(timezone.now() + timedelta(days=366)) == {retention.HELD: 1}
    assert (Event.objects.get().body, Erasure.objects.count()) == (None, 1)


def test_more_than_one_transaction_takes_is_erased_all_the_same(
    arrive: Arrive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        arrive(PRAISE)
    monkeypatch.setattr(retention, "_AT_ONCE", 2)
    assert retention.run(FAR) == {"feedback": 5}
    assert (Submission.objects.count(), retention.run(FAR)) == (0, {})


def test_an_id_leads_to_its_library_also_when_it_is_erased(
    arrive: Arrive, kiosk: Knocking, hamnen: Branch
) -> None:
    submission = arrive(PRAISE)
    assert queries.library_of(submission.pk) == hamnen.tenant
    kiosk.bring(kiosk.changed(wire.ERASED, str(submission.pk), submission.locator))
    assert queries.library_of(submission.pk) == hamnen.tenant
    assert queries.library_of(new_id()) is None
