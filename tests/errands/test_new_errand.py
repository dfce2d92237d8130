"""Adding an errand: a declaration is enough for everything below the screens."""

import pytest

from kiosk.desk import Desk, ErrandRefused, listing
from kiosk.domain.errand import Choice, Errand, Kind, OnlyIf, Question
from kiosk.domain.mistake import Reason
from kiosk.domain.receipt import State
from kiosk.errands import ERRANDS
from kiosk.errands.telling import told
from kiosk.i18n import phrases
from tests.drivers.branch import Branch
from tests.drivers.published import CONTENT

LOST = Errand(
    name="lost-property",
    title="Lost something",
    blurb="We look for it.",
    thanks="We will look for it.",
    questions=(
        Question(
            "what",
            Kind.CHOICE,
            "What did you lose?",
            required=True,
            choices=(Choice("glove", "A glove"), Choice("other", "Something else")),
        ),
        Question(
            "which",
            Kind.TEXT,
            "Which?",
            required=True,
            personal=True,
            only_if=OnlyIf("what", ("other",)),
        ),
        Question("promise", Kind.AGREEMENT, "Will you fetch it?", personal=True),
    ),
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    registered = {**ERRANDS, LOST.name: LOST}
    monkeypatch.setattr(Desk, "errands", registered)
    monkeypatch.setattr(listing, "ERRANDS", registered)


def test_a_new_errand_is_handed_in_found_again_and_taken_back(branch: Branch) -> None:
    errand = branch.desk.errands["lost-property"]
    answers = {"what": "other", "which": "Ett rött paraply"}
    receipt = branch.hand_in(errand, answers)
    (event,) = branch.events()
    assert event.type == "lost-property.submitted"
    assert branch.unsealed(event).answers == answers
    assert branch.desk.look_up(receipt.code).errand == "lost-property"
    assert branch.desk.withdraw(receipt.code).state is State.WITHDRAWN
    assert b"paraply" not in branch.bytes_on_disk()


def test_a_new_errand_is_checked_by_the_same_rules(branch: Branch) -> None:
    with pytest.raises(ErrandRefused) as refused:
        branch.hand_in(LOST, {"what": "other"})
    assert refused.value.mistakes["which"].reason is Reason.REQUIRED


def test_an_agreement_without_a_task_goes_as_it_was_given(branch: Branch) -> None:
    answers = {"what": "glove", "promise": {"accepted": True, "mine": "På fredag"}}
    branch.hand_in(LOST, answers)
    assert branch.unsealed(branch.events()[0]).answers == answers


def test_a_new_errand_is_listed_and_told_in_words(branch: Branch) -> None:
    listed = {each["name"]: each for each in listing.errands(branch.home, "en")}
    questions = listed["lost-property"]["questions"]
    assert [each["name"] for each in questions] == ["what", "which", "promise"]
    assert questions[1]["only_if"] == {"question": "what", "among": ["other"]}
    words = told(LOST, {"what": "glove"}, CONTENT, phrases("en"))
    assert [(question.name, said) for question, said in words] == [
        ("what", "A glove"),
        ("promise", ""),
    ]
