"""Every address, opened by every role, of her own library and of another."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from kiosk.central.notifications.models import Webhook
from kiosk.central.run.page_urls import urlpatterns
from kiosk.central.staff.access import OPENED_BY, named
from kiosk.central.staff.admin.stock import Stock
from kiosk.central.tenants import keys
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.central.tenants.queries import ENOUGH
from tests.central.addresses import furnish, pages, stock_admin

HERS, THEIRS = "vintergatan", "nattkustens"
ROLES = [*Role, None]
ANYBODY = {"front", "log-in", "log-out", "logged-out", "language", "receipt", "follow-up code"}
"""Pages that no role guards: ways in and out, and what a visitor opens on her phone."""


@pytest.fixture
def there(hamnen: Branch) -> Iterator[Branch]:
    """Give a branch of another library in the same database, furnished like ours."""
    tenant = found("annan", "Ett annat bibliotek")
    branch = Branch.objects.create(tenant=tenant, key="hamnen", name=f"Hamnen {THEIRS}")
    staff = Staff.objects.create(username=f"olga-{THEIRS}")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.LIBRARIAN)
    furnish(branch, THEIRS)
    furnish(hamnen, HERS)
    yield branch
    keys.keys_file("annan").unlink()


def log_in(role: Role | None, tenant: Tenant, branch: Branch | None = None) -> Client:
    staff = Staff.objects.create(username=f"any-{role}-{branch}")
    if role:
        Membership.objects.create(tenant=tenant, staff=staff, branch=branch, role=role)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


def opened_by(name: str) -> set[Role]:
    """Return the roles for which a page is there."""
    views = {str(each.name): each.callback for each in urlpatterns}
    roles = OPENED_BY[named(views[name.partition(" ")[0]])]
    return {each for role in roles for each in ENOUGH[role]}


@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_opened_by_its_roles_and_no_other(
    role: Role | None, hamnen: Branch, there: Branch
) -> None:
    client = log_in(role, hamnen.tenant)
    for name, address in pages(hamnen).items():
        if name == "log-out":
            continue
        for method in (client.get, client.post):
            answer = method(address)
            status = answer.status_code
            assert status < 500, (name, status)
            if name not in ANYBODY and role not in opened_by(name):
                above = status == 302 and address.startswith(answer.headers["Location"])
                assert above or status in {403, 405}, (name, method, status)


@pytest.mark.parametrize("role", [Role.CHIEF, Role.TECHNICIAN])
def test_an_address_that_only_takes_forms_leads_to_a_page(
    role: Role, hamnen: Branch, there: Branch
) -> None:
    client = log_in(role, hamnen.tenant)
    for name, address in pages(hamnen).items():
        answer = client.get(address, follow=True)
        led = answer.redirect_chain or [(address, 200)]
        assert answer.status_code == 200 or len(led) == 1, (name, led, answer.status_code)
        assert answer.status_code != 405, name


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_another_library_is_shown_or_changed(
    role: Role | None, hamnen: Branch, there: Branch
) -> None:
    client = log_in(role, hamnen.tenant)
    before = Record.objects.filter(tenant=there.tenant).count()
    for address in [*pages(there).values(), *stock_admin(there)]:
        shown = client.get(address)
        assert THEIRS not in b"".join(shown).decode(), address
        assert client.post(address, {"name": "X", "kind": "given"}).status_code < 500
    assert Record.objects.filter(tenant=there.tenant).count() == before
    assert Staff.objects.get(username=f"olga-{THEIRS}").is_active


def test_a_technician_finds_no_word_of_a_visitor_anywhere(hamnen: Branch, there: Branch) -> None:
    technician = log_in(Role.TECHNICIAN, hamnen.tenant)
    its_own = ("/kiosks/", "/post/", "device", "webhook", "notice", "workshop", "task", "/guide/")
    for address in [*pages(hamnen).values(), *stock_admin(hamnen)]:
        page = b"".join(technician.get(address)).decode()
        if not any(name in address for name in its_own):  # named so by the furniture
            assert HERS not in page, address
        assert f"{HERS}@" not in page, address


@pytest.mark.parametrize("role", [each for each in ROLES if each is not Role.TECHNICIAN])
def test_the_stock_admin_is_for_technicians(
    role: Role | None, hamnen: Branch, there: Branch
) -> None:
    client = log_in(role, hamnen.tenant)
    for address in stock_admin(hamnen):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302


def test_a_technician_of_one_branch_does_not_get_into_the_stock_admin(
    hamnen: Branch, there: Branch
) -> None:
    client = log_in(Role.TECHNICIAN, hamnen.tenant, hamnen)
    assert {client.get(address).status_code for address in stock_admin(hamnen)} == {302}


def test_a_technician_gives_nobody_a_role_a_password_or_a_login(
    hamnen: Branch, there: Branch
) -> None:
    technician = log_in(Role.TECHNICIAN, hamnen.tenant)
    her = Staff.objects.get(username__startswith="any-technician")
    everybody = Staff.objects.order_by("pk").values("pk", "password", "is_superuser", "username")
    before = [*everybody], [*Membership.objects.order_by("pk").values()]
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0"}
    role = {"memberships-0-role": "chief", "memberships-0-staff": her.pk}
    new = {"username": "ny", "password1": "mycket-hemlig-8391", "password2": "mycket-hemlig-8391"}
    for path in ("add/", f"{her.pk}/change/", f"{her.pk}/password/", f"{her.pk}/delete/"):
        sent = rows | role | new | {"is_superuser": "on", "is_staff": "on", "post": "yes"}
        assert technician.post(f"/admin/accounts/staff/{path}", sent).status_code in {302, 403, 404}
    assert before == ([*everybody], [*Membership.objects.order_by("pk").values()])


def test_every_write_in_the_stock_admin_leaves_a_line(hamnen: Branch, there: Branch) -> None:
    technician = log_in(Role.TECHNICIAN, hamnen.tenant)
    her = Staff.objects.get(username__startswith="any-technician")
    lines = Record.objects.filter(actor=her).order_by("pk")
    tenant = hamnen.tenant_id

    sent: dict[str, Any] = {"name": "Lindö", "public_url": "", "contact": ""}
    answer = technician.post(f"/admin/branches/tenant/{tenant}/change/", sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/admin/branches/tenant/")
    assert [each.verb for each in lines.all()] == ["changed by a technician"]
    sent = {"tenant": tenant, "address": "https://x.example/hook", "active": "on"}
    assert technician.post("/admin/post/webhook/add/", sent).status_code == 302
    hook = Webhook.objects.get(address="https://x.example/hook")
    gone = f"/admin/post/webhook/{hook.pk}/delete/"
    assert technician.post(gone, {"post": "yes"}).status_code == 302
    several = {"action": "delete_selected", "post": "yes", "_selected_action": []}
    several["_selected_action"] = [str(each.pk) for each in Webhook.objects.all()]
    assert technician.post("/admin/post/webhook/", several).status_code == 302
    assert [each.verb for each in lines.all()][1:] == [
        "added by a technician",
        "deleted by a technician",
        "deleted by a technician",
    ]
    assert Webhook.objects.exclude(tenant=tenant).exists(), "another library's stays"
    assert {(each.tenant_id, each.actor_id) for each in lines.all()} == {(tenant, her.pk)}
    assert lines[0].particulars == {"fields": ["Name"]}


def test_a_technicians_own_password_is_changed_with_a_line(hamnen: Branch) -> None:
    technician = log_in(Role.TECHNICIAN, hamnen.tenant)
    her = Staff.objects.get(username__startswith="any-technician")
    her.set_password("mycket-hemlig-8391")
    her.save()
    technician.force_login(her)
    new = "annan-hemlig-7204"
    sent = {"old_password": "mycket-hemlig-8391", "new_password1": new, "new_password2": new}
    assert technician.post("/admin/password_change/", sent).status_code == 302
    assert Record.objects.filter(actor=her, verb="password changed").count() == 1
    assert technician.post("/admin/password_change/", sent).status_code == 200
    assert Record.objects.filter(actor=her).count() == 1


def test_no_table_is_in_the_stock_admin_without_these_rules() -> None:
    assert [each for each in admin.site._registry.values() if not isinstance(each, Stock)] == []


def test_everybody_logs_in_at_one_page(hamnen: Branch) -> None:
    answer = Client().get(reverse("admin:login"), {"next": "/admin/branches/"})
    assert answer.headers["Location"] == "/login/?next=%2Fadmin%2Fbranches%2F"
