"""What is written in a form comes back as it was saved, and nothing unreadable is saved."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec
import pytest
from django.core.exceptions import ValidationError
from django.forms import MultiValueField
from django.forms.models import model_to_dict, modelform_factory
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.platform import typed
from kiosk.central.platform.fields import meetings
from kiosk.central.platform.fields.columns import text_lists, texts
from kiosk.central.platform.fields.meetings import MeetingsField
from kiosk.central.platform.fields.texts import (
    CodesField,
    LabelledWidget,
    TextListField,
    TextsField,
    TextsWidget,
)
from kiosk.central.programme.models import Notice, Task, Workshop
from kiosk.central.questionnaires.models import Wording
from kiosk.central.tenants import hours
from kiosk.central.tenants.actions import employ
from kiosk.central.tenants.hours_fields import WeekField, WeekWidget, zone_mistake, zones
from kiosk.central.tenants.models import Branch, Membership, Role, Staff, Tenant
from kiosk.domain.opening_hours import Calendar, Hours

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WEEKS = st.builds(
    Calendar,
    st.lists(
        st.builds(Hours, st.integers(0, 6), TIMES, TIMES, st.booleans()).filter(
            lambda each: each.opens != each.closes or each.opens == time()
        ),
        max_size=9,
    ).map(tuple),
    st.lists(st.dates(date(2026, 1, 1), date(2040, 1, 1)), max_size=3).map(tuple),
)
LINES = st.text(st.characters(categories=("L", "N", "Zs")), max_size=12).map(typed.line)


def alike(told: Calendar) -> Any:
    """Return what does not depend on the order in which stretches were written."""
    return sorted(told.week, key=repr), sorted(told.closed)


@given(WEEKS)
def test_a_week_of_hours_comes_back_as_it_was_saved(week: Calendar) -> None:
    field = WeekField()
    shown = field.widget.decompress(msgspec.to_builtins(week))
    assert alike(hours.read(field.clean(shown))) == alike(week)


@pytest.mark.parametrize(
    ("typed_in", "saved"),
    [
        ("7-22", [(time(7), time(22))]),
        ("07.30 \u2013 19.00", [(time(7, 30), time(19))]),
        ("8-12, 13:15-01", [(time(8), time(12)), (time(13, 15), time(1))]),
        ("0-24", [(time(0), time(0))]),
    ],
)
def test_hours_are_read_as_people_write_them(typed_in: str, saved: list[Any]) -> None:
    found = hours.read(WeekField().clean([typed_in, *[""] * 14]))
    assert [(each.opens, each.closes) for each in found.week] == saved


@given(st.lists(st.text(max_size=14) | st.from_regex(r"[0-9]{1,2}[:.-][0-9 -]{0,6}"), max_size=15))
def test_whatever_is_typed_as_hours_can_be_read_or_is_not_saved(typed_in: list[str]) -> None:
    try:
        saved = WeekField().clean([*typed_in, *[""] * (15 - len(typed_in))])
    except ValidationError:
        return
    assert hours.read(saved) is not None


@pytest.mark.parametrize("typed_in", ["10-10", "08:30-8.30", "24-24", "0-0", "00-24"])
def test_hours_that_end_when_they_begin_are_a_whole_day_only_from_midnight(typed_in: str) -> None:
    if set(typed_in) <= set("024-"):
        (found,) = hours.read(WeekField().clean([typed_in, *[""] * 14])).week
        assert found.opens == found.closes
        return
    with pytest.raises(ValidationError, match=typed_in):
        WeekField().clean([typed_in, *[""] * 14])


def test_an_escape_in_json_of_the_stock_admin_is_cleaned_as_a_sign_is() -> None:
    field = Wording._meta.get_field("title").formfield()
    assert field.clean('{"sv": "A\\u001b]0;B\\u0007\\u202e"}') == {"sv": "A"}


def test_a_mistake_in_hours_names_the_day_and_what_was_typed() -> None:
    with pytest.raises(ValidationError, match=r"25:00-26"):
        WeekField().clean([*[""] * 4, "25:00-26", *[""] * 10])
    with pytest.raises(ValidationError, match="julafton"):
        WeekField().clean([*[""] * 14, "2026-12-24\njulafton"])


@given(st.lists(LINES, min_size=len(typed.WRITTEN), max_size=len(typed.WRITTEN)))
def test_texts_come_back_as_they_were_saved(written: list[str]) -> None:
    field = TextsField(required=False)
    saved = field.clean(written)
    assert texts(saved) == saved
    assert field.clean(field.widget.decompress(saved)) == saved


@given(st.lists(st.dictionaries(st.sampled_from(typed.WRITTEN), LINES.filter(bool), min_size=1)))
def test_a_list_of_texts_comes_back_as_it_was_saved(saved: list[dict[str, str]]) -> None:
    field = TextListField(required=False)
    shown = field.widget.decompress(field.prepare_value(saved))
    assert text_lists(field.clean(shown)) == saved


DAYS = st.dates(date(2026, 1, 1), date(2040, 1, 1))
EVENINGS = st.lists(
    st.tuples(st.builds(datetime.combine, DAYS, TIMES), st.integers(1, 24 * 60)), max_size=5
).map(lambda told: sorted((starts, starts + timedelta(minutes=lasts)) for starts, lasts in told))


@given(EVENINGS)
def test_the_meetings_of_a_series_come_back_as_they_were_saved(
    told: list[tuple[datetime, datetime]],
) -> None:
    field = MeetingsField(required=False)
    saved = [[each.isoformat() for each in pair] for pair in told]
    shown = field.prepare_value(saved)
    assert field.clean(shown) == saved
    assert not field.has_changed(saved, shown)
    assert meetings.read(saved) == told


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{5}-[0-9:]{5}"))
def test_whatever_is_typed_as_meetings_can_be_read_or_is_not_saved(typed_in: str) -> None:
    try:
        saved = MeetingsField(required=False).clean(typed_in)
    except ValidationError:
        return
    assert len(meetings.read(saved)) == len(saved)


def test_codes_are_written_with_commas_between() -> None:
    field = CodesField(required=False)
    assert field.prepare_value(["sv", "ar"]) == "sv, ar"
    assert field.clean("sv,  ar so") == ["sv", "ar", "so"]
    assert field.clean("") == []
    assert not field.has_changed(["sv"], "sv")


def test_a_personal_identity_number_is_not_saved_in_a_text() -> None:
    with pytest.raises(ValidationError):
        TextsField().clean(["811218-9876", *[""] * (len(typed.WRITTEN) - 1)])


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Helsinki", "America/Nuuk"])
def test_a_time_zone_is_one_that_there_is(zone: str) -> None:
    assert zone_mistake(zone) == ""
    assert zone_mistake(zone + "fors")


@pytest.mark.parametrize(
    ("row", "column", "odd"),
    [
        (Branch(timezone="Europe/Helsingfors", name="A", key="a"), "timezone", None),
        (Branch(calendar={"week": [{"weekday": 9}]}, name="A", key="a"), "calendar", None),
        (Tenant(contact=[1], name="A", key="a"), "contact", None),
        (Tenant(public_url="kiosk.example", name="A", key="a"), "public_url", None),
        (Tenant(public_url="https://a.example/?x", name="A", key="a"), "public_url", None),
        (Tenant(public_url="https://a.example/#x", name="A", key="a"), "public_url", None),
        (Tenant(public_url="https://u:pw@a.example", name="A", key="a"), "public_url", None),
        (Task(title={"sv": 5}), "title", None),
        (Task(title={"sv": "A"}, library_offers=["Kaffe"]), "library_offers", None),
        (Workshop(title="A"), "title", None),
        (Workshop(title={"sv": "A"}, spoken="sv"), "spoken", None),
        (Workshop(title={"sv": "A"}, meetings=[{"x": 1}]), "meetings", None),
        (Workshop(title={"sv": "A"}, meetings=["2027-01-01"]), "meetings", None),
        (Notice(text=["A"]), "text", None),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, (Branch, Tenant)) else None,
)
def test_no_row_with_another_shape_is_found_well(row: Any, column: str, odd: None) -> None:
    with pytest.raises(ValidationError) as found:
        row.clean_fields()
    assert column in found.value.message_dict


def test_what_ends_before_it_begins_is_not_found_well() -> None:
    begins, ends = datetime(2027, 1, 2, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    for row, column in (
        (Workshop(title={"sv": "A"}, starts=begins, ends=ends), "ends"),
        (Notice(text={"sv": "A"}, since=begins, until=ends), "until"),
    ):
        with pytest.raises(ValidationError) as found:
            row.clean()
        assert column in found.value.message_dict


def test_a_zone_that_is_of_a_machine_is_not_offered() -> None:
    assert {"Factory", "localtime"}.isdisjoint(name for name, _label in zones())


def boxes(name: str, *values: str) -> dict[str, str]:
    return {f"{name}_{place}": value for place, value in enumerate(values)}


def test_a_technician_writes_hours_and_zone_in_boxes_and_a_typo_is_not_saved(
    tenant: Tenant, hamnen: Branch
) -> None:
    teo = employ("teo", "mycket-hemlig-8391")
    Membership.objects.create(tenant=tenant, staff=teo, role=Role.TECHNICIAN)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(Staff.objects.get(pk=teo.pk))
    page = f"/admin/branches/branch/{hamnen.pk}/change/"
    shown = client.get(page).content.decode()
    assert "Monday, staffed" in shown
    form = modelform_factory(Branch, fields="__all__")(instance=hamnen)
    week = form["calendar"].field.widget.decompress(hamnen.calendar)
    sent = {
        name: value
        for name, value in model_to_dict(hamnen).items()
        if name not in {"calendar", "id"} and value is not None
    }
    typo = client.post(page, sent | boxes("calendar", "8-25", *week[1:]))
    assert typo.status_code == 200
    assert "write hours like 07:00-22:00, not 8-25" in typo.content.decode()
    wrong = client.post(page, sent | boxes("calendar", *week) | {"timezone": "Europe/Helsingfors"})
    assert wrong.status_code == 200
    same = Branch.objects.get(pk=hamnen.pk)
    assert (same.calendar, same.timezone) == (hamnen.calendar, hamnen.timezone)
    moved = {"timezone": "Europe/Helsinki"}
    assert client.post(page, sent | moved | boxes("calendar", "8-20", *week[1:])).status_code == 302
    saved = Branch.objects.get(pk=hamnen.pk)
    assert saved.timezone == "Europe/Helsinki"
    assert Hours(0, time(8), time(20)) in hours.read(saved.calendar).week


@pytest.fixture
def teo(tenant: Tenant) -> Client:
    staff = employ("teo", "mycket-hemlig-8391")
    Membership.objects.create(tenant=tenant, staff=staff, role=Role.TECHNICIAN)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(Staff.objects.get(pk=staff.pk))
    return client


def form_of(client: Client, page: str) -> dict[str, Any]:
    """Return what a browser would send of *page* if nothing were typed."""
    form = client.get(page).context["adminform"].form
    sent: dict[str, Any] = {}
    for each in form:
        value = each.value()
        if isinstance(each.field, MultiValueField):
            told = value if isinstance(value, list) else each.field.widget.decompress(value)
            sent |= boxes(each.html_name, *["" if part is None else str(part) for part in told])
        elif value is not None and value is not False:
            sent[each.html_name] = value
    return sent


def test_in_the_stock_admin_nobody_overwrites_what_she_has_not_seen(
    teo: Client, hamnen: Branch
) -> None:
    page = f"/admin/branches/branch/{hamnen.pk}/change/"
    sent = form_of(teo, page)
    Branch.objects.filter(pk=hamnen.pk).update(phone="08-1")
    told = teo.post(page, sent | {"name": "Hamnen"})
    assert told.status_code == 200
    assert "A colleague has changed it meanwhile" in told.content.decode()
    assert Branch.objects.get(pk=hamnen.pk).phone == "08-1"
    again = sent | {"name": "Hamnen", "seen": told.context["adminform"].form["seen"].value()}
    done = teo.post(page, again)
    assert done.status_code == 302, done.context["adminform"].form.errors
    assert Branch.objects.get(pk=hamnen.pk).name == "Hamnen"


def test_in_the_stock_admin_seats_are_told_and_odd_moments_are_not_saved(
    teo: Client, hamnen: Branch
) -> None:
    workshop = Workshop.objects.create(
        tenant=hamnen.tenant,
        branch=hamnen,
        title={"sv": "A"},
        starts=datetime(2027, 1, 2, 18, tzinfo=UTC),
        capacity=8,
    )
    page = f"/admin/programme/workshop/{workshop.pk}/change/"
    sent = form_of(teo, page) | {"capacity": "0"}
    for year in ("0001", "9999"):
        assert teo.post(page, sent | {"starts_0": f"{year}-01-01"}).status_code == 200
    assert teo.post(page, sent | {"meetings": "[" * 3000}).status_code == 200
    assert teo.post(page, sent | {"meetings": "2027-01-02 18:00-19:30"}).status_code == 302
    saved = Workshop.objects.get(pk=workshop.pk)
    assert saved.capacity == 8
    assert saved.meetings == [["2027-01-02T18:00:00", "2027-01-02T19:30:00"]]


@pytest.mark.parametrize("widget", [TextsWidget(), TextsWidget(rows=3), WeekWidget()])
def test_each_box_is_one_to_write_in_under_its_label(widget: LabelledWidget) -> None:
    drawn = widget.render("hours", None, {"id": "id_hours"})
    boxes = len(widget.widgets)
    assert len(re.findall(r"<(?:input|textarea) ", drawn)) == boxes
    assert len(re.findall(r'<label for="id_hours_\d+">', drawn)) == boxes
