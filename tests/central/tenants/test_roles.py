"""What each role opens, and at which branches."""

import pytest
from django.test import Client

from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from kiosk.central.tenants.queries import branches, may


def somebody(role: Role, tenant: Tenant, branch: Branch | None = None) -> Staff:
    staff = Staff.objects.create(username=f"{role}-{branch}")
    Membership.objects.create(tenant=tenant, staff=staff, branch=branch, role=role)
    return staff


def status(staff: Staff | None, path: str) -> int:
    client = Client()
    if staff:
        client.force_login(staff)
    return client.get(path).status_code


PAGES = ["/inbox/", "/inbox/held/", "/programme/", "/programme/import/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_asked_to_log_in(path: str) -> None:
    assert status(None, path) == 302


@pytest.mark.parametrize("path", PAGES)
def test_a_technician_reads_no_visitors_words(path: str, tenant: Tenant) -> None:
    assert status(somebody(Role.TECHNICIAN, tenant), path) == 403


def test_a_technician_is_shown_to_the_kiosks_and_gets_into_the_stock_admin(tenant: Tenant) -> None:
    client = Client()
    client.force_login(somebody(Role.TECHNICIAN, tenant))
    assert client.get("/").headers["Location"] == "/kiosks/"
    assert client.get("/kiosks/").status_code == 200
    assert client.get("/admin/").status_code == 200


def test_a_librarian_does_not_get_into_the_stock_admin(librarian: Staff) -> None:
    assert status(librarian, "/admin/") == 302


def test_a_reader_reads_and_does_not_import(tenant: Tenant) -> None:
    reader = somebody(Role.READER, tenant)
    assert status(reader, "/inbox/") == 200
    assert status(reader, "/programme/") == 200
    assert status(reader, "/programme/import/") == 403


def test_a_librarian_of_one_branch_does_not_import_for_all(tenant: Tenant, hamnen: Branch) -> None:
    assert status(somebody(Role.LIBRARIAN, tenant, hamnen), "/programme/import/") == 403


def test_a_role_at_one_branch_reaches_that_branch_only(tenant: Tenant, hamnen: Branch) -> None:
    staff = somebody(Role.LIBRARIAN, tenant, hamnen)
    other = tenant.branches.exclude(pk=hamnen.pk)[0]
    assert list(branches(staff, Role.READER)) == [hamnen]
    assert may(staff, Role.LIBRARIAN, hamnen)
    assert not may(staff, Role.READER, other)


def test_somebody_without_a_role_is_told_so(tenant: Tenant) -> None:
    assert status(Staff.objects.create(username="ny"), "/") == 403


def test_somebody_who_has_left_gets_in_nowhere(librarian: Staff) -> None:
    librarian.is_active = False
    assert not may(librarian, Role.READER)
