"""Bundles at central: taken in like any exchange, and answered for their own kiosk only."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

import msgspec
import pytest
from django.utils import timezone

from kiosk import seal, wire
from kiosk.central.devices import rotation
from kiosk.central.devices.actions import revoke
from kiosk.central.devices.models import Device
from kiosk.central.events.models import Event
from kiosk.central.exchange import bundles, erasure
from kiosk.central.programme.models import Notice
from kiosk.central.submissions import actions as inbox
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants import keys
from kiosk.central.tenants.libraries import next_change
from kiosk.central.tenants.models import Branch, Staff, Tenant
from kiosk.problems import (
    BUNDLE_DAMAGED,
    BUNDLE_FOREIGN,
    BUNDLE_WRONG_WAY,
    DEVICE_REFUSED,
    Problem,
    Trouble,
)
from kiosk.wire.bundle import MAX_PARTS, Bundle, BundleKind, Head, packed, parcel
from tests.central.roaming import Roaming


@pytest.fixture
def kiosk(hamnen: Branch) -> Iterator[Roaming]:
    kiosk = Roaming(hamnen)
    yield kiosk
    kiosk.close()


def refused(file: bytes) -> Problem:
    """Return the problem with which a bundle is refused; nothing may have been taken in."""
    before = Event.objects.count(), Submission.objects.count()
    with pytest.raises(Trouble) as caught:
        bundles.answer(file)
    assert (Event.objects.count(), Submission.objects.count()) == before
    return caught.value.problem


def made(kiosk: Roaming, *inboxes: wire.Inbox, **outside: Any) -> bytes:
    """Make a bundle of this kiosk with anything in it."""
    device = kiosk.desk.device
    plain: dict[str, Any] = {
        "kind": BundleKind.BUNDLE,
        "tenant": device.tenant,
        "device": device.device,
        "number": 1,
        "made_at": "2026-11-26T10:30+01:00",
    }
    return packed(
        lambda size, digest: Head(
            wire.PROTOCOL, body_bytes=size, body_digest=digest, **(plain | outside)
        ),
        Bundle([msgspec.Raw(wire.encode(each)) for each in inboxes]),
        partial(seal.seal, device.sealing_key),
        device.secret_key,
    )


def plain_inbox(kiosk: Roaming, **changed: Any) -> wire.Inbox:
    """Make an inbox with nothing in it."""
    told: dict[str, Any] = {
        "protocol": wire.PROTOCOL,
        "batch": "b1",
        "device": kiosk.desk.device.device,
        "now": "2026-11-26T10:30+01:00",
        "mono_ms": 1,
        "boot": "b00t",
        "health": wire.Health("1", 0),
        "items": [],
    }
    return wire.Inbox(**(told | changed))


def test_a_bundle_is_taken_in_and_its_answer_brings_verdicts_and_content(kiosk: Roaming) -> None:
    first, second = kiosk.hand_in(), kiosk.hand_in()
    answered = bundles.answer(kiosk.write())
    assert (answered.device.branch.key, answered.number, answered.events) == ("hamnen", 1, 2)
    assert answered.verdicts == {"stored": 2}
    assert {str(each.pk) for each in Submission.objects.all()} == {first, second}
    outcome = kiosk.read(answered.file)
    assert (outcome.stored, outcome.pending) == (2, 0)
    assert outcome.content == answered.content == kiosk.desk.content.version
    assert kiosk.desk.ledger.seats.shown()
    assert [kiosk.desk.look_up(code).state for code in kiosk.codes.values()] == ["sent", "sent"]


def test_the_same_bundle_twice_stores_nothing_twice_and_both_answers_are_good(
    kiosk: Roaming,
) -> None:
    kiosk.hand_in()
    file = kiosk.write()
    first, second = bundles.answer(file), bundles.answer(file)
    assert second.verdicts == {"duplicate": 1}
    assert Submission.objects.count() == 1
    assert kiosk.read(second.file).duplicate == 1
    with pytest.raises(Trouble):
        kiosk.read(first.file)
    assert kiosk.desk.ledger.pending == 0


def test_what_staff_answer_is_read_with_the_code_at_a_branch_without_a_network(
    kiosk: Roaming, librarian: Staff
) -> None:
    identity = kiosk.hand_in(about="hours", wants_answer="yes")
    kiosk.there_and_back()
    submission = Submission.objects.get(pk=identity)
    inbox.answer(inbox.open_for_reading(submission, librarian), librarian, "Till sju!", "Lisa")
    kiosk.there_and_back()
    found = kiosk.desk.look_up(kiosk.codes[identity])
    assert (found.state, [each.text for each in found.answers]) == ("answered", ["Till sju!"])


def test_one_answer_tells_every_state_however_many_there_are(
    kiosk: Roaming, librarian: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.central.exchange.changes.changes_after.__defaults__", (2,))
    identities = [kiosk.hand_in() for _ in range(7)]
    kiosk.there_and_back()
    for each in identities:
        inbox.open_for_reading(Submission.objects.get(pk=each), librarian)
    kiosk.there_and_back()
    assert {kiosk.desk.look_up(code).state for code in kiosk.codes.values()} == {"read"}


def test_what_is_erased_at_central_goes_at_the_kiosk_and_never_comes_back(
    kiosk: Roaming, tenant: Tenant
) -> None:
    identity = kiosk.hand_in()
    old = kiosk.write()
    kiosk.there_and_back()
    erasure.erase(tenant, Submission.objects.get().pk, timezone.now())
    kiosk.there_and_back()
    assert kiosk.desk.look_up(kiosk.codes[identity]).state == "erased"
    assert kiosk.desk.ledger.acknowledged() == 0
    assert bundles.answer(old).verdicts == {"erased": 1}
    assert Submission.objects.count() == 0


def test_what_is_taken_back_and_erased_by_its_visitor_travels_too(kiosk: Roaming) -> None:
    kept, taken, gone = (kiosk.hand_in() for _ in range(3))
    early = kiosk.write()
    kiosk.desk.withdraw(kiosk.codes[taken])
    kiosk.desk.withdraw(kiosk.codes[gone], erase=True)
    late = bundles.answer(kiosk.write())
    bundles.answer(early)
    states = {str(each.pk): each.state for each in Submission.objects.all()}
    assert states == {kept: "sent", taken: "withdrawn"}
    kiosk.read(late.file)
    assert kiosk.desk.ledger.pending == 0


def test_copies_are_purged_when_a_backup_covers_them(kiosk: Roaming) -> None:
    kiosk.hand_in()
    kiosk.there_and_back()
    assert kiosk.desk.ledger.acknowledged() == 1
    Device.objects.filter(pk=kiosk.row.pk).update(safe_receipt=1)
    assert kiosk.there_and_back().purged == 1
    assert kiosk.desk.ledger.acknowledged() == 0


def test_a_central_that_was_restored_tells_everything_anew(
    kiosk: Roaming, tenant: Tenant, librarian: Staff
) -> None:
    identity = kiosk.hand_in()
    kiosk.there_and_back()
    inbox.open_for_reading(Submission.objects.get(pk=identity), librarian)
    kiosk.there_and_back()
    file = kiosk.write()
    Submission.objects.filter(pk=identity).update(state="sent", change=0)
    inbox.answer(Submission.objects.get(pk=identity), librarian, "Ja!")
    Tenant.objects.filter(pk=tenant.pk).update(epoch="after-the-restore", last_change=1)
    Submission.objects.filter(pk=identity).update(change=1)  # with a clock that is far behind
    assert kiosk.read(bundles.answer(file).file).pending == 1
    assert kiosk.desk.look_up(kiosk.codes[identity]).state == "answered"
    assert kiosk.there_and_back().duplicate == 1


def test_a_bundle_of_another_library_or_of_an_unknown_kiosk_is_refused(kiosk: Roaming) -> None:
    for outside in (
        {"tenant": "lovisa"},
        {"device": "0198c0de-0000-7000-8000-000000000009"},
        {"device": "the one by the door"},
    ):
        assert refused(made(kiosk, plain_inbox(kiosk), **outside)) is BUNDLE_FOREIGN
    assert refused(made(kiosk, plain_inbox(kiosk), kind=BundleKind.ANSWER)) is BUNDLE_WRONG_WAY


def test_a_bundle_signed_by_another_kiosk_is_refused(kiosk: Roaming, hamnen: Branch) -> None:
    other = Roaming(hamnen)
    file = made(kiosk, plain_inbox(kiosk), device=other.desk.device.device)
    assert refused(file) is BUNDLE_DAMAGED
    other.close()


def test_a_kiosk_that_was_shut_out_is_refused_and_keeps_everything(kiosk: Roaming) -> None:
    kiosk.hand_in()
    file = kiosk.write()
    revoke(kiosk.row)
    assert refused(file) is DEVICE_REFUSED
    assert kiosk.desk.ledger.pending == 1


def test_a_kiosk_that_has_announced_a_new_key_may_begin_to_use_it_on_a_stick(
    kiosk: Roaming,
) -> None:
    pair = seal.new_signing_pair()
    rotation.announce(kiosk.row, pair.public)
    bundles.answer(kiosk.write())
    kiosk.desk.device = msgspec.structs.replace(kiosk.desk.device, secret_key=pair.secret)
    kiosk.hand_in()
    assert kiosk.there_and_back().stored == 1
    assert bytes(Device.objects.get(pk=kiosk.row.pk).public_key) == pair.public


def test_every_part_must_be_an_inbox_that_could_have_come_over_the_network(
    kiosk: Roaming, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = plain_inbox(kiosk)
    for wrong in (
        [],
        [plain_inbox(kiosk, device="d-9")],
        [good, plain_inbox(kiosk, protocol=2)],
        [good, plain_inbox(kiosk, items=[msgspec.Raw(b"{}")] * (wire.MAX_BATCH_ITEMS + 1))],
        [good] * (MAX_PARTS + 1),
    ):
        assert refused(made(kiosk, *wrong)) is BUNDLE_DAMAGED
    assert bundles.answer(made(kiosk, good)).events == 0


def test_what_a_stick_says_of_its_kiosk_is_as_old_as_the_stick(kiosk: Roaming) -> None:
    def bring(now: str, version: str) -> Device:
        health = wire.Health(version, 7)
        bundles.answer(made(kiosk, plain_inbox(kiosk, now=now, health=health)))
        return Device.objects.get(pk=kiosk.row.pk)

    first = bring("2026-01-02T10:00+01:00", "1")
    assert first.last_seen_at
    assert (first.last_seen_at.isoformat(), first.health["version"]) == (
        "2026-01-02T09:00:00+00:00",
        "1",
    )
    assert first.clock_offset_s is None
    for older in ("2026-01-01T10:00+01:00", "yesterday", "2026-01-03T10:00"):
        assert bring(older, "2").health["version"] == "1"
    assert bring("2026-01-04T10:00+01:00", "3").health["version"] == "3"
    assert kiosk.online().error == ""
    heard = Device.objects.get(pk=kiosk.row.pk)
    assert bring("2026-01-05T10:00+01:00", "4").health == heard.health
    assert Device.objects.get(pk=kiosk.row.pk).last_seen_at == heard.last_seen_at


def test_dead_letters_are_noted_however_late_the_stick(kiosk: Roaming) -> None:
    assert kiosk.online().error == ""
    letter = wire.DeadLetter("0198c0de-0000-7000-8000-000000000009", "too_large")
    bundles.answer(made(kiosk, plain_inbox(kiosk, now="2026-01-01T10:00+01:00", dead=[letter])))
    assert [each["reason"] for each in Device.objects.get(pk=kiosk.row.pk).dead] == ["too_large"]


def test_what_no_key_of_the_library_opens_is_refused(kiosk: Roaming) -> None:
    device = kiosk.desk.device
    elsewhere = msgspec.structs.replace(device, sealing_key=seal.new_sealing_pair().public)
    kiosk.desk.device = elsewhere
    assert refused(kiosk.write()) is BUNDLE_DAMAGED


def test_nobody_but_the_kiosk_reads_an_answer(kiosk: Roaming, hamnen: Branch) -> None:
    answer = bundles.answer(kiosk.write()).file
    other = Roaming(hamnen)
    with pytest.raises(Trouble) as caught:
        other.read(answer)
    assert caught.value.problem is BUNDLE_FOREIGN
    with pytest.raises(seal.NotGenuine):
        seal.unseal_as_signer(other.desk.device.secret_key, parcel(answer).sealed)
    secrets = keys.secrets_of(kiosk.row.tenant.key)
    with pytest.raises(seal.NotGenuine):
        seal.unseal(secrets.sealing_secret, parcel(answer).sealed)
    other.close()


def test_what_is_published_between_two_sticks_is_shown(kiosk: Roaming, tenant: Tenant) -> None:
    kiosk.there_and_back()
    Notice.objects.create(tenant=tenant, text={"sv": "Hissen är trasig"})
    next_change(tenant, many=100)
    with patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(hours=1)):
        kiosk.there_and_back()
    assert any(each.text == {"sv": "Hissen är trasig"} for each in kiosk.desk.content.notices)
