"""The page on which a visitor's phone follows a receipt."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from kiosk import seal
from kiosk.central.devices import throttle
from kiosk.central.devices.models import WrongCode
from kiosk.central.programme.models import Task
from kiosk.central.submissions import actions
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.guessing import MOST_WRONG, WINDOW_S, slowed_s
from kiosk.domain.receipt import new_code, spaced
from kiosk.i18n import phrases
from tests.central.conftest import Arrive
from tests.central.knocking import PRAISE

CODE = new_code(123456789)
UNKNOWN = new_code(987654321)


@pytest.fixture
def praise(arrive: Arrive, tenant: Tenant) -> Submission:
    keys = seal.receipt_keys(CODE, bytes(tenant.salt))
    return arrive(PRAISE, key=keys.key, locator=keys.locator)


def ask(path: str, language: str = "en", **typed: str) -> HttpResponse:
    phone = Client(headers={"Accept-Language": language})
    return phone.post(path, typed) if typed else phone.get(path)  # type: ignore[return-value]


def test_the_code_shows_how_far_the_errand_has_come(praise: Submission, librarian: Staff) -> None:
    for address in (f"/r/{CODE}", f"/r/{CODE}/"):
        assert "The library has it." in ask(address).content.decode()
    actions.answer(praise, librarian, "Tack & hej", "Lisa")
    shown = ask(f"/r/{CODE}").content.decode()
    assert "Tack &amp; hej" in shown
    assert "Lisa" in shown


def test_the_page_of_a_volunteer_names_the_task(arrive: Arrive, tenant: Tenant) -> None:
    task = Task.objects.create(tenant=tenant, title={"sv": "Läsvän", "en": "Reading friend"})
    keys = seal.receipt_keys(CODE, bytes(tenant.salt))
    agreed = {"accepted": True, "mine": "jag kommer", "version": 1}
    told = {"name": "Alma", "age": "adult", "times": ["mon-evening"], "consent": True}
    answers = {"task": str(task.pk), "agreement": agreed, **told}
    arrive(answers, errand="volunteer", key=keys.key, locator=keys.locator)
    shown = ask(f"/r/{CODE}").content.decode()
    assert "Reading friend" in shown
    assert "Alma" not in shown


def test_a_typed_code_is_read_as_it_stands_on_the_receipt(praise: Submission) -> None:
    answer = ask("/r/", code=f" {spaced(CODE).lower()} ")
    assert answer.status_code == 200
    assert "The library has it." in answer.content.decode()


def test_the_page_leaves_no_trace_and_is_in_no_search_engine(praise: Submission) -> None:
    for answer in (ask(f"/r/{CODE}"), ask("/r/"), ask("/r/", code="fel")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert not answer.cookies


def test_what_she_wrote_is_not_on_the_page(praise: Submission) -> None:
    assert PRAISE["words"] not in ask(f"/r/{CODE}").content.decode()


@pytest.mark.parametrize("typed", ["", "abc", CODE[:-1] + ("0" if CODE[-1] != "0" else "1")])
def test_a_mistyped_code_is_told_as_such_beside_its_field(typed: str) -> None:
    answer = ask("/r/", code=typed)
    assert answer.status_code == 422
    assert 'aria-describedby="code-hint code-mistake"' in answer.content.decode()


def test_a_code_that_leads_nowhere_is_told_kindly(tenant: Tenant) -> None:
    assert ask(f"/r/{UNKNOWN}").status_code == 404


def guess(address: str) -> int:
    """Try a code that nothing lies under."""
    return Client(REMOTE_ADDR=address).get(f"/r/{UNKNOWN}").status_code


def test_guessing_is_slowed_down_and_a_right_code_is_never_refused(
    praise: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kiosk.central.devices.throttle._room.rest", slept.append)
    neighbours = [f"2001:db8:1:2::{number:x}" for number in range(1, MOST_WRONG + 4)]
    assert {guess(each) for each in neighbours} == {404}
    assert slept == [slowed_s(MOST_WRONG + each) for each in range(3)], "a network is one origin"
    for address in (*neighbours, "2001:db8:1:2::ffff"):
        assert Client(REMOTE_ADDR=address).get(f"/r/{CODE}").status_code == 200
    assert len(slept) == 3, "who is right does not wait"
    for stranger in ("2001:db8:1:3::1", "192.0.2.1"):
        assert guess(stranger) == 404
    assert len(slept) == 3, "nor does anybody elsewhere"
    WrongCode.objects.update(at=timezone.now() - timedelta(seconds=WINDOW_S + 1))
    assert guess(neighbours[0]) == 404
    assert (len(slept), WrongCode.objects.count()) == (3, 1)


def test_where_guessers_stand_in_line_her_page_comes_by_itself(
    praise: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(MOST_WRONG):
        assert guess("192.0.2.7") == 404
    monkeypatch.setattr(throttle, "_room", throttle._Room(1))
    monkeypatch.setattr(throttle, "_TURN_S", 0.0)
    with throttle._room:
        for somebody_at_the_door in (None, object()):
            throttle._room._at_the_door = somebody_at_the_door
            waiting = Client(REMOTE_ADDR="192.0.2.7").get(f"/r/{CODE}")
            assert (waiting.status_code, waiting.headers["Refresh"]) == (429, "4")
            assert Client(REMOTE_ADDR="192.0.2.8").get(f"/r/{CODE}").status_code == 200
        throttle._room._at_the_door = None
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"/r/{CODE}").status_code == 200


@pytest.mark.parametrize(
    ("accepted", "spoken"),
    [("fi-FI,en;q=0.5", "fi"), ("nn", "nb"), ("de,da;q=0.8", "da"), ("", "sv"), ("x;q=z", "sv")],
)
def test_the_page_speaks_the_phones_language(accepted: str, spoken: str) -> None:
    assert f'<html lang="{spoken}">' in ask("/r/", accepted).content.decode()


def test_the_visitor_can_choose_another_language(praise: Submission) -> None:
    shown = ask(f"/r/{CODE}?language=da", "fi").content.decode()
    assert '<html lang="da">' in shown
    assert f"/r/{CODE}?language=nb" in shown


def test_times_on_the_page_are_those_of_the_branch(praise: Submission) -> None:
    praise.branch.timezone = "Europe/Helsinki"
    praise.branch.save()
    (step, *_) = praise.steps.all()
    there = step.at.astimezone(ZoneInfo("Europe/Helsinki"))
    assert phrases("en").moment(there) in ask(f"/r/{CODE}").content.decode()
