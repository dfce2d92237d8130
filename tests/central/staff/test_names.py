"""Names are for librarians: whoever reads without answering sees what it is about, and not who."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from kiosk.central.boards.models import Publication
from kiosk.central.programme.models import Workshop
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Correction, Submission
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from kiosk.domain.errand import Kind, Question
from kiosk.domain.posting import Board
from kiosk.domain.receipt import State
from kiosk.errands import ERRANDS
from tests.central.addresses import pages

WHO = "Åse Vinterkvist"
UNKNOWN = "of-tomorrow"
_WRITTEN = {Kind.TEXT, Kind.LONG_TEXT, Kind.CONTACT}


def log_in(tenant: Tenant, *roles: tuple[Role, Branch | None]) -> Client:
    staff = Staff.objects.create(username=f"any-{uuid4()}")
    for role, branch in roles:
        Membership.objects.create(tenant=tenant, staff=staff, branch=branch, role=role)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(staff)
    return client


def answer(question: Question) -> Any:
    """Answer with her name wherever the answer would tell who she is."""
    if question.kind is Kind.AGREEMENT:
        return {"accepted": True, "mine": WHO, "version": 1}
    if question.kind in _WRITTEN:
        return WHO if question.tells_who else "Mycket ljus"
    return question.choices[0].value if question.kind is Kind.CHOICE else None


@pytest.fixture(params=[*ERRANDS, UNKNOWN])
def named(request: pytest.FixtureRequest, tenant: Tenant, hamnen: Branch) -> Submission:
    """Give an errand with her name in each place that asks who she is, earlier answers too."""
    errand, now = ERRANDS.get(request.param), timezone.now()
    answers = {q.name: said for q in errand.questions if (said := answer(q))} if errand else {}
    workshop = Workshop.objects.filter(tenant=tenant).earliest("starts")
    row = Submission(
        id=uuid4(),
        tenant=tenant,
        branch=hamnen,
        errand=request.param,
        language="sv",
        captured_at=now,
        received_at=now,
        locator="0" * 32,
        receipt_key=b"k" * 32,
        answers=answers or {"name": WHO, "why": WHO},
        workshop_id=str(workshop.pk),
        seats=1,
    )
    actions.receive(tenant, [row])
    made = Correction(id=uuid4(), anew=[*row.answers], answers=row.answers)
    made.captured_at = made.at = now + timedelta(minutes=1)
    actions.correct(row, made, errand, made.at)
    words = "Mycket ljus" if errand and errand.has_matter else WHO
    actions.add(row, uuid4(), words, now)
    Publication.objects.create(
        tenant=tenant,
        branch=hamnen,
        board=Board.ANSWER,
        title={"sv": "Ljus"},
        submission=row,
        made_at=now,
    )
    return row


def asked_for(row: Submission) -> list[str]:
    """List the addresses at which it could be shown: every page, and the inbox however sifted."""
    sifted = (f"errand={row.errand}", f"workshop={row.workshop_id}", "branch=hamnen", "state=open")
    return [*pages(row.branch).values(), *(f"/inbox/?{each}" for each in sifted)]


def test_a_reader_finds_no_name_at_any_address(named: Submission, tenant: Tenant) -> None:
    reader = log_in(tenant, (Role.READER, None))
    shown = {address: reader.get(address).content.decode() for address in asked_for(named)}
    assert [address for address, page in shown.items() if WHO in page] == []
    assert f"/inbox/{named.pk}/" in shown


def test_a_librarian_reads_the_name(named: Submission, tenant: Tenant) -> None:
    librarian = log_in(tenant, (Role.LIBRARIAN, None))
    tells = (
        [q for q in ERRANDS[named.errand].questions if q.tells_who]
        if named.errand in ERRANDS
        else [1]
    )
    assert (WHO in librarian.get(f"/inbox/{named.pk}/").content.decode()) == bool(tells)


def test_a_search_by_a_reader_does_not_tell_whose_errand_it_is(
    named: Submission, tenant: Tenant
) -> None:
    found = f"/inbox/{named.pk}/"
    by_name = f"/inbox/?text={WHO.split()[1]}"
    assert found not in log_in(tenant, (Role.READER, None)).get(by_name).content.decode()
    by_matter = log_in(tenant, (Role.READER, None)).get("/inbox/?text=ljus").content.decode()
    errand = ERRANDS.get(named.errand)
    assert (found in by_matter) == bool(errand and errand.has_matter)


def test_a_librarian_elsewhere_is_a_reader_here(named: Submission, tenant: Tenant) -> None:
    elsewhere = tenant.branches.exclude(pk=named.branch_id)[0]
    both = log_in(tenant, (Role.READER, None), (Role.LIBRARIAN, elsewhere))
    own = [each for each in asked_for(named) if "/inbox/" in each or "/boards/" in each]
    shown = {address: both.get(address).content.decode() for address in own}
    assert [address for address, page in shown.items() if WHO in page] == []
    found = f"/inbox/{named.pk}/"
    assert found not in both.get(f"/inbox/?text={WHO.split()[1]}").content.decode()


def test_what_a_reader_opens_has_not_been_read_by_the_library(
    named: Submission, tenant: Tenant
) -> None:
    page = f"/inbox/{named.pk}/"
    log_in(tenant, (Role.READER, None)).get(page)
    named.refresh_from_db()
    assert named.state == State.SENT
    log_in(tenant, (Role.LIBRARIAN, None)).get(page)
    named.refresh_from_db()
    assert named.state == State.READ


def test_the_page_says_that_a_librarian_sees_more(tenant: Tenant, hamnen: Branch) -> None:
    now = timezone.now()
    row = Submission(
        id=uuid4(),
        tenant=tenant,
        branch=hamnen,
        errand="feedback",
        language="sv",
        captured_at=now,
        received_at=now,
        locator="1" * 32,
        receipt_key=b"k" * 32,
        answers={
            "about": "staff",
            "words": "Tack!",
            "wants_answer": "yes",
            "contact": "a@x.example",
        },
    )
    actions.receive(tenant, [row])
    page = log_in(tenant, (Role.READER, None)).get(f"/inbox/{row.pk}/").content.decode()
    assert "A librarian sees this." in page
    assert "Tack!" in page
    assert "a@x.example" not in page
