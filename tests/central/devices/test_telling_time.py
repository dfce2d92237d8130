"""What time it is, for a kiosk whose clock cannot be believed."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices.models import Device
from tests.central.knocking import Knocking

TIME = f"{wire.ROOT}/time"
NONCE = "abcdefghijklmnop"


def test_the_time_is_told_over_the_kiosks_own_nonce(kiosk: Knocking) -> None:
    path = f"{TIME}?nonce={NONCE}"
    before = list(Device.objects.filter(pk=kiosk.device).values())
    answer = kiosk.ask("GET", path)
    told = wire.decode(kiosk.genuine(answer, path), wire.TimeTold)
    assert told.nonce == NONCE
    away = datetime.fromisoformat(told.server_time) - timezone.now()
    assert abs(away) < timedelta(seconds=30)
    assert list(Device.objects.filter(pk=kiosk.device).values()) == before


def test_an_answer_to_another_nonce_is_not_genuine(kiosk: Knocking) -> None:
    answer = kiosk.ask("GET", f"{TIME}?nonce={NONCE}")
    with pytest.raises(seal.NotGenuine):
        kiosk.genuine(answer, f"{TIME}?nonce={NONCE}q")


@pytest.mark.parametrize("nonce", ["", "short", "x" * 65, "%00" * 16, "%C3%A5" * 16, "a%20b" * 6])
def test_a_nonce_that_is_none_is_turned_back(kiosk: Knocking, nonce: str) -> None:
    answer = kiosk.ask("GET", f"{TIME}?nonce={nonce}")
    assert answer.status_code == 400
    assert b"bad_nonce" in answer.content


def test_only_kiosks_of_ours_are_told(kiosk: Knocking) -> None:
    stranger = seal.new_signing_pair().secret
    assert kiosk.ask("GET", f"{TIME}?nonce={NONCE}", secret=stranger).status_code == 401
