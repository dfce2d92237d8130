"""Other programs are told what happens, signed, and never what a visitor wrote."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from kiosk import wire
from kiosk.central.letters.calls import allowed, new_secret
from kiosk.central.letters.delivery import deliver
from kiosk.central.notifications.models import Parcel, Webhook
from kiosk.central.submissions import actions as inbox
from kiosk.central.tenants.models import Membership, Record, Role, Staff, Tenant
from tests.central.conftest import Arrive
from tests.central.knocking import PRAISE, Knocking
from tests.drivers.receiver import Receiver, receiver


@pytest.fixture
def listening() -> Iterator[Receiver]:
    with receiver() as heard:
        yield heard


@pytest.fixture
def webhook(tenant: Tenant, listening: Receiver) -> Webhook:
    return Webhook.objects.create(tenant=tenant, address=listening.address, secret=new_secret())


def due_now() -> None:
    Parcel.objects.filter(state="waiting").update(due_at=timezone.now())


def heard_types(listening: Receiver) -> list[str]:
    return [json.loads(call.body)["type"] for call in listening.calls]


def test_everything_that_happens_to_an_errand_is_told_once_and_signed(
    arrive: Arrive, librarian: Staff, kiosk: Knocking, webhook: Webhook, listening: Receiver
) -> None:
    submission = arrive(PRAISE)
    opened = inbox.open_for_reading(submission, librarian)
    inbox.answer(opened, librarian, "Tack själv!")
    while deliver():
        pass
    assert heard_types(listening) == [
        "submission.received",
        "submission.read",
        "submission.answered",
    ]
    assert all(call.genuine(webhook.secret) for call in listening.calls)
    assert not any(call.genuine(new_secret()) for call in listening.calls)
    told = json.loads(listening.calls[0].body)
    assert told["data"]["id"] == str(submission.pk)
    assert (told["data"]["errand"], told["data"]["branch"]) == ("feedback", "hamnen")
    words = b"".join(call.body for call in listening.calls)
    for personal in (b"Tack", submission.locator.encode(), b"hj"):
        assert personal not in words


def test_an_erasure_is_told_so_that_the_other_program_can_follow(
    arrive: Arrive, kiosk: Knocking, webhook: Webhook, listening: Receiver
) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.bring(event)
    kiosk.bring(kiosk.about(wire.ERASED, event))
    while deliver():
        pass
    assert heard_types(listening)[-1] == "submission.erased"


def test_a_failing_receiver_is_called_again_with_the_same_id(
    arrive: Arrive, webhook: Webhook, listening: Receiver
) -> None:
    listening.answers = [(500, {}), (302, {"Location": "http://127.0.0.1:1/"}), (503, {})]
    arrive(PRAISE)
    for _ in range(4):
        assert deliver() == 1
        due_now()
    assert len({call.headers["webhook-id"] for call in listening.calls}) == 1
    assert Parcel.objects.get().state == Parcel.State.SENT


def test_a_receiver_may_ask_for_patience(
    arrive: Arrive, webhook: Webhook, listening: Receiver
) -> None:
    listening.answers = [(429, {"Retry-After": "7200"})]
    arrive(PRAISE)
    deliver()
    assert Parcel.objects.get().due_at > timezone.now() + timedelta(minutes=110)


def test_a_receiver_that_is_gone_is_called_no_more(
    arrive: Arrive, webhook: Webhook, listening: Receiver
) -> None:
    listening.answers = [(410, {})]
    arrive(PRAISE)
    deliver()
    assert Parcel.objects.get().state == Parcel.State.DEAD
    webhook.refresh_from_db()
    assert not webhook.active


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://hooks.example/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://hooks.example/x", False),
        ("ftp://hooks.example/x", False),
        ("https://user:secret@hooks.example/", False),
        ("https://hooks.example:port/", False),
        ("https:///x", False),
    ],
)
def test_only_private_ways_are_called(address: str, *, may: bool) -> None:
    assert allowed(address) is may


def test_a_technician_adds_a_webhook_with_a_secret_of_its_own(
    tenant: Tenant, admin: Client
) -> None:
    sent = {"tenant": tenant.pk, "address": "http://hooks.example/", "active": "on"}
    refused = admin.post("/admin/post/webhook/add/", sent)
    assert "https://" in refused.content.decode()
    sent["address"] = "https://hooks.example/"
    assert admin.post("/admin/post/webhook/add/", sent).status_code == 302
    assert Webhook.objects.get().secret.startswith("whsec_")


@pytest.fixture
def admin(tenant: Tenant) -> Client:
    staff = Staff.objects.create(username="teo")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


@pytest.fixture
def dead(arrive: Arrive, webhook: Webhook, listening: Receiver) -> Parcel:
    """Give a call that was given up."""
    arrive(PRAISE)
    Parcel.objects.update(state="dead", failure="it answered 500", done_at=timezone.now())
    return Parcel.objects.get()


def test_what_was_given_up_stands_on_a_page_and_is_sent_again(
    dead: Parcel, admin: Client, listening: Receiver
) -> None:
    page = admin.get("/post/").content.decode()
    assert "it answered 500" in page
    assert listening.address.replace("&", "&amp;") in page
    assert admin.post(f"/post/{dead.id}/", {"what": "again"}).status_code == 302
    assert deliver() == 1
    assert heard_types(listening) == ["submission.received"]
    assert "Everything has been delivered" in admin.get("/post/").content.decode()
    assert Record.objects.filter(verb="parcel tried again").count() == 1


def test_what_was_given_up_can_be_taken_off_the_list(
    dead: Parcel, admin: Client, listening: Receiver
) -> None:
    admin.post(f"/post/{dead.id}/", {"what": "never"})
    assert deliver() == 0
    assert listening.calls == []
    assert admin.post(f"/post/{dead.id}/", {"what": "again"}).status_code == 404


def test_a_librarian_has_no_business_there(dead: Parcel, librarian: Staff) -> None:
    client = Client()
    client.force_login(librarian)
    assert client.get("/post/").status_code == 403


def test_a_call_names_no_errand_that_is_gone(
    dead: Parcel, arrive: Arrive, listening: Receiver, webhook: Webhook
) -> None:
    from kiosk.central.letters.calls import told

    inbox.erase(dead.tenant, dead.about)
    body: dict[str, Any] = json.loads(told(dead))
    assert body["data"] == {"id": str(dead.about)}
