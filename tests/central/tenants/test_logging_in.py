"""Logging in and out, and what happens to those who guess."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kiosk.central.tenants import actions
from kiosk.central.tenants.models import Record, Role, Staff, Tenant

PASSWORD = "bokhylla i solen 7"


@pytest.fixture
def lisa(librarian: Staff) -> Staff:
    librarian.set_password(PASSWORD)
    librarian.save()
    return librarian


def try_to_log_in(password: str, client: Client | None = None, **more: str) -> HttpResponse:
    typed = {"username": "lisa", "password": password, **more}
    return (client or Client()).post("/login/", typed)  # type: ignore[return-value]


def test_the_right_password_opens_the_inbox(lisa: Staff) -> None:
    client = Client()
    answer = try_to_log_in(PASSWORD, client)
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"], follow=True).redirect_chain[-1][0] == "/inbox/"


def test_a_wrong_password_is_told_as_such_and_linked_to_the_fields(lisa: Staff) -> None:
    answer = try_to_log_in("fel")
    assert answer.status_code == 422
    assert 'aria-describedby="log-in-error"' in answer.content.decode()


def test_a_wrong_password_five_times_locks_the_login(lisa: Staff) -> None:
    for _ in range(4):
        assert try_to_log_in("fel").status_code == 422
    assert try_to_log_in("fel").status_code == 429
    locked = try_to_log_in(PASSWORD)
    assert locked.status_code == 429
    again = timezone.localtime(
        AccessAttempt.objects.get().attempt_time
        + timedelta(hours=settings.AXES_COOLOFF_TIME, minutes=1)
    )
    assert f"{again:%H:%M}" in locked.content.decode()


def test_one_guesser_locks_out_nobody_at_another_computer(lisa: Staff) -> None:
    for _ in range(6):
        try_to_log_in("fel")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert try_to_log_in(PASSWORD, elsewhere).status_code == 302


def test_logging_out_needs_a_form(lisa: Staff) -> None:
    client = Client()
    client.force_login(lisa)
    assert client.get("/logout/").headers["Location"] == "/"
    assert client.get("/inbox/").status_code == 200
    assert client.post("/logout/").headers["Location"] == "/logged-out/"
    assert client.get("/inbox/").headers["Location"].startswith("/login/")


def test_what_is_sent_after_the_session_ended_is_told_as_lost_and_leads_back(lisa: Staff) -> None:
    client = Client(headers={"Accept-Language": "en"})
    asked = client.post("/inbox/download/", {"form": "csv"})
    assert b"nothing was saved" in client.get(asked.headers["Location"]).content
    typed = {"username": "lisa", "password": PASSWORD, "next": "/inbox/download/"}
    assert client.post("/login/", typed, follow=True).redirect_chain[-1] == ("/inbox/", 302)


def test_a_form_without_its_token_changes_nothing(lisa: Staff) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(lisa)
    assert client.post("/logout/").status_code == 403
    assert client.get("/inbox/").status_code == 200


def test_nobody_is_sent_to_another_site_after_logging_in(lisa: Staff) -> None:
    answer = try_to_log_in(PASSWORD, next="https://elsewhere.example/")
    assert answer.headers["Location"] == "/"


def test_the_session_ends_after_a_working_day_and_scripts_cannot_read_it(lisa: Staff) -> None:
    cookie = try_to_log_in(PASSWORD).cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["max-age"] == 8 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_pages_speak_the_language_she_chose_also_on_another_computer(lisa: Staff) -> None:
    first = Client()
    first.force_login(lisa)
    first.post("/language/", {"language": "da", "next": "/inbox/"})
    assert "Indbakke" in first.get("/inbox/").content.decode()
    other = Client()
    try_to_log_in(PASSWORD, other)
    assert "Indbakke" in other.get("/inbox/").content.decode()


def test_everybody_of_the_demonstration_gets_a_password_that_would_be_accepted(
    tenant: Tenant,
) -> None:
    logins = actions.demo_staff(tenant)
    assert [role for role, _user, _password in logins] == ["librarian", "reader", "technician"]
    for _role, user, password in logins:
        staff = Staff.objects.get(username=user)
        assert staff.check_password(password)
        assert staff.first_name.lower() in user


def test_a_weak_password_is_not_given_to_anybody() -> None:
    with pytest.raises(ValidationError):
        actions.employ("lars", "lösenord")
    assert not Staff.objects.filter(username="lars").exists()


def test_the_record_tells_who_was_given_which_role(tenant: Tenant, librarian: Staff) -> None:
    new = actions.employ("lars", actions.new_password(), by=librarian)
    actions.give_role(new, tenant, Role.READER, by=librarian)
    told = Record.objects.filter(actor=librarian).values_list("verb", flat=True)
    assert set(told) == {"employed", "role given"}
