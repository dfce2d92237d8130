"""Two libraries in one PostgreSQL: neither sees the other, whatever a query forgets."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from kiosk import wire
from kiosk.central.devices.models import Device
from kiosk.central.events import partitions
from kiosk.central.events.models import Event
from kiosk.central.platform import policies, tenancy
from kiosk.central.platform.postgresql import checks
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Answer, Step, Submission
from kiosk.central.tenants import keys
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.branches import library_at
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from tests.central.knocking import PRAISE, Knocking
from tests.drivers import postgres

pytestmark = pytest.mark.parametrize("stands_on", ["postgresql"], indirect=True)

SEEN = (Tenant, Branch, Device, Event, Submission, Step, Answer, Membership, Staff, Record)


@pytest.fixture
def elsewhere(stands_on: str) -> Iterator[Branch]:
    """Give a branch of another library, and somebody who works there."""
    tenant = found("annan", "Ett annat bibliotek")
    yield Branch.objects.create(tenant=tenant, key="hamnen", name="Hamnen")
    keys.keys_file("annan").unlink()


@pytest.fixture
def both(kiosk: Knocking, elsewhere: Branch, librarian: Staff) -> list[Tenant]:
    """Give two libraries, each with an errand that was answered."""
    other = Staff.objects.create(username="olga")
    Membership.objects.create(tenant=elsewhere.tenant, staff=other, role=Role.LIBRARIAN)
    for each, staff in ((kiosk, librarian), (Knocking().join(elsewhere), other)):
        event = each.handed(PRAISE)
        each.bring(event)
        submission = Submission.objects.get(pk=wire.decode(event, wire.Event).id)
        inbox.answer(submission, staff, "Tack!")
    return [*Tenant.objects.order_by("-key")]


def told() -> str:
    """Ask the connection itself which library it shows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kiosk.tenant', true)")
        return str(cursor.fetchone()[0])


def in_a_thread(look: Callable[[], None]) -> None:
    """Run *look* in a thread of its own, with a connection of its own."""

    def looking() -> None:
        look()
        connection.close()

    thread = threading.Thread(target=looking)
    thread.start()
    thread.join()


def test_a_query_that_forgets_its_library_sees_its_own_rows_only(both: list[Tenant]) -> None:
    whole = {model: model._default_manager.count() for model in SEEN}
    parts = []
    for tenant in both:
        with tenancy.inside(tenant):
            parts.append({model: model._default_manager.count() for model in SEEN})
            assert list(Tenant.objects.all()) == [tenant]
            assert {each.tenant_id for each in Submission.objects.all()} == {tenant.pk}
            assert Answer.objects.count() == 1
    assert {model: parts[0][model] + parts[1][model] for model in SEEN} == whole
    assert all(part[model] for part in parts for model in SEEN)


def test_where_no_library_is_named_nothing_is_seen_or_written(both: list[Tenant]) -> None:
    with tenancy.nowhere():
        assert [model for model in SEEN if model._default_manager.exists()] == []
        assert Submission.objects.update(errand="x") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Branch.objects.create(tenant=both[0], key="x", name="X")


def test_nobody_writes_into_another_library(both: list[Tenant]) -> None:
    here, there = both
    with tenancy.inside(here):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Branch.objects.create(tenant=there, key="x", name="X")
        assert Submission.objects.filter(tenant=there).delete() == (0, {})
    with tenancy.inside(there):
        foreign = Submission.objects.get()
    with tenancy.inside(here):
        with pytest.raises(DatabaseError), transaction.atomic():
            Step.objects.create(submission=foreign, state="read", at=foreign.received_at)
        with pytest.raises(ObjectDoesNotExist):
            Submission.objects.get(pk=foreign.pk)


def test_a_kiosk_and_a_librarian_meet_their_own_library_only(
    both: list[Tenant], kiosk: Knocking
) -> None:
    assert len(kiosk.bring().states) == 1
    other = Client(headers={"Accept-Language": "en"})
    other.force_login(Staff.objects.get(username="olga"))
    page = other.get("/inbox/").content.decode()
    assert "Ett annat bibliotek" in page
    (foreign,) = Submission.objects.filter(tenant=both[0])
    assert other.get(f"/inbox/{foreign.pk}/").status_code == 404
    assert told() == tenancy.EVERYWHERE


def test_a_page_for_everybody_names_no_library_where_there_are_two(both: list[Tenant]) -> None:
    assert both[0].name not in Client().get("/login/").content.decode()
    Tenant.objects.filter(pk=both[0].pk).update(public_url="http://testserver/")
    assert both[0].name in Client().get("/login/").content.decode()


@pytest.mark.parametrize(
    ("page", "host"),
    [
        ("https://kiosk.example", "kiosk.example"),
        ("https://kiosk.example/", "kiosk.example:443"),
        ("HTTPS://Kiosk.Example:443/", "kiosk.example"),
        ("http://127.0.0.1:8471", "127.0.0.1:8471"),
        ("https://böcker.example", "xn--bcker-jua.example"),
        ("https://kiosk.example/receipts", "KIOSK.example"),
    ],
)
def test_a_receipt_finds_its_library_however_the_address_is_written(
    both: list[Tenant], page: str, host: str
) -> None:
    Tenant.objects.filter(pk=both[1].pk).update(public_url="https://other.example")
    assert library_at(host) is None
    Tenant.objects.filter(pk=both[0].pk).update(public_url=page)
    assert library_at(host) == both[0]
    assert library_at("kiosk.example:8443") is None
    Tenant.objects.filter(pk=both[0].pk).update(public_url="https://[odd")
    assert library_at(host) is None


def test_a_scope_ends_with_its_request_also_when_that_breaks(both: list[Tenant]) -> None:
    here, there = both
    with tenancy.nowhere():
        with tenancy.inside(here), tenancy.inside(there):
            assert told() == there.pk
        assert told() == tenancy.NOWHERE
        with pytest.raises(DatabaseError), transaction.atomic(), tenancy.inside(here):
            connection.cursor().execute("SELECT 1 / 0")
        assert told() == tenancy.NOWHERE
        with tenancy.nowhere():
            tenancy.stay(here)
            assert told() == here.pk
        assert told() == tenancy.NOWHERE
    assert told() == tenancy.EVERYWHERE


def test_what_was_told_in_a_transaction_is_told_again_when_that_is_undone(
    both: list[Tenant],
) -> None:
    here, there = both
    with tenancy.nowhere(), contextlib.suppress(ValueError), transaction.atomic():
        tenancy.stay(here)
        assert told() == here.pk
        with contextlib.suppress(ValueError), transaction.atomic():
            tenancy.stay(there)
            assert told() == there.pk
            raise ValueError
        assert told() == there.pk
        raise ValueError
    with tenancy.nowhere():
        with contextlib.suppress(ValueError), transaction.atomic():
            tenancy.stay(here)
            assert told() == here.pk
            raise ValueError
        assert told() == here.pk


def test_a_connection_that_is_gone_is_found_out_before_a_request(tenant: Tenant) -> None:
    seen: list[object] = []

    def look() -> None:
        with tenancy.inside(tenant), connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
            seen.append(connection.is_usable())
            postgres.shared().ordered(f"SELECT pg_terminate_backend({pid})")
            seen.append(connection.is_usable())
            connection.close()
            seen.append(told())

    in_a_thread(look)
    assert seen == [True, False, tenant.pk]


def test_another_thread_begins_nowhere_and_a_new_connection_where_it_is(tenant: Tenant) -> None:
    seen = []

    def look() -> None:
        seen.append(told())
        with tenancy.inside(tenant):
            seen.append(told())
            connection.close()
            seen.append(told())

    in_a_thread(look)
    assert seen == ["", tenant.pk, tenant.pk]


def test_every_line_of_the_record_says_whose_it_is(both: list[Tenant], librarian: Staff) -> None:
    for tenant in both:
        with tenancy.inside(tenant):
            assert record(librarian, "tried", tenant).tenant_id == tenant.pk
            assert record(librarian, "tried", librarian).tenant_id == tenant.pk
    assert not Record.objects.filter(verb="answered", tenant=None).exists()


def test_every_table_of_a_library_is_protected(stands_on: str) -> None:
    assert policies.unprotected() == []
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (id int, tenant_id varchar(40))")
    assert policies.unprotected() == ["forgotten"]
    assert policies.hold() == ["forgotten"]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO forgotten VALUES (1, 'lindo'), (2, 'annan')")
        with tenancy.inside("annan"):
            cursor.execute("SELECT id FROM forgotten")
            assert cursor.fetchall() == [(2,)]


def test_a_new_month_of_events_is_protected_too(both: list[Tenant]) -> None:
    with tenancy.nowhere():
        made = partitions.prepare(timezone.now() + timedelta(days=400))
    assert made
    assert policies.unprotected() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM intake_event")
        tables = {str(name) for (name,) in cursor.fetchall()}
        assert tables
        for table in tables:
            with tenancy.nowhere():
                cursor.execute(f"SELECT id FROM {table}")
                assert cursor.fetchall() == []


def test_every_table_is_of_a_library_or_named_as_of_all() -> None:
    of_all = {
        *("accounts_staff_groups", "accounts_staff_user_permissions"),
        *("auth_group", "auth_group_permissions", "auth_permission", "django_content_type"),
        *("django_admin_log", "django_session", "axes_accessattempt", "axes_accesslog"),
        *("axes_accessfailurelog", "axes_accessattemptexpiration"),
        *("branches_tenant", "branches_wrongcode"),
        *("safekeeping_life", "safekeeping_backup"),
    }
    strangers = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if not any(field.column == "tenant_id" for field in model._meta.concrete_fields)
    }
    assert strangers - of_all == {*policies.THROUGH, *policies.MEMBERS}


def test_a_role_that_no_policy_holds_is_found(stands_on: str) -> None:
    assert checks.kept_apart() == ""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE forgotten (id int, tenant_id varchar(40))")
    assert "(forgotten)" in checks.kept_apart()
    postgres.shared().ordered(f"ALTER ROLE {postgres.ROLE} BYPASSRLS")
    try:
        assert "NOBYPASSRLS" in checks.kept_apart()
    finally:
        postgres.shared().ordered(f"ALTER ROLE {postgres.ROLE} NOBYPASSRLS")
    assert (checks.answers(), checks.spelled()) == ("", "")
