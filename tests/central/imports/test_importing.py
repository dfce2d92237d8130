"""Importing a list into the programme, and what kiosks are told of it."""

from pathlib import Path

from django.utils import timezone

from kiosk.central.content.publishing import published
from kiosk.central.imports.importing import import_programme
from kiosk.central.imports.lists.reading import read
from kiosk.central.programme.models import ImportBatch, Workshop
from kiosk.central.seats.actions import arrange
from kiosk.central.tenants.models import Branch, Record, Staff, Tenant

SHEET = read((Path(__file__).parent.parent / "programme_raseborg_2025.csv").read_bytes())


def _moved() -> int:
    return SHEET.days_to(timezone.localdate())


def test_a_list_comes_into_the_programme_with_its_branches(
    tenant: Tenant, librarian: Staff
) -> None:
    imported = import_programme(librarian, tenant, SHEET, _moved())
    assert (len(imported.added), len(imported.changed)) == (13, 0)
    assert [branch.key for branch in imported.branches] == ["ekenas", "karis", "pojo"]
    assert Record.objects.get(verb="programme imported").actor == librarian
    assert ImportBatch.objects.get().by == librarian


def test_the_same_list_twice_changes_nothing(tenant: Tenant, librarian: Staff) -> None:
    import_programme(librarian, tenant, SHEET, 7)
    before = list(Workshop.objects.order_by("pk").values())
    again = import_programme(librarian, tenant, SHEET, 7)
    assert (again.added, again.changed, again.unchanged) == ([], [], 13)
    assert list(Workshop.objects.order_by("pk").values()) == before


def test_seats_that_staff_have_set_stay_until_the_list_itself_says_otherwise(
    tenant: Tenant, librarian: Staff
) -> None:
    def seats() -> int:
        return Workshop.objects.get(title__sv="Syjunta").capacity

    def bring(capacity: int, place: str = "") -> None:
        lines = f"branch;title;starts;place;capacity\nHamnen;Syjunta;2026-12-01 18:00;{place};"
        import_programme(librarian, tenant, read(f"{lines}{capacity}\n".encode()))

    bring(12)
    arrange(
        Workshop.objects.get(title__sv="Syjunta"),
        librarian,
        capacity=8,
        taken_elsewhere=0,
        share_percent=50,
        decides=None,
    )
    bring(12)
    assert seats() == 8
    bring(12, place="Salen")
    assert (seats(), Workshop.objects.get(title__sv="Syjunta").place) == (8, "Salen")
    bring(15)
    assert seats() == 15
    Workshop.objects.filter(title__sv="Syjunta").update(capacity=9, listed_capacity=None)
    bring(15)
    assert seats() == 9, "entries from before an upgrade keep what they have"


def test_the_same_list_with_other_dates_moves_what_is_there(
    tenant: Tenant, librarian: Staff
) -> None:
    import_programme(librarian, tenant, SHEET)
    again = import_programme(librarian, tenant, SHEET, 70)
    assert (len(again.added), len(again.changed)) == (0, 13)
    assert Workshop.objects.filter(batch=again.batch).count() == 13


def test_hours_stay_when_a_date_moves_into_summer_time(tenant: Tenant, librarian: Staff) -> None:
    import_programme(librarian, tenant, SHEET, 7 * 20)
    lecture = Workshop.objects.get(title__sv="Föreläsning om motivation")
    assert timezone.localtime(lecture.starts).hour == 18


def test_kiosks_show_an_imported_list_at_once(
    tenant: Tenant, librarian: Staff, hamnen: Branch
) -> None:
    before = published(hamnen)
    import_programme(librarian, tenant, SHEET, _moved())
    now = published(hamnen)
    assert now.version != before.version
    added = {each.id for each in now.programme} - {each.id for each in before.programme}
    assert len(added) == 13
    hunts = {each.branch: each for each in now.programme if each.title == {"sv": "Äggjakt"}}
    assert hunts["ekenas"].all_day
    assert hunts["karis"].starts.hour == 10
    assert {"karis", "hamnen"} <= {branch.key for branch in now.branches}
