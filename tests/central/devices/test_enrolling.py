"""Joining a branch: one code, one kiosk, and no guessing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices import actions
from kiosk.central.devices.models import Device, EnrolmentCode
from kiosk.central.tenants.models import Branch
from kiosk.domain.guessing import MOST_WRONG, slowed_s
from tests.central.knocking import Knocking


def _refused(answer: object) -> str:
    return wire.decode(answer.content, wire.Refusal).error  # type: ignore[attr-defined]


def test_a_kiosk_that_joins_learns_its_branch_and_the_librarys_keys(kiosk: Knocking) -> None:
    assert kiosk.library.branch == "hamnen"
    assert kiosk.library.branch_name == "Hamnbiblioteket"
    assert kiosk.library.tenant == "lindo"
    assert Device.objects.get().name == "bänken"


def test_the_same_code_and_key_again_is_the_same_kiosk(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    kiosk = Knocking()
    first, second = kiosk.enrol(code), kiosk.enrol(code)
    assert first.content == second.content
    assert Device.objects.count() == 1


def test_a_code_lets_in_only_one_kiosk(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    assert Knocking().enrol(code).status_code == 200
    second = Knocking().enrol(code)
    assert (second.status_code, _refused(second)) == (403, "bad_code")


def test_a_code_may_be_typed_with_spaces_small_letters_and_lookalikes(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    typed = f" {code[:5].lower()}-{code[5:]} ".replace("0", "o").replace("1", "l")
    assert Knocking().enrol(typed).status_code == 200


def test_a_code_lives_for_three_days(hamnen: Branch) -> None:
    code, expires = actions.new_code(hamnen)
    assert timedelta(hours=71) < expires - timezone.now() <= timedelta(hours=72)
    EnrolmentCode.objects.update(expires_at=timezone.now())
    assert _refused(Knocking().enrol(code)) == "bad_code"


def test_only_the_digest_of_a_code_is_kept(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    assert code not in str(list(EnrolmentCode.objects.values()))


def test_a_kiosk_must_hold_the_key_it_offers(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    answer = Knocking().enrol(code, signing=seal.new_signing_pair().secret)
    assert (answer.status_code, _refused(answer)) == (401, "bad_signature")


def test_whoever_guesses_codes_is_slowed_down_and_a_right_one_lets_in_from_there_too(
    hamnen: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("kiosk.central.devices.throttle._room.rest", slept.append)
    for _ in range(MOST_WRONG + 1):
        assert Knocking().enrol("0000000000").status_code == 403
    assert slept == [slowed_s(MOST_WRONG)]
    code, _ = actions.new_code(hamnen)
    assert Knocking().enrol(code).status_code == 200


def test_a_kiosk_that_is_shut_out_is_told_so_and_cannot_come_back_with_its_code(
    hamnen: Branch,
) -> None:
    code, _ = actions.new_code(hamnen)
    kiosk = Knocking()
    kiosk.device = wire.decode(kiosk.enrol(code).content, wire.Enrolled).device
    actions.revoke(Device.objects.get())
    answer = kiosk.ask("GET", f"{wire.ROOT}/content")
    assert (answer.status_code, _refused(answer)) == (403, "revoked")
    assert kiosk.enrol(code).status_code == 403


def test_control_characters_in_the_name_of_a_machine_are_left_out(hamnen: Branch) -> None:
    code, _ = actions.new_code(hamnen)
    Knocking().enrol(code, name="kiosk\x1b[31m\n7" + "x" * 200)
    assert Device.objects.get().name == "kiosk 7" + "x" * 73


def test_a_machine_that_joins_again_is_shown_as_what_came_after(
    kiosk: Knocking, hamnen: Branch
) -> None:
    code, _expires = actions.new_code(hamnen)
    again = Knocking()
    proof = seal.sign(kiosk.pair.secret, wire.replacing_text(kiosk.device, again.pair.public))
    body = wire.encode(wire.Enrol(code, again.pair.public, "bänken", kiosk.device, proof))
    answer = again.ask("POST", f"{wire.ROOT}/enrol", body, device="")
    now = wire.decode(answer.content, wire.Enrolled).device
    former = Device.objects.get(pk=kiosk.device)
    assert str(former.replaced_by_id) == now != kiosk.device
    kiosk.bring()  # it is only a name: nobody is shut out by what another machine says


@pytest.mark.parametrize("forged", ["no proof", "its own key", "a proof for another machine"])
def test_a_machine_says_only_of_itself_what_it_was_before(
    kiosk: Knocking, hamnen: Branch, forged: str
) -> None:
    code, _expires = actions.new_code(hamnen)
    rogue, other = Knocking(), seal.new_signing_pair()
    text = wire.replacing_text(kiosk.device, rogue.pair.public)
    proof = {
        "no proof": b"",
        "its own key": seal.sign(rogue.pair.secret, text),
        "a proof for another machine": seal.sign(
            kiosk.pair.secret, wire.replacing_text(kiosk.device, other.public)
        ),
    }[forged]
    body = wire.encode(wire.Enrol(code, rogue.pair.public, "bänken", kiosk.device, proof))
    assert rogue.ask("POST", f"{wire.ROOT}/enrol", body, device="").status_code == 200
    assert Device.objects.get(pk=kiosk.device).replaced_by is None


def test_naming_a_former_self_that_is_none_of_ours_changes_nothing(
    kiosk: Knocking, hamnen: Branch
) -> None:
    for told in ("nobody", "\0", "0198c5e2-0000-7000-8000-00000000d011"):
        code, _expires = actions.new_code(hamnen)
        another = Knocking()
        body = wire.encode(wire.Enrol(code, another.pair.public, replaces=told))
        assert another.ask("POST", f"{wire.ROOT}/enrol", body, device="").status_code == 200
    assert not Device.objects.exclude(replaced_by=None).exists()
