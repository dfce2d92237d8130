"""What visitors do is counted by names, per hour and language, and what they write never is."""

from collections import Counter

from kiosk import seal, wire
from kiosk.desk import Desk
from kiosk.sync import figures
from screens.messages import StartOver
from tests.drivers.branch import Branch
from tests.drivers.visitor import visiting


def counted(branch: Branch) -> Counter[str]:
    """Read what the kiosk brings after this hour: `{"begun feedback en": 1}`."""
    branch.close()
    branch.world.later(hours=1)
    figures.bring(branch.desk.ledger, branch.device, branch.world)
    found: Counter[str] = Counter()
    for event in branch.events():
        if event.type == wire.COUNTED:
            sealed = wire.decode(bytes(event.payload), wire.FiguresCounted).sealed
            opened = seal.unseal(branch.sealing.secret, sealed)
            for each in wire.decode(opened, wire.Tallies).tallies:
                found[" ".join(filter(None, (each.what, each.about, each.language)))] += each.many
    return found


async def test_an_errand_that_was_handed_in(branch: Branch, desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words="Katten")
        await visitor.hands_in()
        await visitor.touches("#done")
    assert counted(branch) == {"visit en": 1, "begun feedback en": 1, "finished feedback en": 1}


async def test_the_question_at_which_an_errand_was_left(branch: Branch, desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.touches("#next")
        await visitor.touches("#language-fi")
        await visitor.app.start_over()
    assert counted(branch) == {
        "visit fi": 1,
        "begun feedback en": 1,
        "abandoned feedback/about fi": 1,
    }


async def test_leaving_at_the_review(branch: Branch, desk: Desk) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.answers(about="staff", words="Katten")
        await visitor.app.start_over()
    assert counted(branch)["abandoned feedback/review en"] == 1


async def test_one_visit_is_counted_once_however_often_somebody_says_goodbye(
    branch: Branch, desk: Desk
) -> None:
    async with visiting(desk) as visitor:
        await visitor.begins()
        visitor.app.post_message(StartOver())
        visitor.app.post_message(StartOver())
        await visitor.settles()
    assert counted(branch) == {"visit en": 1}


async def test_looking_up_a_receipt(branch: Branch, desk: Desk) -> None:
    code = branch.hand_in().code
    async with visiting(desk) as visitor:
        await visitor.opens("follow-up")
        await visitor.writes(code)
        await visitor.touches("Show")
        await visitor.app.workers.wait_for_complete()
        await visitor.settles()
        await visitor.app.start_over()
    assert counted(branch) == {"followed en": 1, "visit en": 1}


async def test_help_is_counted_where_it_was_asked_for_and_loses_no_answer(
    branch: Branch, desk: Desk
) -> None:
    async with visiting(desk) as visitor:
        await visitor.opens("feedback")
        await visitor.presses_in("#next")
        visitor.tile("staff").press()
        await visitor.presses("f1")
        assert visitor.sees("What you have answered stays.")
        await visitor.presses("f1", "escape")
        assert visitor.form.draft.answers == {"about": "staff"}
        await visitor.touches("#help-me")
        await visitor.presses("enter")
        await visitor.app.start_over()
    assert counted(branch)["help feedback/about en"] == 2
