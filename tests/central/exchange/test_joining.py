"""Joining by stick: the code never travels, and nobody without it can pass for the other end."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.utils import timezone

from kiosk import places, seal
from kiosk.central.devices.actions import new_code
from kiosk.central.devices.models import Device, WrongCode
from kiosk.central.exchange import bundles
from kiosk.central.exchange.joining import let_in
from kiosk.central.tenants.models import Branch, Tenant
from kiosk.desk import Desk
from kiosk.domain.guessing import MOST_WRONG
from kiosk.domain.world import RealWorld
from kiosk.errands.feedback import FEEDBACK
from kiosk.problems import JOINING_REFUSED, Trouble
from kiosk.store.device import load_device
from kiosk.sync.bundle import Stick
from kiosk.sync.enrolment import ask_by_stick, join_by_stick
from kiosk.wire.bundle import MAGIC

pytestmark = pytest.mark.guards  # joining by stick, its file and its keys


WORLD = RealWorld()


def test_a_kiosk_that_never_had_a_network_joins_and_exchanges(
    hamnen: Branch, tmp_path: Path
) -> None:
    code, _ends = new_code(hamnen)
    asked = ask_by_stick(tmp_path, code.lower(), WORLD)
    assert code.encode() not in asked
    row, answer = let_in(asked, f" {code[:5]}-{code[5:]} ")
    assert let_in(asked, code)[0] == row
    device = join_by_stick(tmp_path, code, answer)
    assert join_by_stick(tmp_path, code, answer) == device == load_device(tmp_path)
    assert (device.device, device.branch, device.central) == (str(row.pk), "hamnen", "")
    desk = Desk(tmp_path, WORLD)
    receipt = desk.hand_in(desk.begin(FEEDBACK), {"about": "staff", "words": "Hej"}, "sv")
    stick = Stick(device, desk.ledger, desk.published, WORLD)
    stick.read(bundles.answer(stick.write().file).file)
    assert desk.look_up(receipt.code).state == "sent"
    assert desk.content.version
    desk.close()


def test_a_kiosk_that_joined_by_stick_knows_where_central_is_should_it_get_a_network(
    hamnen: Branch, tenant: Tenant, tmp_path: Path
) -> None:
    Tenant.objects.filter(pk=tenant.pk).update(public_url="https://library.example/")
    code, _ends = new_code(hamnen)
    _row, answer = let_in(ask_by_stick(tmp_path, code, WORLD), code)
    assert join_by_stick(tmp_path, code, answer).central == "https://library.example"


def test_with_another_code_neither_end_believes_the_other(hamnen: Branch, tmp_path: Path) -> None:
    code, _ends = new_code(hamnen)
    other, _ends = new_code(hamnen)
    asked = ask_by_stick(tmp_path, code, WORLD)
    with pytest.raises(Trouble) as caught:
        let_in(asked, other)
    assert caught.value.problem is JOINING_REFUSED
    _row, answer = let_in(asked, code)
    with pytest.raises(Trouble) as caught:
        join_by_stick(tmp_path, other, answer)
    assert caught.value.problem is JOINING_REFUSED
    assert not places.device(tmp_path).exists()


def test_an_answer_torn_or_changed_anywhere_gives_no_identity(
    hamnen: Branch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "code_key", lambda code, salt: (code.encode() * 4)[:32])
    code, _ends = new_code(hamnen)
    _row, answer = let_in(ask_by_stick(tmp_path, code, WORLD), code)
    for changed in [
        *(answer[:length] for length in range(0, len(answer), 13)),
        *(
            answer[:place] + bytes([answer[place] ^ 1]) + answer[place + 1 :]
            for place in range(len(MAGIC), len(answer), 11)
        ),
    ]:
        with pytest.raises(Trouble):
            join_by_stick(tmp_path, code, changed)
    assert not places.device(tmp_path).exists()
    join_by_stick(tmp_path, code, answer)


def test_the_identity_of_another_machine_is_refused(hamnen: Branch, tmp_path: Path) -> None:
    code, _ends = new_code(hamnen)
    _row, answer = let_in(ask_by_stick(tmp_path / "one", code, WORLD), code)
    with pytest.raises(Trouble) as caught:
        join_by_stick(tmp_path / "other", code, answer)
    assert caught.value.problem is JOINING_REFUSED
    assert "another machine" in caught.value.remedy


def test_a_code_that_is_used_too_old_or_guessed_at_lets_nobody_in(
    hamnen: Branch, tmp_path: Path
) -> None:
    code, _ends = new_code(hamnen)
    asked = ask_by_stick(tmp_path / "one", code, WORLD)
    late = timezone.now() + timedelta(days=4)
    with patch("django.utils.timezone.now", return_value=late), pytest.raises(Trouble) as caught:
        let_in(asked, code)
    assert "too old" in caught.value.remedy
    let_in(asked, code)
    with pytest.raises(Trouble) as caught:
        let_in(ask_by_stick(tmp_path / "two", code, WORLD), code)
    assert "kiosk central enrol-code" in caught.value.remedy
    for _ in range(2 * MOST_WRONG):
        WrongCode.objects.create(address="stick", at=timezone.now())
    let_in(asked, code)


def test_a_machine_that_joins_again_tells_which_device_it_was(
    hamnen: Branch, tmp_path: Path
) -> None:
    first, second = new_code(hamnen)[0], new_code(hamnen)[0]
    before, answer = let_in(ask_by_stick(tmp_path, first, WORLD), first)
    join_by_stick(tmp_path, first, answer)
    after, answer = let_in(ask_by_stick(tmp_path, second, WORLD), second)
    join_by_stick(tmp_path, second, answer)
    assert load_device(tmp_path).device == str(after.pk)
    assert Device.objects.get(pk=before.pk).replaced_by == after
