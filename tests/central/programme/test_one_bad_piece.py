"""A piece of content that cannot be read harms no other: it is left out, and told to staff."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from kiosk import wire
from kiosk.central.boards.models import Publication
from kiosk.central.content.pieces import PieceKind
from kiosk.central.content.publishing import forget, left_out, published
from kiosk.central.guide.models import LocalContact
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.questionnaires.models import Questionnaire, Wording
from kiosk.central.run import checks
from kiosk.central.tenants.actions import employ
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from kiosk.domain.content import Content
from kiosk.domain.opening_hours import Calendar
from tests.central.knocking import Knocking

PATH = f"{wire.ROOT}/content"
JUNK: list[Any] = [5, "text", [1], ["sv"], {"sv": 5}, {"sv": None}, {"week": 7}, [{"sv": []}]]
BAD_HOURS: list[Any] = [
    *JUNK[:4],
    {"week": [{"weekday": 9, "opens": "25:00"}]},
    {"week": [{"weekday": 9, "opens": "08:00", "closes": "10:00"}]},
    {"week": [{"weekday": 1, "opens": "08:00+02:00", "closes": "10:00+02:00"}]},
    {"week": [{"weekday": 1, "opens": "08:00", "closes": "10:00"}], "closed": ["yesterday"]},
]
ZONES = ["Europe/Helsingfors", "", "../../etc/passwd", "Europe/", "x" * 40]

Shown = Callable[[Content], int]


def with_contact(branch: Branch) -> LocalContact:
    return LocalContact.objects.create(
        tenant=branch.tenant,
        branch=branch,
        name="Seniornet",
        language="sv",
        needs=["phone"],
        checked_on="2026-11-01",
    )


PIECES: dict[str, tuple[type[Model], str, PieceKind, Shown, list[Any]]] = {
    "programme": (Workshop, "title", PieceKind.WORKSHOP, lambda told: len(told.programme), JUNK),
    "spoken": (Workshop, "spoken", PieceKind.WORKSHOP, lambda told: len(told.programme), [5, "sv"]),
    "task": (Task, "title", PieceKind.TASK, lambda told: len(told.tasks), JUNK),
    "footing": (Task, "footing", PieceKind.TASK, lambda told: len(told.tasks), ["volunteer"]),
    "notice": (Notice, "text", PieceKind.NOTICE, lambda told: len(told.notices), JUNK),
    "posting": (Publication, "title", PieceKind.POSTING, lambda told: len(told.postings), JUNK),
    "questions": (
        Wording,
        "questions",
        PieceKind.QUESTIONNAIRE,
        lambda told: len(told.questionnaires),
        [*JUNK, [{"name": "q1"}], [{"name": "q1", "kind": "choice", "ask": {"sv": "Vad?"}}]],
    ),
    "asked": (
        Wording,
        "title",
        PieceKind.QUESTIONNAIRE,
        lambda told: len(told.questionnaires),
        JUNK,
    ),
    "contact": (
        LocalContact,
        "name",
        PieceKind.CONTACT,
        lambda told: len(told.guide.contacts),
        [""],
    ),
}


def at(kiosk: Knocking) -> Content:
    return wire.decode_content(kiosk.genuine(kiosk.ask("GET", PATH), PATH))


def one(model: type[Model], branch: Branch) -> Model:
    if model is LocalContact:
        return with_contact(branch)
    rows = model._default_manager.order_by("pk")
    if model is Publication:
        rows = rows.filter(published=True)
    if model is Workshop:
        return Workshop.objects.latest("starts")
    found = rows.first()
    assert found
    return found


@pytest.mark.parametrize("named", PIECES)
def test_a_piece_that_cannot_be_read_is_left_out_and_the_rest_is_shown(
    named: str, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    model, column, what, shown, junk = PIECES[named]
    row = one(model, hamnen)
    forget()
    whole = at(kiosk)
    for odd in junk:
        model._default_manager.filter(pk=row.pk).update(**{column: odd})
        next_change(tenant)
        told = at(kiosk)
        assert shown(told) == shown(whole) - 1, odd
        left = [each for each in left_out([hamnen]) if each.what == what]
        assert [each.key for each in left] == [str(row.pk)], odd
        assert left[0].why


@pytest.mark.parametrize("odd", BAD_HOURS, ids=map(str, BAD_HOURS))
def test_hours_that_cannot_be_read_are_not_known_at_one_branch_and_hold_at_the_others(
    odd: Any, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    other = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    Branch.objects.filter(pk=hamnen.pk).update(calendar=odd)
    next_change(tenant)
    assert at(kiosk).branch.calendar == Calendar()
    assert published(other).branch.calendar.week
    assert [each.what for each in left_out(tenant.branches.all())] == [PieceKind.HOURS]


def test_hours_that_were_never_entered_are_not_known_and_staff_are_told(
    kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    Branch.objects.filter(pk=hamnen.pk).update(calendar={})
    next_change(tenant)
    assert not at(kiosk).branch.calendar.week
    assert [each.what for each in left_out(tenant.branches.all())] == [PieceKind.NO_HOURS]


@pytest.mark.parametrize("zone", ZONES)
def test_a_branch_without_a_clock_says_so_and_leaves_out_only_its_own_programme(
    zone: str, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    before = published(hamnen)
    Branch.objects.filter(pk=hamnen.pk).update(timezone=zone)
    next_change(tenant)
    told = at(kiosk)
    assert told.branch.timezone == ""
    elsewhere = [each.id for each in before.programme if each.branch != "hamnen"]
    assert elsewhere
    assert [each.id for each in told.programme] == elsewhere
    assert [each.what for each in left_out(tenant.branches.all())] == [PieceKind.ZONE]


def somebody_everywhere(tenant: Tenant) -> Client:
    staff = employ("allvis", "mycket-hemlig-8391")
    for role in (Role.CHIEF, Role.LIBRARIAN, Role.TECHNICIAN):
        Membership.objects.create(tenant=tenant, staff=staff, role=role)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(Staff.objects.get(pk=staff.pk))
    return client


def addresses(branch: Branch) -> list[str]:
    contact = LocalContact.objects.filter(branch=branch).first() or with_contact(branch)
    lists = "inbox inbox/held programme programme/?over notices boards questionnaires guide figures"
    return [
        *(f"/{each}" if "?" in each else f"/{each}/" for each in lists.split()),
        "/kiosks/",
        f"/guide/{contact.pk}/",
        *(f"/programme/{each.pk}/" for each in Workshop.objects.all()[:1]),
        f"/programme/{Workshop.objects.latest('starts').pk}/",
        *(f"/notices/{each.pk}/" for each in Notice.objects.order_by("pk")[:1]),
        *(f"/boards/{each.pk}/" for each in Publication.objects.order_by("pk")[:1]),
        *(f"/questionnaires/{each.pk}/" for each in Questionnaire.objects.all()),
        *(f"/questionnaires/{each.pk}/results/" for each in Questionnaire.objects.all()),
    ]


@pytest.mark.parametrize("named", [*PIECES, "hours", "zone", "reaching"])
def test_no_page_of_staff_fails_over_it_and_those_who_mend_it_are_told(
    named: str, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    client = somebody_everywhere(tenant)
    if named in PIECES:
        model, column, _what, _shown, junk = PIECES[named]
        model._default_manager.filter(pk=one(model, hamnen).pk).update(**{column: junk[0]})
    elif named == "reaching":
        Tenant.objects.update(contact=[1])
    else:
        odd = {"hours": {"calendar": BAD_HOURS[-1]}, "zone": {"timezone": ZONES[0]}}[named]
        Branch.objects.filter(pk=hamnen.pk).update(**odd)
    next_change(tenant)
    for address in addresses(hamnen):
        assert client.get(address).status_code == 200, address
    for telling in ("/kiosks/", "/inbox/held/"):
        assert "Not known or left out at the kiosks" in client.get(telling).content.decode()
    named_check = {each.name: each.remedy for each in checks.run()}
    assert named_check["what kiosks show can be read"]


def test_where_all_can_be_read_nothing_is_told(
    kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    client = somebody_everywhere(tenant)
    assert left_out(tenant.branches.all()) == []
    assert "left out" not in client.get("/kiosks/").content.decode()
