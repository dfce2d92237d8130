"""What the page of the kiosks says of the backups: nothing, or why kiosks keep their copies."""

from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.events import erasure_log
from kiosk.central.events.models import Event
from kiosk.central.generations.models import FOUNDED, Backup, Life
from kiosk.central.safekeeping import checks, lives
from kiosk.central.tenants.models import Membership, Role, Staff, Tenant
from tests.central.conftest import Arrive


@pytest.fixture
def technician(tenant: Tenant) -> Client:
    staff = Staff.objects.create(username="teo")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


@pytest.fixture
def life() -> Life:
    Life.objects.update(ended_at=timezone.now())
    return Life.objects.create(began_at=timezone.now(), why=FOUNDED)


def page(technician: Client, language: str = "en") -> str:
    return technician.get("/kiosks/", headers={"Accept-Language": language}).content.decode()


def made(life: Life, hours_ago: int) -> None:
    at = timezone.now() - timedelta(hours=hours_ago)
    Backup.objects.create(life=life, at=at, name="natt.backup", digest="d", rows=9, events=1234)


def test_without_any_backup_the_page_says_why_kiosks_keep_their_copies(
    technician: Client, life: Life, arrive: Arrive
) -> None:
    assert "No backup covers" not in page(technician)
    arrive({"about": "staff", "words": "Hej"})
    assert "No backup covers what kiosks have brought since" in page(technician)
    assert "Ingen säkerhetskopia täcker" in page(technician, "sv")
    assert "No backup has been made yet" in page(technician)
    assert checks.backup().startswith("No backup covers")


def test_a_backup_of_last_night_is_told_and_nothing_is_missed(
    technician: Client, life: Life, arrive: Arrive
) -> None:
    arrive({"about": "staff", "words": "Hej"})
    made(life, hours_ago=3)
    told = page(technician)
    assert "No backup" not in told
    assert "it holds 1234 events" in told


def test_a_backup_that_has_grown_old_is_missed(
    technician: Client, life: Life, arrive: Arrive
) -> None:
    arrive({"about": "staff", "words": "Hej"})
    made(life, hours_ago=90)
    Event.objects.update(received_at=timezone.now() - timedelta(hours=30))
    assert "No backup covers what kiosks have brought since" in page(technician)
    Device.objects.update(safe_receipt=10**6)
    assert "No backup covers" not in page(technician)


def test_a_database_put_back_by_hand_is_told_until_somebody_has_seen_to_it(
    technician: Client, life: Life
) -> None:
    Life.objects.filter(pk=life.pk).update(why=lives.PUT_BACK)
    assert "was put back to an earlier state" in page(technician)
    made(life, hours_ago=0)
    assert "was put back" not in page(technician)


def test_a_damaged_erasure_log_is_told(technician: Client, life: Life) -> None:
    with erasure_log.log_file().open("ab") as log:
        log.write(b"rubbish\n")
    assert "lines of" in page(technician)
    erasure_log.log_file().write_bytes(b"")
    assert "lines of" not in page(technician)


@pytest.mark.parametrize("named", ["gone/erasures.log", "."])
def test_an_erasure_log_that_cannot_be_written_is_told_before_somebody_is_to_be_erased(
    technician: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    elsewhere = msgspec.structs.replace(settings.DEPLOYMENT, erasures=str(tmp_path / named))
    monkeypatch.setattr(settings, "DEPLOYMENT", elsewhere)
    assert "nobody can be erased" in checks.erasures()
    assert "ingen kan raderas" in page(technician, "sv")
