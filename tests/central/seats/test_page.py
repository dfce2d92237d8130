"""The page of one workshop: who has a place, why, and what librarians rule about it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation

from kiosk import wire
from kiosk.central.content import publishing
from kiosk.central.notifications.models import Parcel
from kiosk.central.programme.models import Workshop
from kiosk.central.programme.queries import wall_clock
from kiosk.central.seats.models import Book, Lease, Registration, Ruling
from kiosk.central.staff.seats import words
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.seats import Standing, Why
from tests.central.knocking import Knocking, id_of
from tests.central.seats.conftest import NOW, Signing, complete, lease_of
from tests.drivers.form import form_with

Login = Callable[..., Client]


@pytest.fixture
def log_in(tenant: Tenant) -> Login:
    """Log somebody with a role in at a browser that reads English."""

    def logging_in(role: Role, branch: Branch | None = None) -> Client:
        staff = Staff.objects.create(username=f"{role}-{branch}", first_name="Lisa")
        Membership.objects.create(tenant=tenant, staff=staff, role=role, branch=branch)
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(staff)
        return client

    return logging_in


@pytest.fixture
def browser(log_in: Login) -> Client:
    """Give a browser in which a librarian of every branch has logged in."""
    return log_in(Role.LIBRARIAN)


@pytest.fixture
def page(workshop: Workshop) -> str:
    """Give the address of the page."""
    return f"/programme/{workshop.pk}/"


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def followed(client: Client, path: str, sent: Mapping[str, object]) -> str:
    """Send a form and read the page that the answer leads to."""
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content
    return shown(client, answer.headers["Location"])


def of(page: str, signing: Signing, name: str) -> str:
    """Return the address under which staff rule about somebody's sign-up."""
    return f"{page}{id_of(signing.events[name])}/"


def form(seen: str = "", **changed: str) -> dict[str, str]:
    told = {"capacity": "6", "taken_elsewhere": "0", "share_percent": "50", "decides": ""}
    return told | {"seen": seen} | changed


def seen_on(client: Client, page: str) -> str:
    """Return the mark of how the form stood when it was opened."""
    return form_with(shown(client, page), "seen")["seen"][0]


@pytest.fixture
def six(kiosk: Knocking, signing: Signing) -> Signing:
    """Let Alma take all six seats, with Bo and Cilla in line behind her."""
    complete(
        kiosk,
        signing.up(kiosk, "Alma", 6, contact="alma@example.org", needs=["wheelchair"]),
        signing.up(kiosk, "Bo", 2, minute=1),
        signing.up(kiosk, "Cilla", 1, minute=2),
    )
    return signing


def test_the_list_of_the_programme_counts_seats_that_visitors_have_and_not_the_line(
    browser: Client, workshop: Workshop, signing: Signing, kiosk: Knocking
) -> None:
    complete(kiosk, *(signing.up(kiosk, f"Visitor {n}", seats=2, minute=n) for n in range(9)))
    listed = " ".join(shown(browser, "/programme/").split())
    assert '<strong class="figure">6</strong> of 6 seats' in listed
    assert ">18<" not in listed
    publishing.forget()
    offered = publishing.published(workshop.branch).workshop(str(workshop.pk))
    assert offered
    assert offered.taken == 0, "no seat is taken elsewhere, and kiosks hear of theirs by themselves"


def test_the_programme_leads_to_the_page(browser: Client, page: str) -> None:
    assert f'href="{page}"' in shown(browser, "/programme/")
    told = shown(browser, page)
    assert "Sy en väska" in told
    assert "Nobody has signed up yet" in told


def test_those_with_a_place_come_first_then_the_line_then_the_others(
    browser: Client, page: str, kiosk: Knocking, six: Signing
) -> None:
    kiosk.bring(kiosk.about(wire.WITHDRAWN, six.up(kiosk, "Dag"), f"{4:032x}"))
    complete(kiosk, six.events["Dag"])
    told = shown(browser, page)
    order = [told.index(f">{name}<") for name in ("Alma", "Bo", "Cilla", "Dag")]
    assert order == sorted(order)
    for words_of_staff in (
        *("Has a place", "There was room when the turn came."),
        *("In line · place 1", "In line · place 2", "All seats are taken."),
        *("Taken back", "The visitor took it back."),
        "for 3 seats",
    ):
        assert words_of_staff in told


def test_a_librarian_reads_who_they_are_and_what_they_need(
    browser: Client, page: str, six: Signing
) -> None:
    told = shown(browser, page)
    assert "Room for a wheelchair" in told
    assert "alma@example.org" in told
    assert f"/inbox/{id_of(six.events['Alma'])}/" in told


def test_a_reader_sees_numbers_without_names_and_changes_nothing(
    log_in: Login, page: str, six: Signing
) -> None:
    followed(log_in(Role.LIBRARIAN), of(page, six, "Bo"), {"kind": "declined", "reason": "Elak"})
    reader = log_in(Role.READER)
    told = shown(reader, page)
    assert "Sign-up 1" in told
    assert "place 1" in told
    for hidden in ("Alma", "alma@", "wheelchair", "Elak", 'name="kind"', 'name="capacity"'):
        assert hidden not in told
    assert reader.post(of(page, six, "Bo"), {"kind": "given"}).status_code == 403
    assert reader.post(f"{page}seats/", form()).status_code == 403
    assert reader.post(f"{page}print/").status_code == 403


def test_only_staff_of_the_branch_where_it_happens_open_it(
    log_in: Login, page: str, tenant: Tenant, hamnen: Branch, six: Signing
) -> None:
    elsewhere = log_in(Role.LIBRARIAN, tenant.branches.exclude(pk=hamnen.pk).earliest("position"))
    assert elsewhere.get(page).status_code == 404
    for path in (of(page, six, "Bo"), f"{page}seats/", f"{page}print/"):
        assert elsewhere.post(path, {"kind": "given"}).status_code == 404
    assert log_in(Role.TECHNICIAN).get(page).status_code == 403
    assert "Alma" in shown(log_in(Role.CHIEF, hamnen), page)
    assert Client().get(page).status_code == 302
    assert Ruling.objects.count() == 0


def test_a_place_is_given_and_the_page_says_that_it_is_one_too_many(
    browser: Client, page: str, six: Signing
) -> None:
    told = followed(browser, of(page, six, "Bo"), {"kind": "given"})
    assert "It now says: Has a place. The library gave the place." in told
    assert "Overbooked by 2 seats" in told
    assert "Place given by the library" in told, "in the history"
    assert six.tells()["Bo"] == "confirmed, given"
    recorded = Record.objects.get(verb="seats given")
    assert recorded.subject_id == id_of(six.events["Bo"])
    assert recorded.actor
    assert recorded.actor.first_name == "Lisa"


def test_somebody_is_put_first_in_line(browser: Client, page: str, six: Signing) -> None:
    told = followed(browser, of(page, six, "Cilla"), {"kind": "first"})
    assert six.tells()["Cilla"] == "waiting 1, full"
    assert told.index(">Cilla<") < told.index(">Bo<")
    assert Record.objects.filter(verb="seats first").count() == 1


def test_a_no_needs_a_reason_which_colleagues_read_and_the_record_does_not(
    browser: Client, page: str, six: Signing
) -> None:
    path = of(page, six, "Bo")
    assert "Write why it is declined" in followed(
        browser, path, {"kind": "declined", "reason": " \0"}
    )
    assert Ruling.objects.count() == 0
    told = followed(browser, path, {"kind": "declined", "reason": "Går redan\0 i en grupp"})
    assert "No place. The library said no." in told
    assert "Går redan i en grupp" in told
    assert six.tells() == {
        "Alma": "confirmed, in_order",
        "Bo": "refused, declined",
        "Cilla": "waiting 1, full",
    }
    assert Record.objects.get(verb="seats declined").particulars == {
        "workshop": str(six.workshop.pk)
    }


def test_what_is_settled_is_ruled_about_no_more(browser: Client, page: str, six: Signing) -> None:
    sent = {"kind": "declined", "reason": "Nej"}
    assert "Too late" in followed(browser, of(page, six, "Alma"), sent)
    assert six.tells()["Alma"] == "confirmed, in_order"
    assert Ruling.objects.count() == 0


def test_odd_rulings_are_refused(
    browser: Client, page: str, six: Signing, tenant: Tenant, hamnen: Branch
) -> None:
    assert browser.post(of(page, six, "Bo"), {"kind": "sold"}).status_code == 400
    assert browser.get(of(page, six, "Bo")).headers["Location"] == page
    another = Workshop.objects.create(tenant=tenant, branch=hamnen, title={}, starts=NOW)
    stray = f"/programme/{another.pk}/{id_of(six.events['Bo'])}/"
    assert browser.post(stray, {"kind": "given"}).status_code == 404


def test_what_is_called_off_gives_nobody_a_place(
    browser: Client, page: str, six: Signing, workshop: Workshop
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(cancelled=True)
    told = followed(browser, of(page, six, "Bo"), {"kind": "given"})
    assert "It now says: No place. It will not take place." in told
    assert 'name="kind"' not in told


def test_more_seats_let_the_line_move_up(
    browser: Client, page: str, six: Signing, workshop: Workshop
) -> None:
    at = wall_clock(workshop.starts - timedelta(days=2), workshop.branch).isoformat()
    seen = seen_on(browser, page)
    sent = form(seen, capacity="9", taken_elsewhere="1", share_percent="20", decides=at)
    asked = browser.post(f"{page}seats/", sent).content.decode()
    assert "Something changes for 1 sign-up" in asked
    assert "Bo" in asked
    assert six.tells()["Bo"] != "confirmed, moved_up", "nothing is done before she has agreed"
    told = followed(browser, f"{page}seats/", form_with(asked, "sure"))
    assert "Saved." in told
    assert six.tells()["Bo"] == "confirmed, moved_up"
    assert "A place came free, and this was first in line." in told
    workshop.refresh_from_db()
    assert (workshop.capacity, workshop.taken_elsewhere) == (9, 1)
    book = Book.objects.get(workshop=workshop)
    assert (book.share_percent, book.decides) == (20, workshop.starts - timedelta(days=2))
    assert Record.objects.get(verb="seats arranged").particulars["before"][:3] == [6, 0, 50]
    assert f'value="{at[:16]}"' in told, "the form shows it by the clock of the branch"


def test_no_limit_gives_everybody_a_place_only_after_it_was_said_whom(
    browser: Client, page: str, six: Signing, workshop: Workshop, kiosk: Knocking
) -> None:
    before = six.tells()
    letters = Parcel.objects.count()
    asked = browser.post(f"{page}seats/", form(seen_on(browser, page), capacity=""))
    told = asked.content.decode()
    assert "There will be no limit" in told
    assert "Something changes for 2 sign-ups" in told
    workshop.refresh_from_db()
    assert (six.tells(), workshop.capacity, Parcel.objects.count()) == (before, 6, letters)
    sure = form_with(told, "sure")
    complete(kiosk, six.up(kiosk, "Dag", 1, minute=3))
    asked = browser.post(f"{page}seats/", sure)
    assert "Something changes for 3 sign-ups" in asked.content.decode(), "it was another question"
    followed(browser, f"{page}seats/", form_with(asked.content.decode(), "sure"))
    assert {each.partition(",")[0] for each in six.tells().values()} == {"confirmed"}


def test_fewer_seats_take_no_place_from_anybody(browser: Client, page: str, six: Signing) -> None:
    told = followed(browser, f"{page}seats/", form(seen_on(browser, page), capacity="5"))
    assert "Overbooked by 1 seat." in told
    assert six.tells()["Alma"] == "confirmed, in_order"


@pytest.mark.parametrize(
    ("field", "typed", "mistake"),
    [
        ("capacity", "sex", "Write a whole number from 1 to 9999, or leave it empty"),
        ("capacity", "-1", "Write a whole number from 1 to 9999, or leave it empty"),
        ("capacity", "9" * 5000, "Write a whole number from 1 to 9999, or leave it empty"),
        ("capacity", "0", "Write a whole number from 1 to 9999, or leave it empty"),
        ("taken_elsewhere", "", "Write a whole number from 0 to 9999."),
        ("taken_elsewhere", "7", "That is more than there are seats."),
        ("share_percent", "101", "Write a whole number from 0 to 100."),
        ("share_percent", "\u0661", "Write a whole number from 0 to 100."),
        ("decides", "imorgon\0", "Write date and time like"),
        ("decides", "0001-01-01T00:00", "Write date and time like"),
        ("decides", "2026-11-20T10:00+01:00", "Write date and time like"),
        ("decides", "2999-11-20T10:00", "That is after it begins."),
    ],
)
def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    browser: Client, page: str, six: Signing, field: str, typed: str, mistake: str
) -> None:
    answer = browser.post(f"{page}seats/", form(share_percent="33") | {field: typed})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert mistake in told
    assert f'id="{field}-mistake"' in told
    assert told.count('aria-invalid="true"') == 1
    assert field == "share_percent" or 'value="33"' in told
    shown = typed[:40].replace("\0", "")
    assert f'name="{field}" value="{shown}"' in told
    assert Record.objects.filter(verb="seats arranged").count() == 0


def test_a_kiosk_that_holds_seats_is_waited_for_until_a_librarian_says_no(
    browser: Client, page: str, kiosk: Knocking, workshop: Workshop, log_in: Login
) -> None:
    complete(kiosk)
    told_to_kiosk = lease_of(kiosk)
    assert told_to_kiosk
    told = shown(browser, page)
    assert "Not promised yet" in told
    path = f"{page}leases/{told_to_kiosk.id}/"
    assert path in told
    asked = shown(browser, path)
    assert f"{told_to_kiosk.seats} seats are set aside" in asked
    assert "It cannot be undone" in asked
    assert "no longer" in followed(browser, path, {})
    followed(browser, path, {})
    lease = Lease.objects.get(pk=told_to_kiosk.id)
    assert lease.settled_at
    assert Record.objects.filter(verb="lease written off").count() == 1
    assert path not in shown(browser, page)
    reader = log_in(Role.READER)
    assert reader.post(path).status_code == 403


def test_the_list_for_the_door_is_given_out_and_recorded(
    browser: Client, page: str, six: Signing, workshop: Workshop
) -> None:
    followed(browser, of(page, six, "Bo"), {"kind": "declined", "reason": "Nej"})
    assert browser.get(f"{page}print/").headers["Location"] == page
    assert Record.objects.filter(verb="downloaded").count() == 0
    told = browser.post(f"{page}print/").content.decode()
    assert "Alma" in told
    assert "Room for a wheelchair" in told
    assert "Cilla" in told
    assert ">Bo<" not in told
    recorded = Record.objects.get(verb="downloaded")
    assert recorded.subject_id == str(workshop.pk)
    assert recorded.particulars == {"name": "sign-ups", "form": "print", "personal": True}


def test_every_standing_and_every_reason_has_its_words_in_each_language() -> None:
    for language in ("en", "sv", "da"):
        with translation.override(language):
            assert all(words.standing(each) for each in Standing)
            assert len({words.reason(each) for each in Why}) == len(Why)


def test_a_page_without_limit_says_so(browser: Client, page: str, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(capacity=0, sign_up=False)
    told = shown(browser, page)
    assert "no limit" in told
    assert "Nobody needs to sign up" in told


def test_what_is_not_decided_yet_says_for_whom_it_waits(
    browser: Client, page: str, kiosk: Knocking, other: Knocking, signing: Signing
) -> None:
    complete(kiosk, signing.up(kiosk, "Alma"))
    told = shown(browser, page)
    assert "Not decided yet · place 1" in told
    assert "Not every kiosk has told what was handed in before." in told
    row = Registration.objects.get(pk=UUID(id_of(signing.events["Alma"])))
    assert row.at <= timezone.now()
