"""Correcting at the desk: an answer given anew, by the code on the receipt."""

from typing import TYPE_CHECKING

from kiosk import wire
from kiosk.desk.errand_begun import ErrandRefused
from kiosk.desk.padding import longest_choices
from kiosk.domain.correction import changeable, party
from kiosk.domain.errand import Answers, Question
from kiosk.domain.mistake import Mistake, Reason, mistakes
from kiosk.domain.receipt import State
from kiosk.domain.submission import FollowUp
from kiosk.errands import ERRANDS
from kiosk.errands.correction import correction_of
from kiosk.problems import TOO_LATE, Trouble

if TYPE_CHECKING:
    from kiosk.desk.desk import Desk
    from kiosk.store.note import ReceiptRecord


def correctable(desk: "Desk", found: FollowUp) -> list[Question]:
    """List the questions that can be answered anew; none of what is gone, over or unknown."""
    errand = ERRANDS.get(found.errand)
    seat = found.seat.workshop if found.seat else ""
    if errand is None or not found.can_add or _is_over(desk, seat):
        return []
    return changeable(errand)


def correct(desk: "Desk", typed_code: str, root: str, answers: Answers, language: str) -> FollowUp:
    """Put *answers* in the place of what was answered to *root* and to all that hangs on it.

    Durable here at once, sealed like what it corrects. Raises Refused for what that errand would
    not take, and Trouble as `withdraw` does, or TOO_LATE.
    """
    keys = desk.keys(typed_code)
    known = desk.found(keys)
    errand = ERRANDS.get(known.errand)
    if errand is None or root not in {each.name for each in changeable(errand)}:
        raise ErrandRefused({root: Mistake(Reason.UNKNOWN_QUESTION)})
    if _is_over(desk, known.seat.workshop if known.seat else ""):
        raise Trouble(TOO_LATE)
    asked = correction_of(errand, root, _seats(known))
    kept = asked.kept(asked.cleaned(answers))
    wrong = mistakes(asked, kept, {})
    if wrong:
        raise ErrandRefused(wrong)
    anew = tuple(each.name for each in asked.questions)
    contents = wire.Contents(kept, keys.key, language, anew)
    sealed = desk.sealed(contents, longest_choices(errand, {}))
    return desk.change(
        keys, wire.CORRECTED, State.SAVED, sealed, known=known, seats=party(asked, kept)
    )


def _seats(known: "ReceiptRecord") -> int:
    return known.seat.seats if known.seat else 0


def _is_over(desk: "Desk", workshop_id: str) -> bool:
    """Tell whether what she signed up for is over; it is in no programme then, sooner or later."""
    workshop = desk.content.workshop(workshop_id)
    return bool(workshop_id) and (workshop is None or workshop.over <= desk.now())
