"""The pages of the boards: what staff write, publish, move on and take down."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kiosk.central.boards.models import Publication
from kiosk.central.content.publishing import published
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Membership, Record, Role, Staff, Tenant
from kiosk.domain.posting import Board, Posting, Stage
from kiosk.domain.receipt import State
from kiosk.i18n import phrases
from tests.central.boards.conftest import Post, me_too
from tests.central.boards.test_content import joining
from tests.central.conftest import Arrive
from tests.central.knocking import Knocking

Login = Callable[..., Client]


@pytest.fixture
def log_in(tenant: Tenant) -> Login:
    """Log somebody with a role in at a browser that reads English."""

    def logging_in(role: Role, branch: Branch | None = None) -> Client:
        staff = Staff.objects.create(username=f"{role}-{branch}", first_name="Lo")
        Membership.objects.create(tenant=tenant, staff=staff, role=role, branch=branch)
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(staff)
        return client

    return logging_in


@pytest.fixture
def browser(log_in: Login) -> Client:
    """Give a browser in which a librarian of every branch has logged in."""
    return log_in(Role.LIBRARIAN)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content
    return str(answer.content.decode())


def followed(client: Client, path: str, sent: dict[str, Any]) -> str:
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()
    return page(client, answer.headers["Location"])


def refused(client: Client, path: str, sent: dict[str, Any], status: int = 422) -> str:
    answer = client.post(path, sent)
    assert answer.status_code == status
    return str(answer.content.decode())


def titles(branch: Branch) -> dict[str, Posting]:
    """Return the ideas that a branch shows, by their Swedish titles."""
    return {each.title["sv"]: each for each in published(branch).on_board(Board.IDEA)}


def test_an_idea_handed_in_is_published_in_the_words_of_staff(
    browser: Client, arrive: Arrive, hamnen: Branch
) -> None:
    handed = arrive({"about": "staff", "words": "Siri Sommar vill ha <öppet> om natten"})
    errand = page(browser, f"/inbox/{handed.pk}/")
    path = f"/boards/new/?submission={handed.pk}"
    assert f'href="{path}"' in errand
    form = page(browser, f"{path}&board=idea")
    assert "Siri Sommar vill ha &lt;öppet&gt;" in form, "what the visitor said stands beside"
    assert "Öppet på natten" not in titles(hamnen)
    sent = {"board": "idea", "submission": handed.pk, "title-sv": "Öppet på natten"}
    sent |= {"text-sv": "Rad ett\r\nrad\x1b[2J två", "stage": "heard", "branch": ""}
    told = followed(browser, "/boards/new/", {**sent, "publish": "yes"})
    assert "Kiosks show it after their next contact." in told
    assert titles(hamnen)["Öppet på natten"].text == {"sv": "Rad ett\nrad två"}
    assert "Öppet på natten" in page(browser, f"/inbox/{handed.pk}/")
    assert "Öppet på natten" in page(browser, "/boards/?board=idea")


def test_an_answer_is_what_becomes_of_most_errands(browser: Client, arrive: Arrive) -> None:
    handed = arrive({"about": "staff", "words": "Hej"})
    assert "You said" in page(browser, f"/boards/new/?submission={handed.pk}")


def test_what_was_taken_back_or_is_of_another_branch_is_not_published(
    browser: Client, log_in: Login, arrive: Arrive, tenant: Tenant, hamnen: Branch
) -> None:
    handed = arrive({"about": "staff", "words": "Hej"})
    path = f"/boards/new/?submission={handed.pk}"
    other = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    page(log_in(Role.LIBRARIAN, other), path, 404)
    Submission.objects.filter(pk=handed.pk).update(state=State.WITHDRAWN)
    page(browser, path, 404)
    page(browser, "/boards/new/?submission=nonsense", 404)


def test_what_is_missing_or_wrong_is_said_beside_it_and_nothing_is_lost(browser: Client) -> None:
    sent = {"board": "idea", "text-en": "kept " * 3, "stage": "not_taken", "branch": "nowhere"}
    told = refused(browser, "/boards/new/", sent)
    for sentence in (
        "Write a title in at least one language.",
        "Write why, in at least one language.",
        "Choose a branch.",
        "kept kept kept",
    ):
        assert sentence in told
    number = {"board": "idea", "title-sv": "Ring 19811228-9874", "stage": "heard", "branch": ""}
    assert "Take out the personal identity number." in refused(browser, "/boards/new/", number)
    long = {"board": "idea", "title-sv": "x" * 91, "stage": "fulfilled", "branch": ""}
    told = refused(browser, "/boards/new/", long)
    assert "at most 90 characters" in told
    assert "Choose how far it has come." in told
    for wrong, sentence in (
        ({"board": "goal", "expected": "2026-13-40"}, "Write a date like"),
        ({"board": "book_tip", "rating": "6"}, "Choose from 1 to 5."),
        ({"board": "book_tip", "nickname": "x" * 41}, "Write a short nickname"),
        ({"board": "challenge", "target": "-1"}, "Write a whole number"),
    ):
        assert sentence in refused(browser, "/boards/new/", {"title-sv": "T", "branch": ""} | wrong)
    assert not Publication.objects.filter(title={"sv": "T"}).exists()


def test_what_a_technician_takes_down_is_not_shown_again_from_a_form_that_was_open(
    browser: Client, post: Post, log_in: Login
) -> None:
    row, teo = post(), log_in(Role.TECHNICIAN)
    sent = {"seen": str(row.version), "title-sv": "Nattöppet", "stage": "tried", "branch": ""}
    page = f"/admin/boards/publication/{row.pk}/change/"
    form = teo.get(page).context["adminform"].form
    told: dict[str, Any] = {
        "tenant": row.tenant_id,
        "board": row.board,
        "stage": row.stage,
        "title_0": "Natt",
    }
    told |= {"rating": 0, "target": 0, "seen": form["seen"].value()}
    told |= {"made_at_0": "2026-11-30", "made_at_1": "10:00:00"}
    done = teo.post(page, told)
    assert done.status_code == 302, done.context["adminform"].form.errors
    refused(browser, f"/boards/{row.pk}/", sent, 409)
    assert not Publication.objects.get(pk=row.pk).published


def test_an_idea_moves_on_and_one_that_is_not_taken_up_tells_why(
    browser: Client, post: Post, hamnen: Branch
) -> None:
    row = post()
    path = f"/boards/{row.pk}/"
    sent = {"seen": "1", "title-sv": "Nattöppet", "stage": "tried", "branch": ""}
    told = followed(browser, path, sent)
    assert "Moved on: Being tried" in told
    stale = refused(browser, path, {**sent, "stage": "in_service"}, 409)
    assert "If you save again, your words replace theirs." in stale
    assert 'name="seen" value="2"' in stale
    sent |= {"seen": "2", "stage": "not_taken", "reason-sv": "Larmet går"}
    followed(browser, path, sent)
    (idea,) = [each for each in published(hamnen).postings if each.id == str(row.pk)]
    assert (idea.stage, dict(idea.reason)) == (Stage.NOT_TAKEN, {"sv": "Larmet går"})
    told = followed(browser, path, {**sent, "seen": "3", "take-down": "yes"})
    assert "Kiosks do not show it." in told
    assert published(hamnen).posting(str(row.pk)) is None
    assert "Nattöppet" in page(browser, "/boards/?hidden&board=idea")
    recorded = Record.objects.filter(subject_id=str(row.pk))
    assert "Larmet" not in str(list(recorded.values_list("particulars", flat=True)))


def test_staff_see_how_many_said_me_too_and_librarians_who_wants_to_join(
    browser: Client, log_in: Login, post: Post, kiosk: Knocking, arrive: Arrive
) -> None:
    row = post()
    kiosk.bring(me_too(kiosk, row), me_too(kiosk, row, tally="t2"))
    joined = arrive({**joining(row), "name": "Siri"}, "join")
    told = page(browser, f"/boards/{row.pk}/")
    assert f"/inbox/{joined.pk}/" in told
    assert ">Siri<" in told
    assert '<dd class="many">2</dd>' in told
    assert '<dd class="many">1</dd>' in told
    reader = page(log_in(Role.READER), f"/boards/{row.pk}/")
    assert "Siri" not in reader
    assert "disabled" in reader
    assert "Nattöppet" in page(browser, f"/inbox/{joined.pk}/"), "which idea, in words"


def test_who_may_not_publish_for_all_branches_does_not(
    log_in: Login, post: Post, tenant: Tenant, hamnen: Branch
) -> None:
    row, there = post(), post(branch=hamnen)
    local = log_in(Role.LIBRARIAN, hamnen)
    sent = {"seen": "1", "title-sv": "Nej", "stage": "heard", "branch": "hamnen"}
    assert local.post(f"/boards/{row.pk}/", sent).status_code == 404
    assert local.post(f"/boards/{there.pk}/", sent).status_code == 302
    everywhere = {"board": "answer", "title-sv": "Nej", "branch": ""}
    assert "Choose a branch." in refused(local, "/boards/new/", everywhere)
    other = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    page(log_in(Role.LIBRARIAN, other), f"/boards/{there.pk}/", 404)
    assert log_in(Role.READER).post("/boards/new/", everywhere).status_code == 403
    assert log_in(Role.TECHNICIAN).get("/boards/").status_code == 403


def test_a_list_of_many_is_turned_page_by_page(browser: Client, post: Post) -> None:
    for number in range(41):
        post(board=Board.METHOD, title={"sv": f"Metod {number}"})
    assert "Page 1 of 2" in page(browser, "/boards/?board=method")


def test_a_book_tip_and_an_idea_stand_in_the_form_and_other_errands_do_not(
    browser: Client, arrive: Arrive
) -> None:
    tip = arrive(
        {"title": "Fyren", "stars": 4, "words": "Bäst", "nickname": "story_fox"},
        "book_tip",
        language="da-simple",
    )
    form = page(browser, f"/boards/new/?submission={tip.pk}")
    assert re.search('name="title-da"[^>]*value="Fyren"', form)
    assert re.search('name="text-da"[^>]*>Bäst<', form)
    assert re.search('name="rating"[^>]*value="4"|value="4"[^>]*name="rating"', form)
    assert f'value="{phrases("da").say("The Story Fox")}"' in form
    idea = arrive({"kind": "stage", "title": "Quiz", "what": "En kväll", "show": "yes"}, "idea")
    form = page(browser, f"/boards/new/?submission={idea.pk}")
    assert re.search('name="title-sv"[^>]*value="Quiz"', form)
    kept = arrive({"kind": "stage", "title": "Tyst", "what": "Nej", "show": "no"}, "idea")
    assert not re.search('value="Tyst"', page(browser, f"/boards/new/?submission={kept.pk}"))
    said = arrive({"about": "staff", "words": "Bara till er"})
    form = page(browser, f"/boards/new/?submission={said.pk}")
    assert not re.search("<(input|textarea)[^>]*>?Bara till er", form)
    moved = page(browser, f"/boards/new/?submission={tip.pk}&board=answer")
    assert not re.search('value="Fyren"', moved)


def test_what_is_written_for_easy_readers_reaches_them(browser: Client, hamnen: Branch) -> None:
    sent = {"board": "answer", "title-sv": "Det är mörkt", "branch": "", "publish": "yes"}
    followed(browser, "/boards/new/", sent | {"title-sv-simple": "Mörkt", "text-da-simple": "Lys"})
    (found,) = [e for e in published(hamnen).postings if e.title.get("sv-simple") == "Mörkt"]
    assert found.text == {"da-simple": "Lys"}


def test_a_reading_challenge_says_what_it_counts(browser: Client, hamnen: Branch) -> None:
    sent = {"board": "challenge", "title-sv": "Jakten", "branch": "", "target": "900"}
    assert "Choose what is counted." in refused(browser, "/boards/new/", sent | {"counts": "mil"})
    told = followed(browser, "/boards/new/", sent | {"counts": "pages", "publish": "yes"})
    assert "0 / 900" in told
    (found,) = [e for e in published(hamnen).on_board("challenge") if e.target == 900]
    assert found.counts == "pages"
