"""Whose turn it is to write: what kiosks bring goes before understanding it."""

import time

from kiosk.central.platform.write_lock import MORE_COMES_S, Turns


def test_it_is_quiet_while_nobody_brings_anything() -> None:
    turns = Turns()
    assert turns.wait_until_quiet(0.0)
    with turns.bringing():
        assert not turns.wait_until_quiet(0.0)
    assert turns.wait_until_quiet(0.0)


def test_a_kiosk_with_more_to_bring_is_waited_for_between_its_batches_but_not_long() -> None:
    turns = Turns()
    turns.expect_more()
    began = time.monotonic()
    assert not turns.wait_until_quiet(0.0)
    assert turns.wait_until_quiet(60.0)
    assert MORE_COMES_S / 2 < time.monotonic() - began < 30.0


def test_understanding_waits_no_longer_than_it_has_patience() -> None:
    turns = Turns()
    turns.expect_more()
    assert not turns.wait_until_quiet(MORE_COMES_S / 10)
