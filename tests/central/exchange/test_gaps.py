"""Gaps in the numbers of a kiosk's events."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.devices.models import Device
from kiosk.central.events.gaps import MOST_GAPS, MOST_TOLD, SequenceNumbers
from tests.central.knocking import PRAISE, Knocking


@given(st.lists(st.sets(st.integers(1, 60), min_size=1), max_size=6))
def test_what_is_missing_is_what_never_came(batches: list[set[int]]) -> None:
    numbers, came = SequenceNumbers(), set[int]()
    for batch in batches:
        numbers = numbers.with_seen(batch)
        came |= batch
    first = min(batches[0]) if batches else 1
    assert numbers.highest == max(came, default=0)
    assert numbers.missing() == sorted(set(range(first, numbers.highest)) - came)


def test_wild_numbers_cost_no_room() -> None:
    numbers = SequenceNumbers().with_seen([1, 2**63 - 1])
    assert numbers.missing() == list(range(2, 2 + MOST_TOLD))
    every_other = numbers.with_seen(range(10, 10 * MOST_GAPS * 3, 10))
    assert len(every_other.gaps) == MOST_GAPS
    assert len(every_other.missing()) == MOST_TOLD


def test_a_kiosk_is_told_which_numbers_never_came(kiosk: Knocking) -> None:
    numbered = [kiosk.handed(PRAISE, event={"seq": seq}) for seq in (7, 8, 12, 9)]
    assert kiosk.bring(numbered[0], numbered[1]).seen_gaps == []
    assert kiosk.bring(numbered[2]).seen_gaps == [9, 10, 11]
    assert kiosk.bring(numbered[3]).seen_gaps == [10, 11]
    device = Device.objects.get()
    assert (device.highest_seq, device.gaps) == (12, [[10, 11]])
