"""A list that comes again in a new edition: what is the same, moved, called off or gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from kiosk.central.imports.comparing import compare
from kiosk.central.imports.comparison import Comparison
from kiosk.central.imports.fate import EVERY_GONE, Fate
from kiosk.central.imports.importing import Imported, Unanswered, import_programme
from kiosk.central.imports.lists.choices import Choices
from kiosk.central.imports.lists.reading import read
from kiosk.central.imports.lists.sheet import Sheet
from kiosk.central.programme.models import Workshop
from kiosk.central.staff.programme import choosing
from kiosk.central.tenants.models import Record, Staff, Tenant
from tests.central.conftest import Arrive

DAY = timezone.localdate() + timedelta(days=200)
"""Of the first entry of each list."""
HEAD = "branch;title;starts;place;sign_up;capacity;status;uid\n"


def line(title: str, days: int = 0, at: str = "18:00", **cells: str) -> str:
    told = {"branch": "Kvarnby bibliotek", "title": title, "sign_up": "ja", **cells}
    told["starts"] = f"{DAY + timedelta(days=days)} {at}"
    return ";".join(told.get(name, "") for name in HEAD.strip().split(";")) + "\n"


class Library:
    """A library that gets lists."""

    def __init__(self, tenant: Tenant, staff: Staff) -> None:
        self.tenant, self.staff = tenant, staff

    def sheet(self, *lines: str, head: str = HEAD) -> Sheet:
        known = choosing.known(list(self.tenant.branches.all()))
        sheet = read((head + "".join(lines)).encode(), known, Choices())
        assert sheet.mistakes == ()
        return sheet

    def look(self, *lines: str, head: str = HEAD) -> Comparison:
        return compare(self.tenant, self.sheet(*lines, head=head))

    def bring(self, *lines: str, head: str = HEAD, **answers: str) -> Imported:
        sheet = self.sheet(*lines, head=head)
        return import_programme(self.staff, self.tenant, sheet, answers=answers)


@pytest.fixture
def library(tenant: Tenant, librarian: Staff) -> Library:
    return Library(tenant, librarian)


def entry(title: str) -> Workshop:
    return Workshop.objects.get(title__sv=title)


def told(imported: Imported) -> tuple[int, int, int, int]:
    added, changed = len(imported.added), len(imported.changed)
    return added, changed, len(imported.called_off), imported.unchanged


THREE = (line("Bokcirkel"), line("Sagostund", 1, uid="s1"), line("Stickcafé", 2))


def test_an_edition_that_says_the_same_in_another_order_changes_nothing(library: Library) -> None:
    assert told(library.bring(*THREE)) == (3, 0, 0, 0)
    before = list(Workshop.objects.order_by("pk").values())
    library.tenant.refresh_from_db()
    change = library.tenant.content_change
    assert told(library.bring(*reversed(THREE))) == (0, 0, 0, 3)
    assert list(Workshop.objects.order_by("pk").values()) == before
    library.tenant.refresh_from_db()
    assert library.tenant.content_change == change, "kiosks fetch nothing for it"


def test_an_entry_that_only_looks_moved_is_asked_about(library: Library) -> None:
    library.bring(*THREE)
    edition = (line("Bokcirkel", 7), *THREE[1:])
    found = library.look(*edition)
    (asked,) = [each for each in found.lines if each.asked]
    assert asked.workshop == entry("Bokcirkel")
    assert (asked.changes, asked.likely, found.gone) == (["starts"], True, [])
    with pytest.raises(Unanswered):
        library.bring(*edition)
    assert Workshop.objects.filter(title__sv="Bokcirkel").count() == 1


@pytest.mark.parametrize(
    ("fate", "does", "open_dates"),
    [
        (Fate.MOVED, (0, 1, 0, 2), [7]),
        (Fate.BOTH, (1, 0, 0, 2), [0, 7]),
        (Fate.CANCEL, (1, 0, 1, 2), [7]),
    ],
)
def test_what_becomes_of_it_is_as_staff_say(
    library: Library, fate: Fate, does: tuple[int, ...], open_dates: list[int]
) -> None:
    library.bring(*THREE)
    old, edition = entry("Bokcirkel"), (line("Bokcirkel", 7), *THREE[1:])
    assert told(library.bring(*edition, **{str(old.pk): fate})) == does
    still = Workshop.objects.filter(title__sv="Bokcirkel", cancelled=False).order_by("starts")
    days = [(timezone.localtime(each.starts).date() - DAY).days for each in still]
    assert days == open_dates
    assert told(library.bring(*edition, **{str(old.pk): Fate.BOTH}))[:3] == (0, 0, 0)


def test_what_its_source_names_is_known_again_wherever_it_moves(library: Library) -> None:
    library.bring(*THREE)
    old = entry("Sagostund")
    moved = line("Sagostund för stora", 9, "10:30", uid="s1", place="Salen")
    found = library.look(THREE[0], moved, THREE[2])
    assert not any(each.asked for each in found.lines)
    assert told(library.bring(THREE[0], moved, THREE[2])) == (0, 1, 0, 2)
    assert entry("Sagostund för stora").pk == old.pk


def test_a_number_that_two_sources_use_makes_no_entry_another(library: Library) -> None:
    library.bring(line("Sagostund", uid="1"))
    assert told(library.bring(line("Rockklubb", 30, uid="1"))) == (1, 0, 0, 0)
    assert entry("Sagostund").pk != entry("Rockklubb").pk


def test_names_that_a_source_makes_anew_each_time_double_nothing(library: Library) -> None:
    library.bring(line("Sagostund", uid="a" * 20), line("Kör", 1, uid="b" * 20))
    again = library.bring(line("Sagostund", uid="c" * 20), line("Kör", 1, uid="d" * 20))
    assert told(again) == (0, 0, 0, 2)


def test_a_title_put_right_and_a_branch_put_right_are_asked_about(library: Library) -> None:
    library.bring(line("Bokcirkeln"), line("Kör", 1))
    found = library.look(line("Bokcirkel"), line("Kör", 1, branch="Hamnbiblioteket"))
    assert [each.changes for each in found.lines if each.asked] == [["title"], ["branch"]]


def test_what_is_gone_from_the_list_is_told_and_stays_until_staff_say(library: Library) -> None:
    library.bring(*THREE)
    (gone,) = library.look(*THREE[:2]).gone
    assert gone.workshop == entry("Stickcafé")
    assert told(library.bring(*THREE[:2])) == (0, 0, 0, 2)
    assert not entry("Stickcafé").cancelled
    assert told(library.bring(*THREE[:2], **{EVERY_GONE: Fate.CANCEL})) == (0, 0, 1, 2)
    assert entry("Stickcafé").cancelled
    assert Record.objects.filter(verb="programme imported").latest("at").particulars["called_off"]


def test_what_comes_back_into_the_list_takes_place_again(library: Library) -> None:
    library.bring(*THREE)
    library.bring(*THREE[:2], **{EVERY_GONE: Fate.CANCEL})
    assert told(library.bring(*THREE)) == (0, 1, 0, 2)
    assert not entry("Stickcafé").cancelled


@pytest.fixture
def signed_up(arrive: Arrive) -> Callable[[str], None]:
    """Let a visitor sign up for what has a title."""

    def sign(title: str) -> None:
        pk, seats = str(entry(title).pk), {"adults": 1, "children": 0}
        answers = {"workshop": pk, "seats": seats, "name": "Anna", "consent": True}
        arrive(answers, "sign-up", workshop=pk, seats=1)

    return sign


def test_what_is_gone_and_has_sign_ups_is_never_left_without_an_answer(
    library: Library, signed_up: Callable[[str], None]
) -> None:
    library.bring(*THREE)
    signed_up("Stickcafé")
    (gone,) = library.look(*THREE[:2]).gone
    assert gone.people == 1
    with pytest.raises(Unanswered):
        library.bring(*THREE[:2], **{EVERY_GONE: Fate.CANCEL})
    library.bring(*THREE[:2], **{str(gone.workshop.pk): Fate.CANCEL})
    assert entry("Stickcafé").cancelled


def test_a_list_of_other_things_asks_about_nothing(library: Library) -> None:
    library.bring(*THREE)
    assert library.look(line("Något helt annat", 1, "12:00")).gone == []


def test_next_months_list_moves_nothing_of_this_months(library: Library) -> None:
    weekly = [line("Språkcafé", 7 * week) for week in range(4)]
    later = [line("Språkcafé", 7 * week) for week in range(4, 8)]
    library.bring(*weekly)
    assert not any(each.asked for each in library.look(*later).lines)
    assert len(library.bring(*later).added) == 4


def test_one_date_of_a_series_that_moved_is_asked_about_alone(library: Library) -> None:
    weekly = [line("Språkcafé", 7 * week) for week in range(4)]
    library.bring(*weekly)
    found = library.look(*weekly[:2], line("Språkcafé", 15), weekly[3])
    assert [each.changes for each in found.lines if each.asked] == [["starts"]]


def test_a_list_calls_off_and_takes_back_what_it_called_off(library: Library) -> None:
    library.bring(*THREE)
    library.bring(line("Bokcirkel", status="inställt"), *THREE[1:])
    assert entry("Bokcirkel").cancelled
    library.bring(*THREE)
    assert not entry("Bokcirkel").cancelled


def test_what_staff_called_off_stays_so_though_the_list_knows_nothing(library: Library) -> None:
    library.bring(*THREE)
    Workshop.objects.filter(title__sv="Bokcirkel").update(cancelled=True)
    assert told(library.bring(line("Bokcirkel", status="confirmed"), *THREE[1:]))[1] == 0
    assert entry("Bokcirkel").cancelled


def test_what_the_list_has_no_column_for_stays_as_staff_have_it(library: Library) -> None:
    library.bring(*THREE)
    mine = {"place": "Salen", "about": {"sv": "Välkomna"}, "capacity": 9, "audience": "adults"}
    Workshop.objects.filter(title__sv="Bokcirkel").update(**mine)
    short = [f"Kvarnby bibliotek;Bokcirkel;{DAY} 19:00\n"]
    found = library.look(*short, head="branch;title;starts\n")
    pk = str(found.lines[0].workshop.pk) if found.lines[0].workshop else ""
    library.bring(*short, head="branch;title;starts\n", **{pk: Fate.MOVED})
    kept = entry("Bokcirkel")
    assert {name: getattr(kept, name) for name in mine} == mine
    assert (kept.sign_up, timezone.localtime(kept.starts).hour) == (True, 19)


def test_another_language_that_staff_wrote_stays(library: Library) -> None:
    library.bring(*THREE)
    Workshop.objects.filter(title__sv="Bokcirkel").update(
        title={"sv": "Bokcirkel", "en": "Book circle"}
    )
    assert told(library.bring(*THREE)) == (0, 0, 0, 3)
    assert entry("Bokcirkel").title == {"sv": "Bokcirkel", "en": "Book circle"}


@pytest.mark.parametrize(
    "at", ["2027-10-31 02:30", "2027-03-28 03:30", "2027-10-31 02:30:00+01:00"]
)
def test_the_same_list_is_the_same_on_the_nights_the_clock_changes(
    library: Library, at: str
) -> None:
    night = [f"Kvarnby bibliotek;Natt;{at}\n"]
    library.bring(*night, head="branch;title;starts\n")
    assert told(library.bring(*night, head="branch;title;starts\n")) == (0, 0, 0, 1)


def test_a_new_branch_has_the_librarys_clock_or_the_one_chosen(library: Library) -> None:
    new = [line("Satutunti", branch="Kallion kirjasto")]
    found = library.look(*new)
    assert (found.new_branches, found.zone) == (["Kallion kirjasto"], "Europe/Stockholm")
    import_programme(
        library.staff,
        library.tenant,
        library.sheet(*new),
        choices=Choices(zone="Europe/Helsinki"),
    )
    branch = library.tenant.branches.get(name="Kallion kirjasto")
    assert branch.timezone == "Europe/Helsinki"
    starts = Workshop.objects.get(title__fi="Satutunti").starts
    assert timezone.localtime(starts).hour == 17
