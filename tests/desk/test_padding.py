"""The length of what is sealed tells nothing of what was chosen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import seal, wire
from kiosk.desk.correcting import correct
from kiosk.desk.padding import longest_choices
from kiosk.domain.errand import Errand, Kind
from kiosk.errands import ERRANDS
from kiosk.errands.feedback import FEEDBACK
from kiosk.errands.offer import offered
from tests.drivers.answering import full_answers, valid_answers
from tests.drivers.branch import PRAISE, Branch
from tests.drivers.published import CONTENT
from tests.drivers.world import BEGINNING

NOW = BEGINNING.replace(tzinfo=None)
WRITTEN = {Kind.TEXT, Kind.LONG_TEXT, Kind.CONTACT, Kind.AGREEMENT}
STEPS = {256 * 2**n for n in range(8)}


@pytest.mark.parametrize("errand", ERRANDS.values(), ids=list(ERRANDS))
@given(chance=st.data())
@settings(max_examples=30)
def test_whatever_is_chosen_is_as_long_as_anything_else(
    errand: Errand, chance: st.DataObject
) -> None:
    picks = offered(errand, CONTENT, NOW)
    written = {each.name for each in errand.questions if each.kind in WRITTEN}
    given_answers = chance.draw(valid_answers(errand, CONTENT, NOW))
    chosen = {name: each for name, each in given_answers.items() if name not in written}
    least = longest_choices(errand, picks)
    anything = len(wire.encode_padded(wire.Contents({}, bytes(32), "sv"), least))
    for language in ("sv", "sv-simple"):
        contents = wire.Contents(chosen, bytes(32), language)
        assert len(wire.encode_padded(contents, least)) == anything


@pytest.mark.parametrize("errand", ERRANDS.values(), ids=list(ERRANDS))
def test_what_leaves_the_desk_has_one_of_few_lengths_and_an_older_central_opens_it(
    branch: Branch, errand: Errand
) -> None:
    branch.hand_in(errand, full_answers(errand, CONTENT, NOW))
    (event,) = branch.events()
    sealed = wire.decode(bytes(event.payload), wire.Handed).sealed
    clear = seal.unseal(branch.sealing.secret, sealed)
    assert len(clear) in STEPS
    assert clear.rstrip(b" ").endswith(b"}")
    assert branch.unsealed(event).answers


def test_what_is_added_corrected_or_counted_has_one_of_few_lengths_too(branch: Branch) -> None:
    receipt = branch.hand_in(FEEDBACK, PRAISE)
    branch.desk.add(receipt.code, "Och tack för i går!", "sv")
    correct(branch.desk, receipt.code, "about", {"about": "staff"}, "sv")
    for event in branch.events()[1:]:
        sealed = wire.decode(bytes(event.payload), wire.Changed).sealed
        assert len(seal.unseal(branch.sealing.secret, sealed)) in STEPS


def test_what_was_sealed_without_padding_still_opens() -> None:
    contents = wire.Contents({"about": "staff"}, bytes(32), "sv")
    for body in (
        wire.encode(contents),
        wire.encode_padded(contents),
        wire.encode_padded(contents, 900),
    ):
        assert wire.decode(body, wire.Contents) == contents
    assert len(wire.encode_padded(contents, 900)) == 1024
