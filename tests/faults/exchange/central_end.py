"""Central's end as a program: serves in a child that can be killed, staff and technicians here."""

import os
import shutil
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from kiosk.central.run import operations

operations.prepare()

from django.conf import settings  # noqa: E402 - Django is set up above
from django.db import connections, transaction  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django.utils import timezone  # noqa: E402

from kiosk.central.devices import actions as branches  # noqa: E402
from kiosk.central.devices.models import Boot, Device, WrongCode  # noqa: E402
from kiosk.central.events import erasure_log  # noqa: E402
from kiosk.central.events.models import Erasure, Event  # noqa: E402
from kiosk.central.exchange import ahead, erasure  # noqa: E402
from kiosk.central.platform import tenancy  # noqa: E402
from kiosk.central.programme import actions as programme  # noqa: E402
from kiosk.central.programme.models import Workshop  # noqa: E402
from kiosk.central.safekeeping import lives, restoration, service  # noqa: E402
from kiosk.central.seats.models import Lease, Registration, Watermark  # noqa: E402
from kiosk.central.submissions import actions as inbox  # noqa: E402
from kiosk.central.submissions.models import Submission  # noqa: E402
from kiosk.central.tenants import libraries  # noqa: E402
from kiosk.central.tenants.models import Branch, Staff, Tenant  # noqa: E402
from kiosk.problems import BACKUP_OLDER, CENTRAL_RUNNING, Trouble  # noqa: E402
from tests.faults.exchange import server_rules, tables  # noqa: E402
from tests.faults.exchange.orders import Carry, obey  # noqa: E402

_GIVE_UP_S = 30.0
_serving: list[int] = []
"""Process group of the server, while there is one."""
_port: list[int] = [0]


def start(without: str = "", workers: int = 1) -> int:
    """Serve in a process group of its own, perhaps with one rule removed; return the port."""
    connections.close_all()
    hearing, telling = os.pipe()
    child = os.fork()
    if child == 0:
        _serve(telling, without, workers)
    os.close(telling)
    with os.fdopen(hearing) as told:
        address = told.readline()
    if not address:
        raise RuntimeError("central does not start")
    _serving.append(child)
    _port[0] = int(address.rpartition(":")[2])
    return _port[0]


def _load_all() -> None:
    """Load what the first request would, once for every server to come."""
    import kiosk.central.run.background
    import kiosk.central.run.server
    import kiosk.central.run.worker  # noqa: F401

    assert get_resolver().url_patterns


def _serve(telling: int, without: str, workers: int) -> None:
    os.setsid()
    server_rules.remove(without)
    os.close(0)

    def tell(url: str) -> None:
        os.write(telling, url.encode() + b"\n")

    try:
        operations.serve("127.0.0.1", _port[0], workers, tell)
    except Exception:  # noqa: BLE001 - the border of this process
        traceback.print_exc()
    finally:
        os._exit(0)


def kill() -> None:
    """Kill the server in whatever it does."""
    for group in _serving:
        os.killpg(group, signal.SIGKILL)
        os.waitpid(group, 0)
    _wait_until_nobody_answers()
    _serving.clear()


def kill_worker(number: int) -> None:
    """Kill one of the processes that serve, in whatever it does."""
    (arbiter,) = _serving
    told = Path(f"/proc/{arbiter}/task/{arbiter}/children").read_text(encoding="ascii").split()
    if told:
        os.kill(int(told[number % len(told)]), signal.SIGKILL)


def _wait_until_nobody_answers() -> None:
    until = time.monotonic() + _GIVE_UP_S
    while _serving and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", _port[0]), timeout=1.0).close()
        except OSError:
            return
        time.sleep(0.005)


def few_workshops(many: int) -> None:
    """Leave only the first workshops of the programme, so that everybody wants the same."""
    tenant = Tenant.objects.exclude(key=ELSEWHERE).get()
    bookable = Workshop.objects.filter(sign_up=True, capacity__gt=0).order_by("starts", "id")
    Workshop.objects.exclude(pk__in=bookable.values_list("pk")[:many]).delete()
    libraries.next_change(tenant)


def found_elsewhere() -> None:
    """Found a second library in the same database, with one branch."""
    other = libraries.found(ELSEWHERE, "Ett annat bibliotek")
    Branch.objects.create(tenant=other, key=ELSEWHERE, name="En annan filial")


def open_branch(key: str) -> None:
    """Open one more branch."""
    tenant = Tenant.objects.exclude(key=ELSEWHERE).get()
    Branch.objects.create(tenant=tenant, key=key, name=f"Filialen {key}", position=999)


@transaction.atomic
def close_branches(branch_keys: list[str]) -> None:
    """Give back the seats of these branches: the next schedule finds a central without them."""
    gone = Device.objects.filter(branch__key__in=branch_keys)
    for table in (Lease, Registration):
        table._default_manager.filter(device__in=gone).delete()
    gone.update(revoked_at=timezone.now())


def code(branch: str) -> str:
    """Make an enrolment code; nobody here guesses."""
    WrongCode.objects.all().delete()
    made, _expires = branches.new_code(Branch.objects.get(key=branch))
    return made


def revoke(device: str) -> None:
    """Shut a device out, as long as it is known."""
    found = Device.objects.filter(pk=device).first()
    if found:
        branches.revoke(found)


def read(submission: str) -> bool:
    """Open a submission at the staff's desk, when it is there."""
    found = Submission.objects.filter(pk=submission).first()
    try:
        if found:
            inbox.open_for_reading(found, _staff())
    except inbox.ErasedMeanwhile:
        return False
    return found is not None


def answer(submission: str, text: str) -> bool:
    """Answer a submission, when it is there and not taken back."""
    found = Submission.objects.filter(pk=submission).first()
    try:
        if found:
            inbox.answer(found, _staff(), text)
    except (inbox.ErasedMeanwhile, inbox.TakenBack):
        return False
    return found is not None


def erase(submission: str) -> bool:
    """Erase a submission at the staff's desk, when it is there."""
    found = Submission.objects.filter(pk=submission).first()
    with transaction.atomic():
        if found:
            erasure.erase(found.tenant, found.pk, timezone.now())
    return found is not None


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Be another machine of this central: the same database and keys, a state folder of its own."""
    here, there = Path(settings.HOME), Path(settings.HOME) / "elsewhere"
    there.mkdir(exist_ok=True)
    if not (there / "keys").exists():
        shutil.copytree(here / "keys", there / "keys")
    settings.HOME = there
    try:
        yield
    finally:
        settings.HOME = here


def erase_elsewhere(submission: str) -> bool:
    """Erase a submission at another machine; only its own log tells of it."""
    with _elsewhere():
        return erase(submission)


def look_elsewhere() -> None:
    """Let the other machine look at the database, as it does every ten seconds."""
    with _elsewhere():
        lives.look()


def let_go() -> None:
    """Leave the database alone for a moment."""
    connections.close_all()


def lacks() -> str:
    """Tell which backup the database says it lacks."""
    lives.look()
    life = lives.present()
    return life.lacks if life else ""


def back_up() -> int:
    """Make a verified backup while central serves, and keep the one before.

    Return how many events it holds.
    """
    if _backup().exists():
        _backup().replace(_older())
    return operations.back_up(_backup(), lambda *_: None).items


def restore_older(*, careless: bool = False) -> bool:
    """Try to put the backup before the last in place of the database; tell whether it was let."""
    lacking: Any = (lambda *_: "") if careless else lives.lacking
    with mock.patch.object(lives, "lacking", lacking):
        return _restored(_older())


def restore_serving(*, careless: bool = False) -> bool:
    """Try to put the last backup in place of the database while it serves; tell whether it was."""
    if careless:
        with (
            mock.patch.object(service, "_is_taken", return_value=False),
            mock.patch.object(restoration, "_closed", return_value=False),
        ):
            return _restored(_backup())
    return _restored(_backup())


def _restored(file: Path) -> bool:
    connections.close_all()
    try:
        operations.restore(file, lambda *_: None, replace=True)
    except Trouble as trouble:
        if trouble.problem not in (BACKUP_OLDER, CENTRAL_RUNNING):
            raise
        return False
    return True


def restore(*, erased_again: bool = True, asks_the_old_one: bool = True) -> int:
    """Put the last backup in place of the database; nobody serves meanwhile."""
    connections.close_all()
    if not erased_again:
        erasure_log.log_file().unlink(missing_ok=True)
    if not erased_again or not asks_the_old_one:
        with mock.patch.object(erasure, "note_what_is_known", return_value=0):
            return operations.restore(_backup(), lambda *_: None, replace=True).items
    return operations.restore(_backup(), lambda *_: None, replace=True).items


def understand(without: str = "") -> int:
    """Look at everything taken in and not yet understood, perhaps with one rule removed."""
    with server_rules.understanding(without):
        return operations.work(once=True).read


def write_notice(branch: str, words: str) -> None:
    """Publish something at a branch."""
    found = Branch.objects.get(key=branch)
    programme.write_notice(_staff(), found.tenant, None, branch=found, text={"sv": words})


def seen(device: str) -> list[str]:
    """Tell when a device was last heard of, and how it was doing."""
    found = Device.objects.get(pk=device)
    return [str(found.last_seen_at), str(found.health)]


def strayed(submissions: list[str]) -> list[str]:
    """Tell which of these were brought to another library."""
    there = Event.objects.filter(tenant__key=ELSEWHERE, id__in=submissions)
    return [str(each) for each in there.values_list("id", flat=True)]


def look(branch_keys: list[str]) -> dict[str, Any]:
    """Tell all that central has of these branches, and the whole erasure log."""
    rows = Submission.objects.filter(branch__key__in=branch_keys)
    brought = Event.objects.filter(device__branch__key__in=branch_keys)
    log = {str(each) for each in Erasure.objects.values_list("id", flat=True)}
    return {
        "submissions": [
            {
                "id": str(row.pk),
                "branch": row.branch.key,
                "locator": row.locator,
                "state": row.state,
                "words": _words(row.answers),
                "answers": [each.text for each in row.answers_given.all()],
            }
            for row in rows.select_related("branch").prefetch_related("answers_given")
        ],
        "held": {str(row.id): row.held_reason for row in brought.exclude(held_reason="")},
        "bodies": [str(row.id) for row in brought.exclude(body=None).only("id", "tenant")],
        "about": [
            str(row.about) for row in brought.exclude(body=None).exclude(type=ERASED) if row.about
        ],
        "erased": sorted(log),
        "ahead": _ahead(branch_keys),
    }


def _ahead(branch_keys: list[str]) -> list[str]:
    """List what counts for nothing here until the day comes of which it is dated."""
    later, here = timezone.now() + ahead.MARGIN, {"device__branch__key__in": branch_keys}
    heard = Device.objects.filter(branch__key__in=branch_keys, last_seen_at__gt=later)
    leases = Lease.objects.filter(settled_at=None, since__gt=later, **here)
    told = Watermark.objects.filter(as_of__gt=later, **here)
    boots = Boot.objects.filter(last_seen_at__gt=later, **here)
    return [f"{each._meta.verbose_name} {each.pk}" for each in (*heard, *leases, *told, *boots)]


ERASED = "submission.erased"
ELSEWHERE = "elsewhere"


def _words(answers: dict[str, Any]) -> str:
    return str(answers.get("words") or answers.get("contribute") or "")


def _backup() -> Path:
    return Path(settings.HOME) / "backup.sqlite3"


def _older() -> Path:
    return _backup().with_suffix(".older")


def _staff() -> Staff:
    return Staff.objects.get_or_create(username="campaign")[0]


def _seeing_every_library(order: Carry) -> Carry:
    def carried(**told: Any) -> Any:
        with tenancy.everywhere():
            return order(**told)

    return carried


ORDERS: dict[str, Carry] = {
    each.__name__: each
    for each in (
        *(start, kill, kill_worker, let_go, understand),
        *(back_up, restore, restore_older, restore_serving),
    )
} | {
    each.__name__: _seeing_every_library(each)
    for each in (
        *(few_workshops, open_branch, close_branches),
        *(code, revoke, read, answer, erase, look),
        *(erase_elsewhere, look_elsewhere, lacks, found_elsewhere),
        *(write_notice, seen, strayed),
    )
}

if __name__ == "__main__":
    tables.make_once(settings.HOME)
    _load_all()
    server_rules.read_the_clock_ahead()
    try:
        obey(ORDERS, sys.stdin)
    finally:
        kill()
