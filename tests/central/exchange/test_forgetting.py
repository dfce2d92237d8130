"""A database that forgets its last seconds, with nobody noticing: kiosks do, and bring them again.

A promoted standby, a machine's snapshot, an older file: the epoch is the same as before.
"""

import random
from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone

from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange import bundles, taking_in
from kiosk.central.exchange.processing import understand_all
from kiosk.central.tenants.models import Branch, Record
from kiosk.store.dropping import Drops
from tests.central.knocking import Knocking
from tests.central.roaming import Roaming


class Forgetful:
    """One kiosk, and a central whose database can be put back to an earlier moment."""

    def __init__(self, branch: Branch) -> None:
        """Enrol the kiosk, and remember this moment."""
        self.kiosk = Roaming(branch)
        self.moments = [transaction.savepoint()]

    def hand_in(self) -> None:
        """Let a visitor hand something in."""
        self.kiosk.hand_in()

    def exchange(self) -> None:
        """Exchange over the network."""
        assert self.kiosk.online().error == ""
        understand_all()

    def stick(self) -> None:
        """Exchange by stick."""
        self.kiosk.there_and_back()

    def stick_that_is_never_read(self) -> None:
        """Bring a bundle whose answer stays on the stick."""
        bundles.answer(self.kiosk.write())

    def remember(self) -> None:
        """Let a copy of the database be made; nobody verifies it."""
        self.moments.append(transaction.savepoint())

    def back_up(self) -> None:
        """Cover everything with a verified backup; nothing older is ever put back."""
        for each in Device.objects.all():
            Device.objects.filter(pk=each.pk).update(safe_receipt=each.last_receipt)
        self.moments = [transaction.savepoint()]

    def forget(self) -> None:
        """Put the database back to one of the moments."""
        transaction.savepoint_rollback(self.moments[-1])

    @property
    def lost(self) -> set[str]:
        """What a receipt was given for, and neither end holds."""
        ledger = self.kiosk.desk.ledger
        kept = {each["id"] for each in ledger.books.outbox.all()}
        there = {str(each) for each in Event.objects.values_list("id", flat=True)}
        return set(self.kiosk.codes) - kept - there


@pytest.fixture
def both(kiosk: Roaming, hamnen: Branch) -> Forgetful:
    del kiosk
    return Forgetful(hamnen)


def steps(both: Forgetful, seed: int) -> list[Callable[[], None]]:
    """Choose what happens."""
    usual = [both.hand_in, both.exchange, both.exchange, both.remember, both.back_up, both.forget]
    seldom = [both.stick, both.stick_that_is_never_read]
    return random.Random(seed).choices(usual * 2 + seldom, k=30)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_central_forgets_one_end_still_holds_it(both: Forgetful, seed: int) -> None:
    for step in steps(both, seed):
        step()
        assert not both.lost, step.__name__
    both.exchange()
    ids = {str(each) for each in Event.objects.values_list("id", flat=True)}
    assert set(both.kiosk.codes) <= ids
    assert both.kiosk.desk.ledger.pending == 0
    both.kiosk.close()


def forgotten_between_two_batches(both: Forgetful) -> None:
    """Let central forget a batch that its kiosk was told of, and give its number away."""
    both.hand_in()
    both.exchange()
    both.remember()
    both.hand_in()
    both.exchange()
    both.forget()
    both.hand_in()
    both.exchange()
    both.back_up()
    both.exchange()
    both.exchange()


def test_a_kiosk_brings_again_what_central_forgot_and_says_so(both: Forgetful) -> None:
    both.hand_in()
    both.exchange()
    both.remember()
    both.hand_in()
    both.exchange()
    both.forget()
    with mock.patch.object(taking_in, "_note_health", wraps=taking_in._note_health) as noted:
        both.exchange()
    assert Event.objects.count() == 2
    assert ("S11",) in [call.args[1].health.faults for call in noted.call_args_list]
    assert both.kiosk.desk.ledger.troubles() == [], "it is over"
    both.kiosk.close()


def test_without_both_rules_it_would_be_gone_at_both_ends(both: Forgetful) -> None:
    def dropped(drops: Drops, answer: object, held: object) -> list[int]:
        del held
        return drops._books.index.acknowledged_until(answer.safe)  # type: ignore[attr-defined]

    with (
        mock.patch("kiosk.central.exchange.taking_in._notice_forgotten"),
        mock.patch("kiosk.store.settling._notice_another_life", return_value=False),
        mock.patch.object(Drops, "may_go", dropped),
        mock.patch("kiosk.store.settling._bring_again"),
    ):
        forgotten_between_two_batches(both)
    assert len(both.lost) == 1
    both.kiosk.close()


@pytest.mark.parametrize(
    "removed",
    ["kiosk.central.exchange.taking_in._notice_forgotten", "kiosk.store.settling._bring_again"],
)
def test_either_rule_alone_keeps_it(both: Forgetful, removed: str) -> None:
    with mock.patch(removed):
        forgotten_between_two_batches(both)
    assert not both.lost
    both.kiosk.close()


def test_a_kiosk_that_claims_ever_more_news_leaves_one_line_a_day(kiosk: Knocking) -> None:
    for claimed in range(5):
        epoch = kiosk.bring().epoch
        answer = kiosk.bring(epoch=epoch, states_after=2**53 + claimed)
        assert answer.epoch != epoch, "it is heard all the same"
    assert Record.objects.filter(verb="batches forgotten").count() == 1
    Record.objects.update(at=timezone.now() - timedelta(days=2))
    kiosk.bring(epoch=kiosk.bring().epoch, states_after=2**53)
    assert Record.objects.filter(verb="batches forgotten").count() == 2
