"""Changing a kiosk's key: nothing is lost whichever answer gets lost on the way."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices.actions import revoke
from kiosk.central.devices.models import Device
from kiosk.central.devices.rotation import OLD_AFTER
from kiosk.central.tenants.models import Branch, Record
from tests.central.knocking import Knocking

ROTATE = f"{wire.ROOT}/rotate"


def announce(
    kiosk: Knocking, new: seal.KeyPair, *, of: str = "", signing: bytes = b"", proof: bytes = b""
) -> HttpResponse:
    text = wire.rotation_text(of or kiosk.device, new.public)
    body = wire.encode(wire.Rotate(new.public, proof or seal.sign(new.secret, text)))
    return kiosk.ask("POST", ROTATE, body, secret=signing)


def told(answer: HttpResponse) -> str:
    return wire.decode(answer.content, wire.Refusal).error


def verbs(kiosk: Knocking) -> list[str]:
    lines = Record.objects.filter(subject_id=kiosk.device).order_by("pk")
    return list(lines.values_list("verb", flat=True))


def test_the_old_key_lives_until_the_new_one_is_used_and_not_longer(kiosk: Knocking) -> None:
    old, new = kiosk.pair, seal.new_signing_pair()
    answer = announce(kiosk, new)
    assert wire.decode(kiosk.genuine(answer, ROTATE), wire.Rotated).device == kiosk.device
    kiosk.bring()
    kiosk.pair = new
    kiosk.bring()
    kiosk.pair = old
    assert told(kiosk.send(b"{}")) == "bad_signature"
    assert verbs(kiosk) == ["device enrolled", "device key announced", "device key changed"]


def test_the_same_new_key_again_is_the_same_answer(kiosk: Knocking) -> None:
    new = seal.new_signing_pair()
    first, second = announce(kiosk, new), announce(kiosk, new)
    after = announce(kiosk, new, signing=new.secret)
    assert first.content == second.content == after.content
    assert verbs(kiosk).count("device key announced") == 1


def test_a_kiosk_that_has_forgotten_its_new_key_may_announce_another(kiosk: Knocking) -> None:
    forgotten, new = seal.new_signing_pair(), seal.new_signing_pair()
    announce(kiosk, forgotten)
    announce(kiosk, new)
    assert told(kiosk.ask("GET", f"{wire.ROOT}/content", secret=forgotten.secret)) == (
        "bad_signature"
    )
    kiosk.pair = new
    kiosk.bring()


def test_a_new_key_must_prove_itself_for_this_device(kiosk: Knocking, hamnen: Branch) -> None:
    other, new = Knocking().join(hamnen), seal.new_signing_pair()
    assert told(announce(kiosk, new, proof=b"x" * 64)) == "bad_key"
    assert told(announce(kiosk, new, of=other.device)) == "bad_key"
    short = wire.encode(wire.Rotate(b"short", b"x" * 64))
    assert told(kiosk.ask("POST", ROTATE, short)) == "bad_key"
    assert told(announce(kiosk, new, signing=new.secret)) == "bad_signature"


def test_a_revoked_kiosk_cannot_come_back_by_its_announced_key(kiosk: Knocking) -> None:
    new = seal.new_signing_pair()
    announce(kiosk, new)
    revoke(Device.objects.get(pk=kiosk.device))
    kiosk.pair = new
    assert told(kiosk.send(b"{}")) == "revoked"
    assert bytes(Device.objects.get(pk=kiosk.device).next_key or b"") == new.public


def test_an_old_key_is_asked_to_be_changed(kiosk: Knocking) -> None:
    assert "rotate" not in kiosk.bring().hints
    long_ago = timezone.now() - OLD_AFTER - timedelta(hours=1)
    Device.objects.filter(pk=kiosk.device).update(enrolled_at=long_ago)
    assert kiosk.bring().hints["rotate"] is True
    new = seal.new_signing_pair()
    announce(kiosk, new)
    kiosk.pair = new
    assert "rotate" not in kiosk.bring().hints


@pytest.mark.parametrize("body", [b"", b"{}", b'{"public_key": "!", "proof": ""}', b"\xff"])
def test_what_is_no_announcement_is_turned_back(kiosk: Knocking, body: bytes) -> None:
    assert told(kiosk.ask("POST", ROTATE, body)) == "unreadable"
