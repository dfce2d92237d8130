"""Workshops: what is still to come, and how many seats are left."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.workshop import Workshop, coming, highlights

NOW = datetime.fromisoformat("2026-11-26T12:00")


def workshop(**changed: object) -> Workshop:
    """Make a workshop at six tonight."""
    plain: dict[str, object] = {
        "id": "w1",
        "title": {"sv": "Sticka"},
        "branch": "ekenas",
        "starts": datetime.fromisoformat("2026-11-26T18:00"),
    }
    return Workshop(**(plain | changed))  # type: ignore[arg-type]


def test_tonights_workshop_can_be_signed_up_for() -> None:
    assert workshop().can_be_signed_up_for(NOW)


def test_a_cancelled_a_finished_and_a_drop_in_workshop_cannot() -> None:
    assert not workshop(cancelled=True).can_be_signed_up_for(NOW)
    assert not workshop(sign_up=False).can_be_signed_up_for(NOW)
    assert not workshop(starts=NOW).can_be_signed_up_for(NOW)


def test_a_whole_day_lasts_until_its_midnight() -> None:
    whole = workshop(starts=datetime.fromisoformat("2026-11-26T00:00"), all_day=True)
    assert whole.over == datetime.fromisoformat("2026-11-27T00:00")
    assert workshop(ends=datetime.fromisoformat("2026-12-01T20:00")).over == datetime.fromisoformat(
        "2026-12-01T20:00"
    )


def test_seats_left_never_go_below_none_left() -> None:
    assert workshop().seats_left is None
    assert workshop(capacity=10, taken=4).seats_left == 6
    assert workshop(capacity=10, taken=12).seats_left == 0


@given(st.lists(st.integers(-50, 50)))
def test_the_programme_shows_what_is_not_over_in_order_of_time(hours: list[int]) -> None:
    programme = tuple(
        workshop(id=f"w{n}", starts=NOW + timedelta(hours=by)) for n, by in enumerate(hours)
    )
    shown = coming(programme, NOW)
    assert sorted(each.id for each in shown) == sorted(
        each.id for each in programme if each.over > NOW
    )
    assert [each.starts for each in shown] == sorted(each.starts for each in shown)


def test_the_highlights_are_the_next_of_each_audience_here_before_elsewhere() -> None:
    def on(day: int, name: str, **more: object) -> Workshop:
        return workshop(id=name, starts=datetime(2026, 11, day, 18), **more)  # noqa: DTZ001

    programme = (
        on(27, "elsewhere-soon", branch="karis", audience="children"),
        on(28, "here-later", audience="children"),
        on(29, "here-much-later", audience="children"),
        on(27, "called-off", audience="adults", cancelled=True),
        on(30, "only-elsewhere", branch="karis", audience="adults"),
        on(25, "over", audience="seniors"),
    )
    shown = [each.id for each in highlights(programme, "ekenas", NOW)]
    assert shown == ["here-later", "only-elsewhere"]
