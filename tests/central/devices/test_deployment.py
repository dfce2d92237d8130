"""Settings, keys and checks of a central; each mistake comes with its remedy."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from kiosk.central.platform import deployment
from kiosk.central.run import checks
from kiosk.central.tenants import keys
from kiosk.central.tenants.libraries import found
from kiosk.central.tenants.models import Tenant
from kiosk.problems import DATABASE_GONE, Trouble


def test_by_default_central_speaks_to_this_machine_only(tmp_path: Path) -> None:
    told = deployment.read(tmp_path, {})
    assert told.plain
    assert deployment.database_file(tmp_path, told) == tmp_path / "central.sqlite3"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "central.toml").write_text('hosts = ["a.example"]\nproxy = true\n')
    assert deployment.read(tmp_path, {}).hosts == ("a.example",)
    environment = {
        "KIOSK_CENTRAL_HOSTS": "b.example, c.example",
        "KIOSK_CENTRAL_PROXY": "false",
        "KIOSK_CENTRAL_DATABASE": "sqlite:////srv/lib.sqlite3",
    }
    told = deployment.read(tmp_path, environment)
    assert (told.hosts, told.proxy, told.plain) == (("b.example", "c.example"), False, False)
    assert deployment.database_file(tmp_path, told) == Path("/srv/lib.sqlite3")


@pytest.mark.parametrize(
    ("file", "environment", "named"),
    [
        ("hosts = 7", {}, "hosts in .*central.toml is .*list of texts"),
        ('hosts = "a.example"', {}, "list of texts"),
        ('proxy = "secret"', {}, "true or false"),
        ("database = 7", {}, "text in quotes"),
        ('mail = "secret"', {}, "mail in .*central.toml is"),
        ('mail = "secret:pass@h"', {}, "smtps://USER"),
        ('database = "secret"', {}, "database in .*central.toml is"),
        ("", {"KIOSK_CENTRAL_MAIL": "secret"}, "mail in KIOSK_CENTRAL_MAIL is"),
        ("host = []", {}, "host"),
        ("hosts = [", {}, "no TOML.*Mend the file"),
        ('mial = "smtps://u:secret@h:465"', {}, "mial.*known are hosts"),
        ('mail = ["smtps://u:secret@h:465"]', {}, "mail"),
        ('[database]\nurl = "postgresql://u:secret@h/d"', {}, "database"),
        ('databse = "postgresql://u:secret@h/d"\nmail = 7', {}, "databse"),
        ("", {"KIOSK_CENTRAL_DATABASE": "mysql://u:secret@h/d"}, "use sqlite:///PATH"),
        ("", {"KIOSK_CENTRAL_DATABASE": "u:secret"}, "use sqlite:///PATH"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:secret@h"}, "NAME"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:secret%zz@h/d"}, "NAME"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:se@secret@h/d"}, "%40"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:se/secret@h/d"}, "%40"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:secret@h:port/d"}, "NAME"),
        ("", {"KIOSK_CENTRAL_DATABASE": "postgresql://u:secret@h/d?slmode=no"}, "NAME"),
        ("", {"KIOSK_CENTRAL_PROXY": "perhaps"}, "proxy"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, file: str, environment: dict[str, str], named: str
) -> None:
    (tmp_path / "central.toml").write_text(file)
    with pytest.raises(Trouble, match=named) as told:
        deployment.read(tmp_path, environment)
    assert "secret" not in told.value.remedy


def test_a_central_in_order_passes_every_check() -> None:
    settings.HOME.chmod(0o700)
    in_a_hurry = ["what is saved is on disk"] if connection.vendor == "postgresql" else []
    assert [each.name for each in checks.run() if each.remedy] == in_a_hurry


def test_keys_that_others_can_read_are_found() -> None:
    file = keys.keys_file("lindo")
    file.chmod(0o644)
    try:
        remedies = {each.name: each.remedy for each in checks.run()}
    finally:
        file.chmod(0o600)
    assert remedies["keys fit the database"] == f"Others can read {file}. Run: chmod go= {file}"


def test_keys_of_another_database_are_found(tenant: Tenant) -> None:
    Tenant.objects.update(verify_public=b"x" * 32)
    remedies = {each.name: each.remedy for each in checks.run()}
    assert "is not what the library 'lindo' was founded with" in remedies["keys fit the database"]


def test_keys_are_never_replaced() -> None:
    with pytest.raises(Trouble, match="For a new library move the keys away first") as told:
        found("lindo", "Lindö")
    assert told.value.problem is DATABASE_GONE


def test_no_secret_lies_in_the_database(tenant: Tenant) -> None:
    kept = keys.secrets_of(tenant.key)
    for secret in (kept.sealing_secret, kept.signing_secret):
        assert not _holds(secret)
    assert _holds(bytes(tenant.verify_public))


def _holds(body: bytes) -> bool:
    """Tell whether the database has these bytes anywhere."""
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        files = (file, file.with_name(f"{file.name}-wal"))
        return any(body in each.read_bytes() for each in files if each.exists())
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT 1 FROM {table} t WHERE t::text LIKE %s", [f"%{body.hex()}%"])
            if cursor.fetchone():
                return True
    return False


@pytest.mark.parametrize(
    ("pages", "astray"),
    [
        (("https://localhost/", "https://127.0.0.1/"), []),
        (("https://localhost/", ""), [1]),
        (("https://localhost/", "https://unnamed.example/"), [1]),
        (("https://localhost/", "https://127.0.0.1/?x"), [1]),
        (("https://localhost/", "https://LOCALHOST:443/b"), [0, 1]),
        (("", ""), [0, 1]),
    ],
)
def test_a_library_whose_receipts_lead_nowhere_is_named(
    tenant: Tenant, pages: tuple[str, str], astray: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
    receipts = checks.CHECKS["receipts lead to their library"]
    Tenant.objects.update(public_url="")
    assert receipts() == "", "an only one needs no page"
    both = [tenant, found("annanby", "Annanby")]
    try:
        for library, page in zip(both, pages, strict=True):
            Tenant.objects.filter(pk=library.pk).update(public_url=page)
        assert [number for number in (0, 1) if both[number].name in receipts()] == astray
    finally:
        keys.keys_file("annanby").unlink()
