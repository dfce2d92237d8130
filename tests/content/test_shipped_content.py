"""The shipped content is complete, plain, and about nobody real."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from kiosk import places
from kiosk.domain.errand import DAYS
from kiosk.domain.posting import STAGES, Board
from kiosk.domain.task import Footing
from kiosk.domain.workshop import AUDIENCES
from kiosk.i18n import LANGUAGES
from tests.drivers.shipped import shipped_content
from tests.drivers.world import BEGINNING

FILES = ("branches", "workshops", "tasks", "notices", "boards", "questionnaires")
TEXT_LIMITS = {
    "title": 60,
    "about": 260,
    "purpose": 120,
    "value": 120,
    "frames": 240,
    "hours": 90,
    "library_offers": 90,
    "library_expects": 90,
    "text": 90,
    "contact": 120,
    "on_board": 260,
    "reason": 120,
    "ask": 60,
    "help": 60,
    "label": 34,
}
"""Most characters of each kind of text, so that it stands on one screen of 80x24."""

NAMES = {"title", "label"}
"""Kinds of text that are no sentences."""

TASK_TITLE_LIMIT = 40
SENTENCE_WORDS = 20
FICTION_NUMBER = re.compile(r"08-465 004 \d\d")
"""The Swedish regulator (PTS) gives these numbers to nobody, for use in books and films."""

WORKSHOP_FIELDS = {
    "id",
    "branch",
    "weekday",
    "weeks",
    "starts",
    "place",
    "audience",
    "spoken",
    "sign_up",
    "title",
    "about",
}
"""What every entry of the programme has."""

TASK_FIELDS = {
    "id",
    "footing",
    "version",
    "title",
    "purpose",
    "value",
    "frames",
    "hours",
    "library_offers",
    "library_expects",
}
"""What every volunteer task has."""

POSTING_FIELDS = {"id", "board", "branch", "title", "text"}
"""What everything on the boards has."""

FOREIGN_LETTERS = {"sv": "æøÆØ", "da": "äöÄÖ", "nb": "äöÄÖ", "fi": "æøåÆØÅ", "en": "äöåæøÄÖÅÆØ"}
"""Letters that a language does not have: a sign of a text under the wrong language."""


def content(name: str) -> dict[str, Any]:
    """Read one file of shipped content."""
    return tomllib.loads((places.CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


def branches() -> list[dict[str, Any]]:
    """List the branches."""
    return list(content("branches")["branch"])


def workshops() -> list[dict[str, Any]]:
    """List the programme."""
    return list(content("workshops")["workshop"])


def tasks() -> list[dict[str, Any]]:
    """List the volunteer tasks."""
    return list(content("tasks")["task"])


def notices() -> list[dict[str, Any]]:
    """List the notices."""
    return list(content("notices")["notice"])


def postings() -> list[dict[str, Any]]:
    """List what stands on the boards."""
    return list(content("boards")["posting"])


def questionnaires() -> list[dict[str, Any]]:
    """List what visitors are asked."""
    return list(content("questionnaires")["questionnaire"])


def asked() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield every text of what visitors are asked."""
    for questionnaire in questionnaires():
        yield f"{questionnaire['id']}.title", "title", questionnaire["title"]
        for question in questionnaire["question"]:
            where = f"{questionnaire['id']}.{question['name']}"
            yield f"{where}.ask", "ask", question["ask"]
            if "help" in question:
                yield f"{where}.help", "help", question["help"]
            for choice in question.get("choice", ()):
                yield f"{where}.{choice['value']}", "label", choice["label"]


def texts() -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield every text by language: where it stands, which kind it is, and what it says."""
    yield "library", "contact", content("branches")["library"]["contact"]
    for workshop in workshops():
        for kind in ("title", "about"):
            yield f"{workshop['id']}.{kind}", kind, workshop[kind]
    for task in tasks():
        for kind in ("title", "purpose", "value", "frames", "hours"):
            yield f"{task['id']}.{kind}", kind, task[kind]
        for kind in ("library_offers", "library_expects"):
            for place, each in enumerate(task[kind]):
                yield f"{task['id']}.{kind}[{place}]", kind, each
    for posting in postings():
        yield f"{posting['id']}.title", "title", posting["title"]
        yield f"{posting['id']}.text", "on_board", posting["text"]
        if "reason" in posting:
            yield f"{posting['id']}.reason", "reason", posting["reason"]
    for place, notice in enumerate(notices()):
        yield f"notice[{place}]", "text", notice["text"]
    yield from asked()


def spoken_lines() -> Iterator[tuple[str, str, str, str]]:
    """Yield where, kind, language and words of every single text."""
    for where, kind, text in texts():
        for language, words in text.items():
            yield f"{where}.{language}", kind, language, words


def minutes(clock: str) -> int:
    """Return a time of day in minutes from midnight."""
    moment = time.fromisoformat(clock)
    return moment.hour * 60 + moment.minute


def stretches(branch: dict[str, Any], day: str, *, staffed: bool) -> list[tuple[int, int]]:
    """List a branch's stretches of one weekday, in minutes from midnight."""
    return [
        (minutes(hours["opens"]), minutes(hours["closes"]) or 24 * 60)
        for hours in branch["hours"]
        if day in hours["days"] and hours["staffed"] is staffed
    ]


def within(inner: tuple[int, int], outer: list[tuple[int, int]]) -> bool:
    """Tell whether *inner* lies inside one of *outer*."""
    return any(opens <= inner[0] and inner[1] <= closes for opens, closes in outer)


def test_every_text_speaks_all_five_languages() -> None:
    for where, _, text in texts():
        assert set(text) == set(LANGUAGES), where
        assert all(words and words == words.strip() for words in text.values()), where


def test_every_text_is_short_enough_for_its_place() -> None:
    for where, kind, _, words in spoken_lines():
        assert len(words) <= TEXT_LIMITS[kind], f"{where}: {len(words)} characters"


def test_the_title_of_a_volunteer_task_stands_on_one_line() -> None:
    for task in tasks():
        assert all(len(title) <= TASK_TITLE_LIMIT for title in task["title"].values()), task["id"]


def test_sentences_are_plain_and_end_as_sentences_do() -> None:
    for where, kind, _, words in spoken_lines():
        if kind in NAMES:
            assert not words.endswith("."), where
            continue
        assert words[-1] in ".!?", where
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÆØ])", words):
            assert len(sentence.split()) <= SENTENCE_WORDS, f"{where}: {sentence}"


def test_no_text_stands_under_the_wrong_language() -> None:
    names = re.compile("|".join(re.escape(branch["name"]) for branch in branches()))
    for where, _, language, words in spoken_lines():
        foreign = set(names.sub("", words)) & set(FOREIGN_LETTERS[language])
        assert not foreign, f"{where}: {words}"


def test_no_long_text_is_a_copy_of_another_language() -> None:
    for where, kind, text in texts():
        if kind not in NAMES:
            assert len(set(text.values())) == len(LANGUAGES), where


def test_every_character_can_be_drawn_by_a_plain_console() -> None:
    for where, _, _, words in spoken_lines():
        strange = [letter for letter in words if ord(letter) > 0xFF and letter != "–"]
        assert not strange, f"{where}: {strange}"
        assert words.isprintable(), where


def test_ids_are_unique_and_fit_in_an_address() -> None:
    for ids in (
        [branch["key"] for branch in branches()],
        [workshop["id"] for workshop in workshops()],
        [task["id"] for task in tasks()],
        [posting["id"] for posting in postings()],
        [questionnaire["id"] for questionnaire in questionnaires()],
    ):
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z][a-z0-9-]{1,31}", each) for each in ids)


def test_there_are_three_branches_with_a_name_and_a_known_time_zone() -> None:
    assert len(branches()) == 3
    assert all(branch["name"] for branch in branches())
    assert {branch["timezone"] for branch in branches()} == {"Europe/Stockholm"}


@pytest.mark.parametrize("branch", branches(), ids=lambda branch: branch["key"])
def test_staff_are_there_only_while_the_branch_is_open(branch: dict[str, Any]) -> None:
    for day in DAYS:
        is_open = stretches(branch, day, staffed=False)
        assert is_open, day
        for staffed in stretches(branch, day, staffed=True):
            assert staffed[0] < staffed[1], day
            assert within(staffed, is_open), day


@pytest.mark.parametrize("branch", branches(), ids=lambda branch: branch["key"])
def test_a_branch_is_open_longer_than_it_is_staffed(branch: dict[str, Any]) -> None:
    assert {day for hours in branch["hours"] for day in hours["days"]} == set(DAYS)
    for day in DAYS:
        (whole_day,) = stretches(branch, day, staffed=False)
        assert whole_day not in stretches(branch, day, staffed=True), day


def test_no_field_is_misspelt() -> None:
    hours = {"days", "opens", "closes", "staffed"}
    known = WORKSHOP_FIELDS | {"ends", "ends_weeks", "all_day", "capacity", "taken"}
    for branch in branches():
        assert set(branch) == {"key", "name", "timezone", "phone", "hours"}
        assert all(set(each) == hours for each in branch["hours"])
    for workshop in workshops():
        assert WORKSHOP_FIELDS <= set(workshop) <= known, workshop["id"]
    assert all(set(task) == TASK_FIELDS for task in tasks())
    assert all(set(notice) == {"days", "text"} for notice in notices())
    more = {"stage", "reason", "rating", "nickname", "target", "expected_days"}
    for posting in postings():
        assert POSTING_FIELDS <= set(posting) <= POSTING_FIELDS | more, posting["id"]
    more = {"help", "choice", "required", "limit", "only_if"}
    for questionnaire in questionnaires():
        known = {"id", "title", "question", "days"}
        assert {"id", "title", "question"} <= set(questionnaire) <= known
        for question in questionnaire["question"]:
            assert {"name", "kind", "ask"} <= set(question) <= {"name", "kind", "ask"} | more


@pytest.mark.parametrize("workshop", workshops(), ids=lambda workshop: workshop["id"])
def test_a_workshop_happens_while_staff_are_there(workshop: dict[str, Any]) -> None:
    branch = {each["key"]: each for each in branches()}[workshop["branch"]]
    assert workshop["weeks"] >= 0
    assert workshop["place"]
    if workshop.get("all_day", False):
        assert workshop["starts"] == "00:00"
        return
    stretch = (minutes(workshop["starts"]), minutes(workshop["ends"]))
    assert stretch[0] < stretch[1]
    assert within(stretch, stretches(branch, workshop["weekday"], staffed=True))


@pytest.mark.parametrize("workshop", workshops(), ids=lambda workshop: workshop["id"])
def test_a_workshop_says_whom_it_is_for_and_what_is_spoken(workshop: dict[str, Any]) -> None:
    assert workshop["audience"] in AUDIENCES
    assert workshop["spoken"]
    assert set(workshop["spoken"]) <= set(LANGUAGES)


@pytest.mark.parametrize("workshop", workshops(), ids=lambda workshop: workshop["id"])
def test_no_more_seats_are_taken_than_there_are(workshop: dict[str, Any]) -> None:
    capacity, taken = workshop.get("capacity", 0), workshop.get("taken", 0)
    assert 0 <= taken <= capacity
    assert (capacity > 0) is workshop["sign_up"]


def test_the_programme_shows_every_kind_of_entry() -> None:
    programme = workshops()
    assert {each["branch"] for each in programme} == {branch["key"] for branch in branches()}
    assert {each["audience"] for each in programme} == set(AUDIENCES)
    assert any(not each["sign_up"] for each in programme)
    assert any(each.get("all_day") for each in programme)
    assert any(each.get("ends_weeks") for each in programme)
    assert any(each["sign_up"] and each["taken"] == each["capacity"] for each in programme)


def test_a_series_says_how_many_times_it_meets() -> None:
    (series,) = (each for each in workshops() if each.get("ends_weeks"))
    assert series["ends_weeks"] + 1 == 7
    assert "Seven Tuesdays" in series["about"]["en"]
    assert series["weekday"] == "tue"


@pytest.mark.parametrize("task", tasks(), ids=lambda task: task["id"])
def test_a_volunteer_task_has_expectations_on_both_sides(task: dict[str, Any]) -> None:
    assert task["footing"] in set(Footing)
    assert task["version"] >= 1
    assert 2 <= len(task["library_offers"]) <= 4
    assert 2 <= len(task["library_expects"]) <= 4


@pytest.mark.parametrize("task", tasks(), ids=lambda task: task["id"])
def test_a_volunteer_task_says_what_is_not_part_of_it(task: dict[str, Any]) -> None:
    assert re.search(r"\b(not|never)\b", task["frames"]["en"])
    if task["footing"] == Footing.PILOT:
        assert "trial lasts" in task["frames"]["en"]


def test_some_volunteer_tasks_are_tried_out_and_some_are_settled() -> None:
    assert len(tasks()) == 5
    assert {task["footing"] for task in tasks()} == set(Footing)


def test_every_notice_ends_some_day() -> None:
    assert notices()
    assert all(1 <= notice["days"] <= 90 for notice in notices())


@pytest.mark.parametrize("name", FILES)
def test_every_telephone_number_belongs_to_nobody(name: str) -> None:
    source = (places.CONTENT / f"{name}.toml").read_text(encoding="utf-8")
    assert not re.search(r"\d[\d -]{5,}\d", FICTION_NUMBER.sub("", source))


@pytest.mark.parametrize("name", FILES)
def test_every_address_belongs_to_nobody(name: str) -> None:
    source = (places.CONTENT / f"{name}.toml").read_text(encoding="utf-8")
    addresses = re.findall(r"\S+@(\S+?)[.\"]*(?:\s|$)", source)
    assert len(addresses) == source.count("@")
    assert all(address.endswith(".example") for address in addresses)
    assert not re.search(r"https?://|www\.", source)


def test_every_branch_can_be_called() -> None:
    assert all(FICTION_NUMBER.fullmatch(branch["phone"]) for branch in branches())
    assert len({branch["phone"] for branch in branches()}) == len(branches())


def test_every_board_has_something_on_it_and_ideas_stand_at_every_stage() -> None:
    on_board = {board: [each for each in postings() if each["board"] == board] for board in Board}
    assert all(on_board.values())
    assert len(postings()) == sum(map(len, on_board.values()))
    for board, stages in STAGES.items():
        assert {each["stage"] for each in on_board[Board(board)]} == set(stages), board
    assert {each["branch"] for each in postings()} <= {"", *(each["key"] for each in branches())}


def test_what_visitors_are_asked_can_be_drawn_and_asks_no_more_than_it_says() -> None:
    day = date(2026, 11, 26)
    told = {each.id: each for each in shipped_content("hamnen", BEGINNING).questionnaires}
    assert all(each.asked_on(day) for each in told.values())
    five, week = told["five-quick"], told["question-of-the-week"]
    assert len([each for each in five.questions if each.only_if is None]) == 5
    assert len([each for each in week.questions if each.only_if is None]) == 1
