"""Content: what a branch fetches, when it fetches it, and that it is central's."""

import gzip
from datetime import timedelta

from django.utils import timezone

from kiosk import wire
from kiosk.central.content.publishing import forget, published
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.domain.opening_hours import Openness
from tests.central.knocking import PRAISE, Knocking

PATH = f"{wire.ROOT}/content"


def test_a_kiosk_fetches_everything_its_branch_shows(kiosk: Knocking) -> None:
    answer = kiosk.ask("GET", PATH, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    content = wire.decode_content(kiosk.genuine(answer, PATH))
    assert answer.headers["ETag"] == f'"{content.version}"'
    assert content.version == wire.content_version(content)
    assert (content.branch.key, content.branch.library) == ("hamnen", "Biblioteken i Lindö")
    assert len(content.branches) == 3
    assert content.programme
    assert content.tasks[0].library_offers
    assert content.notices
    assert content.contact["sv"]
    monday_noon = timezone.now().replace(
        year=2026, month=11, day=23, hour=12, minute=30, tzinfo=None
    )
    assert content.branch.calendar.at(monday_noon)[0] is Openness.STAFFED


def test_it_is_not_compressed_for_who_cannot_read_it(kiosk: Knocking) -> None:
    answer = kiosk.ask("GET", PATH)
    assert "Content-Encoding" not in answer.headers
    kiosk.genuine(answer, PATH)


def test_a_kiosk_that_has_it_already_is_told_so(kiosk: Knocking) -> None:
    etag = kiosk.ask("GET", PATH).headers["ETag"]
    answer = kiosk.ask("GET", PATH, headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    kiosk.genuine(answer, PATH)


def test_every_exchange_hints_at_the_version_to_fetch(kiosk: Knocking, hamnen: Branch) -> None:
    assert kiosk.bring().hints["content"] == published(hamnen).version


def test_the_version_changes_with_what_is_shown_and_with_nothing_else(
    kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    first = published(hamnen).version
    kiosk.bring(kiosk.handed(PRAISE))
    assert published(hamnen).version == first
    Notice.objects.all().delete()
    next_change(tenant)
    assert published(hamnen).version != first


def test_a_sign_up_changes_no_content_for_seats_are_told_by_themselves(
    kiosk: Knocking, hamnen: Branch
) -> None:
    row = Workshop.objects.filter(sign_up=True, capacity__gt=5).earliest("starts")
    before, seats_before = published(hamnen), kiosk.bring().hints["seats"]
    answers = {
        "workshop": str(row.pk),
        "seats": {"adults": 2},
        "name": "Alma",
        "consent": True,
    }
    event = kiosk.handed(answers, "sign-up", workshop=str(row.pk), seats=2)
    kiosk.bring(event)
    assert published(hamnen) is before, "not even made anew"
    shown = before.workshop(str(row.pk))
    assert shown
    assert shown.taken == row.taken_elsewhere
    seats_after = kiosk.bring().hints["seats"]
    assert seats_after != seats_before
    kiosk.bring(kiosk.about(wire.WITHDRAWN, event))
    assert published(hamnen) is before
    assert kiosk.bring().hints["seats"] not in {seats_before, seats_after}


def test_what_is_over_retired_or_for_another_branch_is_left_out(
    hamnen: Branch, tenant: Tenant
) -> None:
    row = Workshop.objects.earliest("starts")
    long_ago = timezone.now() - timedelta(days=30)
    Workshop.objects.filter(pk=row.pk).update(starts=long_ago, ends=None)
    task = tenant.tasks.first()
    assert task
    Task.objects.filter(pk=task.pk).update(offered=False)
    other = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    Notice.objects.create(tenant=tenant, branch=other, text={"sv": "Bara där"})
    Notice.objects.create(tenant=tenant, text={"sv": "Förbi"}, until=long_ago)
    forget()
    content = published(hamnen)
    assert content.workshop(str(row.pk)) is None
    assert content.task(str(task.pk)) is None
    assert not {"Bara där", "Förbi"} & {notice.text["sv"] for notice in content.notices}


def test_content_is_small_enough_for_a_bad_network(hamnen: Branch) -> None:
    assert len(gzip.compress(wire.encode_content(published(hamnen)))) < 50_000
