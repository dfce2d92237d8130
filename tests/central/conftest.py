"""What every test of central can ask for: one database for all, rolled back after each.

Tests take turns on SQLite and on PostgreSQL, so that each database is seen by half of them;
`-m slow` runs the other halves. What only PostgreSQL has is tested there.
"""

import atexit
import contextlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec
import pytest

from kiosk import wire
from kiosk.central.platform import databases, deployment
from kiosk.central.run import operations
from tests.drivers import postgres

HOME = Path(tempfile.mkdtemp(prefix="kiosk-central-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

deployment.make_secret_key(HOME)
with pytest.MonkeyPatch.context() as _patch:
    for _name in [name for name in os.environ if name.startswith("KIOSK_CENTRAL_")]:
        _patch.delenv(_name)
    _patch.setenv("KIOSK_CENTRAL_HOME", str(HOME))
    operations.prepare()

from django.conf import settings  # noqa: E402 - Django is set up above
from django.contrib.auth.hashers import PBKDF2PasswordHasher  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from kiosk.central.content import publishing  # noqa: E402
from kiosk.central.platform import tenancy  # noqa: E402
from kiosk.central.run.demo import programme  # noqa: E402
from kiosk.central.submissions.models import Submission  # noqa: E402
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant  # noqa: E402
from tests.central.knocking import Knocking  # noqa: E402
from tests.drivers.mailbox import Mailbox, mailbox  # noqa: E402
from tests.drivers.once import once  # noqa: E402

Arrive = Callable[..., Submission]
DATABASE = "central.sqlite3"
FROM = "Biblioteket <svara-inte@bibliotek.example>"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `-m slow` what runs on the other database already."""
    here = Path(__file__).parent
    both = Counter(_sentence(each) for each in items)
    for each in items:
        if here not in each.path.parents:
            continue
        turn = ("sqlite", "postgresql")[crc32(_sentence(each).encode()) % 2]
        if "_on_postgresql" in getattr(each, "fixturenames", ()):
            turn = "postgresql"
        if both[_sentence(each)] == 2 and _stands_on(each) not in {"", turn}:
            each.add_marker("slow")


def _stands_on(test: pytest.Item) -> str:
    return str(test.callspec.params.get("stands_on", "")) if hasattr(test, "callspec") else ""


def _sentence(test: pytest.Item) -> str:
    """Name a test whatever it stands on."""
    return test.nodeid.replace(f"[{_stands_on(test)}", "[", 1)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def stands_on(request: pytest.FixtureRequest) -> str:
    """Name the database that central stands on."""
    return str(request.param)


@pytest.fixture(scope="session")
def _database(stands_on: str) -> Iterator[None]:
    """Make the tables and put the shipped library in; once for all tests.

    Where a process comes back to SQLite from the other database, all is still there, with its keys.
    """
    assert settings.HOME == HOME, "another test has set Django up"
    setup_test_environment()
    patch = pytest.MonkeyPatch()
    patch.setattr(PBKDF2PasswordHasher, "iterations", 1000)  # a login took half a second
    with on_postgresql() if stands_on == "postgresql" else contextlib.nullcontext():
        if stands_on == "sqlite" and not (HOME / DATABASE).exists():
            shutil.copy(once("sqlite", _migrated) / DATABASE, HOME)
        with tenancy.everywhere():
            programme.load()
        yield
        connection.close()
    patch.undo()
    teardown_test_environment()


def _migrated(folder: Path) -> None:
    """Make the tables in this process, and keep a copy."""
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()
    shutil.move(HOME / DATABASE, folder)


@contextlib.contextmanager
def on_postgresql() -> Iterator[None]:
    """Let this process stand on a PostgreSQL database and a state folder of their own."""
    server = postgres.shared()
    url = server.url(server.migrated(postgres.migrate))
    other = connections.configure_settings({"default": databases.as_django(url, HOME)})
    home = Path(tempfile.mkdtemp(prefix="kiosk-central-"))
    shutil.copy(deployment.secret_key_file(HOME), home)
    connection.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "HOME", home)
        patch.setitem(connections.settings, "default", other["default"])
        del connections["default"]
        yield
        connection.close()
        del connections["default"]
    shutil.rmtree(home)


@pytest.fixture(autouse=True)
def _undo(_database: None) -> Iterator[None]:
    """Undo whatever a test writes; what it does outside of requests, it does everywhere."""
    publishing.forget()
    with tenancy.everywhere(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def tenant() -> Tenant:
    """Give the shipped library."""
    return Tenant.objects.get()


@pytest.fixture
def hamnen(tenant: Tenant) -> Branch:
    """Give its first branch."""
    return tenant.branches.get(key="hamnen")


@pytest.fixture
def librarian(tenant: Tenant) -> Staff:
    """Give somebody who answers, at every branch."""
    staff = Staff.objects.create(username="lisa", first_name="Lisa")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.LIBRARIAN)
    return staff


@pytest.fixture
def kiosk(hamnen: Branch) -> Knocking:
    """Give a kiosk that has joined the first branch."""
    return Knocking().join(hamnen)


@pytest.fixture
def arrive(kiosk: Knocking) -> Arrive:
    """Let an errand arrive from the kiosk."""

    def arriving(answers: dict[str, Any], errand: str = "feedback", **more: Any) -> Submission:
        event = kiosk.handed(answers, errand, **more)
        kiosk.bring(event)
        return Submission.objects.get(pk=wire.decode(event, wire.Event).id)

    return arriving


def deploy(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> deployment.Deployment:
    """Set central as a technician would in central.toml."""
    deployed = msgspec.structs.replace(settings.DEPLOYMENT, **fields)
    monkeypatch.setattr(settings, "DEPLOYMENT", deployed)
    return deployed


@pytest.fixture
def post_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """Give a mail server that central is set to use."""
    with mailbox() as box:
        deploy(monkeypatch, mail=f"smtp://127.0.0.1:{box.port}", mail_from=FROM)
        yield box
