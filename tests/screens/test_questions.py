"""Questions that staff wrote, as a visitor answers them."""

from dataclasses import replace

from kiosk import wire
from kiosk.desk import Desk
from kiosk.domain.content import Content
from screens.form import Form
from screens.home import Home
from screens.questions import Questionnaires
from tests.drivers.branch import Branch
from tests.drivers.visitor import visiting


def publish(branch: Branch, content: Content) -> None:
    branch.desk.published.replace(wire.encode_content(content))


async def test_two_questionnaires_are_listed_and_one_is_handed_in(
    desk: Desk, branch: Branch
) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("questions")
        assert isinstance(visitor.app.screen, Questionnaires)
        assert visitor.sees("5 quick ones"), visitor.text
        assert visitor.sees("6 questions"), visitor.text
        assert visitor.sees("2 questions"), visitor.text
        await visitor.presses("1")
        assert visitor.sees("How was your visit today?"), visitor.text
        assert visitor.sees("Question 1 of 6"), visitor.text
        await visitor.answers(visit="4", found="no", missing="A chair", visits=12, words="Thanks")
        assert visitor.sees("What was missing?"), visitor.text
        receipt = await visitor.hands_in()
        assert visitor.sees("Thank you for your answers!"), visitor.text
    (event,) = branch.events()
    answers = branch.unsealed(event).answers
    assert answers["questionnaire"] == "five-quick"
    assert (answers["missing"], answers["visits"]) == ("A chair", 12)
    assert receipt.errand == "questions"


async def test_a_question_whose_condition_does_not_hold_is_not_asked(desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("questions")
        await visitor.presses("1")
        await visitor.answers(visit="4", found="yes")
        assert not visitor.sees("What was missing?"), visitor.text


async def test_the_only_questionnaire_is_opened_directly_and_speaks_every_language(
    desk: Desk, branch: Branch
) -> None:
    publish(branch, replace(desk.content, questionnaires=desk.content.questionnaires[1:]))
    async with visiting(desk) as visitor:
        await visitor.opens("questions")
        assert isinstance(visitor.app.screen, Form)
        assert visitor.sees("this winter?"), visitor.text
        visitor.app.visit.language = "sv"
        visitor.app.draw_anew()
        await visitor.settles()
        assert visitor.sees("en lördag i vinter?"), visitor.text
        await visitor.answers(saturday="other", what_else="Sjunga")
        await visitor.hands_in()
    (event,) = branch.events()
    assert branch.unsealed(event).answers["what_else"] == "Sjunga"


async def test_without_a_questionnaire_there_is_no_tile(desk: Desk, branch: Branch) -> None:
    publish(branch, replace(desk.content, questionnaires=()))
    async with visiting(desk) as visitor:
        await visitor.begins()
        await visitor.touches("#do-take-part")
        assert isinstance(visitor.app.screen, Home)
        assert not visitor.app.screen.query("#do-questions")


async def test_what_is_for_somebody_says_for_whom(desk: Desk, branch: Branch) -> None:
    both = desk.content.questionnaires
    publish(
        branch, replace(desk.content, questionnaires=(both[0], replace(both[1], audience="young")))
    )
    async with visiting(desk) as visitor:
        await visitor.opens("questions")
        assert visitor.sees("2 questions · Young people"), visitor.text
        await visitor.presses("escape")
        assert isinstance(visitor.app.screen, Home)


async def test_what_has_ended_meanwhile_opens_nothing(desk: Desk, branch: Branch) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("questions")
        publish(branch, replace(desk.content, questionnaires=()))
        await visitor.presses("1")
        assert isinstance(visitor.app.screen, Questionnaires)
