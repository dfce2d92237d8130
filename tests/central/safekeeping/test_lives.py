"""The lives of a database: what this machine notices, and what it does when another one begins."""

from datetime import timedelta
from unittest import mock

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.content import publishing
from kiosk.central.devices.models import Device
from kiosk.central.events import erasure_log
from kiosk.central.events.erasure_log import ErasureEntry
from kiosk.central.events.models import Erasure
from kiosk.central.exchange import erasure
from kiosk.central.generations.models import Life
from kiosk.central.programme.models import Notice
from kiosk.central.safekeeping import checks, lives
from kiosk.central.seats import queries as seats
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Tenant
from tests.central.knocking import PRAISE, Knocking


@pytest.fixture(autouse=True)
def _no_mark() -> None:
    """Let every test meet a machine without a mark and without logs."""
    lives.mark_file().unlink(missing_ok=True)
    erasure_log.log_file().unlink(missing_ok=True)


def erased_here_and_forgotten(kiosk: Knocking, tenant: Tenant) -> None:
    """Let the database have forgotten that somebody was erased at this machine."""
    kiosk.bring(kiosk.handed(PRAISE))
    erasure_log.note([ErasureEntry(tenant.key, Submission.objects.get().pk, timezone.now())])


def lasting(hours: float) -> None:
    """Let the present life have lasted so long."""
    lives.look()
    Life.objects.update(began_at=timezone.now() - timedelta(hours=hours))


def test_a_restore_at_another_machine_brings_nobody_back_that_was_erased_at_this_one(
    kiosk: Knocking, tenant: Tenant
) -> None:
    lives.look()
    erased_here_and_forgotten(kiosk, tenant)
    older = [ErasureEntry(tenant.key, Submission.objects.get().pk, timezone.now())] * 600
    erasure_log.log_file().unlink()
    erasure_log.note(older + [ErasureEntry("elsewhere", each.id, each.at) for each in older])
    lives.begin_again(lives.RESTORED, None)
    lives.look()
    assert Submission.objects.count() == 0


def test_a_look_erases_again_what_a_tail_was_lost_with(kiosk: Knocking, tenant: Tenant) -> None:
    before = lives.look()
    erased_here_and_forgotten(kiosk, tenant)
    assert lives.look() == before
    assert Submission.objects.count() == 0


def test_this_machine_learns_whom_others_have_erased(kiosk: Knocking, tenant: Tenant) -> None:
    kiosk.bring(kiosk.handed(PRAISE))
    gone = Submission.objects.get().pk
    Erasure.objects.create(tenant=tenant, id=gone, at=timezone.now(), change=1)
    lives.look()
    assert [line.id for line in erasure_log.read()] == [gone]
    lives.look()
    assert len(list(erasure_log.read())) == 1


def test_one_kiosk_that_knows_more_than_the_database_lets_every_kiosk_bring_again(
    kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    other = Knocking().join(hamnen)
    before, told = other.bring().epoch, kiosk.bring()
    lasting(hours=2)
    kiosk.bring(epoch=told.epoch, receipt=told.receipt + 1)
    assert other.bring().epoch == before
    life = lives.look()
    assert life.why == lives.FORGOTTEN
    after = other.bring()
    assert after.epoch != before
    assert kiosk.bring().epoch == after.epoch, "and it has no epoch of its own any more"
    assert "put back to an earlier state" in checks.backup()
    assert lives.look() == life


def test_a_kiosk_that_claims_anything_ends_a_life_at_most_once_an_hour(
    kiosk: Knocking, hamnen: Branch
) -> None:
    other = Knocking().join(hamnen)
    before = other.bring().epoch
    lasting(hours=0.5)
    for receipt in (5, 50, 500):
        told = kiosk.bring(epoch=kiosk.bring().epoch, receipt=receipt)
        lives.look()
        assert other.bring().epoch == before != told.epoch


def test_news_that_the_database_has_forgotten_shows_it_too(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE))
    told = kiosk.bring()
    heard = {"epoch": told.epoch, "receipt": told.receipt}
    assert kiosk.bring(**heard, states_after=told.told_until).epoch == told.epoch
    Tenant.objects.update(last_change=told.told_until - 1)
    after = kiosk.bring(**heard, states_after=told.told_until)
    assert after.epoch != told.epoch
    assert Device.objects.get().last_receipt == told.receipt


@given(lost=st.integers(1, 400), since=st.integers(1, 400), ahead_s=st.integers(0, 3600))
def test_changes_after_a_lost_tail_follow_all_that_kiosks_were_told_in_it(
    tenant: Tenant, lost: int, since: int, ahead_s: int
) -> None:
    """However many were lost, and before any kiosk has said that it knows more."""
    Tenant.objects.update(last_change=0, content_change=0)
    kept, now = next_change(tenant), timezone.now() + timedelta(hours=1)
    with mock.patch.object(timezone, "now", return_value=now):
        told = next_change(tenant, many=lost)
    Tenant.objects.update(last_change=kept, content_change=kept)
    after = now + timedelta(milliseconds=1, seconds=ahead_s)
    with mock.patch.object(timezone, "now", return_value=after):
        assert next_change(tenant, many=since) - since >= told
    assert Tenant.objects.get().content_change > told


def test_who_is_erased_after_a_lost_tail_is_told_to_a_kiosk_that_heard_the_lost_news(
    kiosk: Knocking, tenant: Tenant
) -> None:
    kiosk.bring(kiosk.handed(PRAISE))
    kept = Tenant.objects.get().last_change
    lost = next_change(tenant, many=3)
    Tenant.objects.update(last_change=kept)
    gone = Submission.objects.get().pk
    for _ in range(3):
        next_change(tenant, content=False)
    erasure.erase(tenant, gone, timezone.now())
    assert kiosk.bring(states_after=lost).erase == [str(gone)]


@pytest.mark.parametrize("told", [publishing.version, publishing.published])
def test_what_was_built_ends_with_its_epoch(tenant: Tenant, hamnen: Branch, told: object) -> None:
    def edit(title: str) -> Tenant:
        Notice.objects.create(tenant=tenant, text={"sv": title})
        next_change(tenant)
        return Tenant.objects.get()

    def restored(change: int) -> None:
        Notice.objects.all().delete()
        Tenant.objects.update(content_change=change, last_change=change)
        lives.begin_again(lives.RESTORED, None)

    def shown(tenant: Tenant) -> str:
        if told is publishing.version:
            return publishing.version(hamnen.pk, tenant)
        return publishing.published(hamnen, tenant).version

    before = tenant.content_change
    lost = shown(edit("Redigerat och förlorat"))
    restored(before)
    found = edit("Skrivet efteråt")
    assert shown(found) != lost


def test_what_kiosks_are_told_of_seats_ends_with_its_epoch(kiosk: Knocking) -> None:
    kiosk.bring()
    now = timezone.now()

    def version() -> str:
        return seats.version(Device.objects.select_related("tenant").get(), now)

    before = version()
    lives.begin_again(lives.RESTORED, None)
    assert version() != before
