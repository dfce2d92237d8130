"""What kiosks get of the boards: what staff have published there, counted once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk import wire
from kiosk.central.boards import actions, counting
from kiosk.central.boards.models import CountsTold, Joining, Publication, Support
from kiosk.central.boards.queries import read_for
from kiosk.central.content.publishing import published
from kiosk.central.events.models import Event
from kiosk.central.exchange import erasure
from kiosk.central.platform.typed import Overtaken
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Record, Staff, Tenant
from kiosk.domain.content import Content
from kiosk.domain.posting import Board, ChallengeUnit, Posting, Stage
from tests.central.boards.conftest import Post, me_too
from tests.central.conftest import Arrive
from tests.central.knocking import Knocking, id_of


def shown(branch: Branch, row: Publication) -> Posting | None:
    return published(branch).posting(str(row.pk))


def test_what_is_written_is_shown_once_it_is_published_and_only_at_its_branch(
    post: Post, hamnen: Branch, tenant: Tenant, librarian: Staff
) -> None:
    elsewhere = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    row = post(published=False, branch=hamnen)
    assert shown(hamnen, row) is None
    row = actions.change(row, librarian, {"published": True}, row.version)
    posting = shown(hamnen, row)
    assert posting
    assert (posting.branch, posting.posted) == ("hamnen", timezone.localdate())
    assert shown(elsewhere, row) is None
    row = actions.change(row, librarian, {"branch": None}, row.version)
    assert shown(elsewhere, row)
    row = actions.change(row, librarian, {"published": False}, row.version)
    assert shown(hamnen, row) is None
    told = Record.objects.filter(subject_id=str(row.pk)).order_by("pk")
    assert [each.verb for each in told] == ["drafted", "published", "edited", "taken down"]


def test_nobody_overwrites_what_a_colleague_has_changed_meanwhile(
    post: Post, librarian: Staff
) -> None:
    row = post()
    actions.change(row, librarian, {"stage": Stage.TRIED}, row.version)
    with pytest.raises(Overtaken):
        actions.change(row, librarian, {"stage": Stage.NOT_TAKEN}, row.version)
    row.refresh_from_db()
    assert row.stage == Stage.TRIED
    assert Record.objects.get(verb="moved on").particulars["stage"] == "tried"


def test_me_too_counts_each_event_once_however_often_it_comes(
    post: Post, kiosk: Knocking, hamnen: Branch
) -> None:
    row = post()
    said = me_too(kiosk, row)
    assert kiosk.settled(said) == ("duplicate", "")
    kiosk.bring(said)
    Event.objects.filter(id=id_of(said)).update(waiting=True)
    kiosk.bring(me_too(kiosk, row, tally="t2"))
    next_change(hamnen.tenant)
    posting = shown(hamnen, row)
    assert posting
    assert (posting.so_far, posting.so_far_by) == (2, {"t1": 1, "t2": 1})


def test_a_kiosk_of_another_branch_gets_the_sum_and_no_tally_that_is_not_its_own(
    post: Post, kiosk: Knocking, tenant: Tenant, hamnen: Branch
) -> None:
    row = post()
    kiosk.bring(me_too(kiosk, row))
    posting = shown(tenant.branches.exclude(pk=hamnen.pk).earliest("position"), row)
    assert posting
    assert (posting.so_far, posting.so_far_by) == (1, {})


def test_me_too_of_what_is_taken_down_counts_and_of_what_never_was_is_held(
    post: Post, kiosk: Knocking, librarian: Staff
) -> None:
    row = post()
    actions.change(row, librarian, {"published": False}, row.version)
    kiosk.bring(me_too(kiosk, row))
    assert Support.objects.filter(publication=row).count() == 1
    strange = Publication(pk="0192f0c1-2f3a-7b1c-8d4e-5f60718293a4")
    assert kiosk.settled(me_too(kiosk, strange)) == ("held", "unknown_idea")
    answer = post(board=Board.ANSWER)
    assert kiosk.settled(me_too(kiosk, answer)) == ("held", "unknown_idea")


def test_me_too_of_nothing_is_held(kiosk: Knocking) -> None:
    told = wire.IdeaSupported(branch="hamnen", tally="t1")
    assert kiosk.settled(kiosk.event(wire.SUPPORTED, told)) == ("held", "unreadable")


def test_whoever_wants_to_join_is_noted_at_the_idea_until_she_erases_it(
    post: Post, arrive: Arrive, tenant: Tenant
) -> None:
    row = post()
    joined = arrive(joining(row), "join")
    assert Joining.objects.get(publication=row).submission == joined
    erasure.erase(tenant, joined.pk, timezone.now())
    assert not Joining.objects.exists()


def test_joining_an_idea_that_never_was_is_held(kiosk: Knocking) -> None:
    strange = Publication(pk="0192f0c1-2f3a-7b1c-8d4e-5f60718293a4")
    assert kiosk.settled(kiosk.handed(joining(strange), "join"))[0] == "held"


def joining(row: Publication) -> dict[str, object]:
    return {"idea": str(row.pk), "contact": "siri@example.org", "consent": True}


@pytest.fixture
def made(post: Post, arrive: Arrive) -> tuple[Publication, Submission]:
    """Publish something out of what a visitor handed in."""
    handed = arrive({"about": "staff", "words": "Ha öppet om natten"})
    return post(submission=handed, reason={"sv": "Vi lyssnar"}), handed


def test_erasing_what_it_was_made_from_takes_it_down_and_keeps_no_word_of_it(
    made: tuple[Publication, Submission],
    kiosk: Knocking,
    tenant: Tenant,
    hamnen: Branch,
) -> None:
    row, handed = made
    before = published(hamnen)
    assert before.posting(str(row.pk))
    erasure.erase(tenant, handed.pk, timezone.now())
    assert shown(hamnen, row) is None
    assert published(hamnen).version != before.version
    row.refresh_from_db()
    assert (row.title, row.text, row.reason, row.published) == ({}, {}, {}, False)
    kiosk.bring(me_too(kiosk, row))
    assert not Event.objects.exclude(held_reason="").exists()


def test_taking_back_what_it_was_made_from_takes_it_down_and_staff_keep_the_words(
    post: Post, kiosk: Knocking, hamnen: Branch
) -> None:
    event = kiosk.handed({"about": "staff", "words": "Ha öppet om natten"})
    kiosk.bring(event)
    row = post(submission=Submission.objects.get(pk=id_of(event)))
    kiosk.bring(kiosk.about(wire.WITHDRAWN, event))
    assert shown(hamnen, row) is None
    row.refresh_from_db()
    assert row.title


TIP = {"title": "Fyren", "stars": 5, "nickname": "story_fox"}


@pytest.mark.parametrize(
    ("counts", "many"),
    [(ChallengeUnit.TIPS, 4), ("", 4), (ChallengeUnit.BOOKS, 7), (ChallengeUnit.PAGES, 300)],
)
def test_a_reading_challenge_adds_up_what_visitors_reported_published_or_not(
    post: Post, arrive: Arrive, hamnen: Branch, counts: str, many: int
) -> None:
    row = post(board=Board.CHALLENGE, target=50, counts=counts)
    for reported in (
        {"counts": "books", "read": 3},
        {"counts": "books", "read": 4},
        {"counts": "pages", "read": 300},
        {},
    ):
        arrive(TIP | reported, "book_tip", event=captured())
    next_change(hamnen.tenant)
    posting = shown(hamnen, row)
    assert posting
    assert (posting.so_far, posting.counts) == (many, counts)


def test_a_reading_challenge_counts_only_in_its_time_and_place_and_nothing_taken_back(
    post: Post, arrive: Arrive, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    today = timezone.localdate()
    elsewhere = tenant.branches.exclude(pk=hamnen.pk).earliest("position")
    here, there = (
        post(board=Board.CHALLENGE, branch=each, expected=today, counts=ChallengeUnit.BOOKS)
        for each in (hamnen, elsewhere)
    )
    book = TIP | {"counts": "books", "read": 2}
    early = arrive(book, "book_tip", event=captured())
    Submission.objects.filter(pk=early.pk).update(captured_at=timezone.now() - timedelta(days=1))
    event = kiosk.handed(book, "book_tip", event=captured())
    kiosk.bring(event)
    arrive(book, "book_tip", event=captured())
    kiosk.bring(kiosk.about(wire.WITHDRAWN, event))
    assert (read_for(here), read_for(there)) == (2, 0)


def captured() -> dict[str, str]:
    return {"captured_at": timezone.localtime().isoformat(timespec="minutes")}


def test_a_second_me_too_is_told_when_ten_minutes_have_passed(
    post: Post, kiosk: Knocking, hamnen: Branch, tenant: Tenant
) -> None:
    row = post()
    kiosk.bring(me_too(kiosk, row))
    first = published(hamnen)
    assert so_far(first, row) == 1
    kiosk.bring(me_too(kiosk, row), me_too(kiosk, row, tally="t2"))
    assert published(hamnen).version == first.version, "no new content for every kiosk"
    assert counting.tell() == 0
    told = CountsTold.objects.filter(tenant=tenant)
    told.update(at=timezone.now() - counting.EVERY)
    assert counting.tell() == 1
    assert so_far(published(hamnen), row) == 3
    assert counting.tell() == 0
    told.update(at=timezone.now() - counting.EVERY)
    kiosk.bring(me_too(kiosk, row))
    assert so_far(published(hamnen), row) == 4, "after a pause at once"


def test_what_staff_change_brings_the_newest_counts_with_it(
    post: Post, kiosk: Knocking, hamnen: Branch
) -> None:
    row = post()
    kiosk.bring(me_too(kiosk, row))
    kiosk.bring(me_too(kiosk, row))
    post(board=Board.METHOD)
    assert so_far(published(hamnen), row) == 2


def test_a_book_tip_is_told_of_only_where_a_reading_challenge_goes_on(
    post: Post, arrive: Arrive
) -> None:
    Publication.objects.filter(board=Board.CHALLENGE).update(published=False)
    arrive(TIP, "book_tip")
    assert not CountsTold.objects.exists()
    post(board=Board.CHALLENGE)
    arrive(TIP, "book_tip")
    assert CountsTold.objects.exists()


def so_far(content: Content, row: Publication) -> int:
    posting = content.posting(str(row.pk))
    assert posting
    return posting.so_far
