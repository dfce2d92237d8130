"""What is held is read again after an upgrade, and acted on once."""

from pathlib import Path

import pytest

from kiosk import places, wire
from kiosk.central.events.models import Event
from kiosk.central.events.queries import held
from kiosk.central.exchange import replay
from kiosk.central.exchange.processing import Processed
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch, Tenant
from tests.central.knocking import PRAISE, Knocking


def test_what_has_become_known_meanwhile_is_understood(
    kiosk: Knocking, tenant: Tenant, hamnen: Branch
) -> None:
    early = kiosk.handed(PRAISE, branch="atlantis")
    never = kiosk.handed({"about": "the moon"})
    kiosk.bring(early, never, kiosk.event("meteor.seen", {}))
    assert replay.reread(tenant.pk) == Processed(read=3, held=3)
    Branch.objects.create(tenant=tenant, key="atlantis", name="Atlantis")
    assert replay.reread(tenant.pk) == Processed(read=3, held=2)
    assert replay.reread(tenant.pk) == Processed(read=2, held=2)
    assert Submission.objects.get().branch.key == "atlantis"
    assert kiosk.verdict(early) == ("duplicate", "")
    assert held([hamnen]).count() == 2


def test_what_could_not_be_read_gets_its_columns_when_it_can(
    kiosk: Knocking, tenant: Tenant
) -> None:
    event = kiosk.handed(PRAISE)
    kiosk.drop(event)
    Event.objects.update(type="", seq=0, v=0, held_reason="unreadable", waiting=False)
    kiosk.bring(kiosk.about(wire.WITHDRAWN, event))
    assert replay.reread(tenant.pk).held == 0
    assert Submission.objects.get().state == "withdrawn"
    row = Event.objects.get(type="feedback.submitted")
    assert (row.seq, row.v, row.held_reason) == (1, 1, "")


CHANGES = {
    "a line more": lambda program: (program / "wire.py").write_text("KNOWN = 2"),
    "a file more": lambda program: (program / "errands" / "poem.py").write_text(""),
    "a file less": lambda program: (program / "errands" / "idea.py").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_of_the_program_reads_again_once_whatever_its_number(
    kiosk: Knocking,
    tenant: Tenant,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    change: str,
) -> None:
    (tmp_path / "errands").mkdir()
    (tmp_path / "wire.py").write_text("KNOWN = 1")
    (tmp_path / "errands" / "idea.py").write_text("")
    monkeypatch.setattr(places, "PROGRAM", tmp_path)
    kiosk.bring(kiosk.handed(PRAISE, branch="atlantis"))
    assert read_by_a_new_process(tenant) == Processed(read=1, held=1)
    assert read_by_a_new_process(tenant) == Processed()
    CHANGES[change](tmp_path)
    assert read_by_a_new_process(tenant) == Processed(read=1, held=1)
    assert read_by_a_new_process(tenant) == Processed()


def read_by_a_new_process(tenant: Tenant) -> Processed:
    """Read again as a process does that has just been started."""
    replay.program.cache_clear()
    try:
        return replay.reread_after_upgrade(tenant.pk)
    finally:
        replay.program.cache_clear()
