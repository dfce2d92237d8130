"""Wall: what the clocks on the wall of a branch show, and the hours they skip or show twice."""

from datetime import UTC, datetime, tzinfo


def in_gap(wall: datetime, zone: tzinfo) -> bool:
    """Tell whether the clocks of *zone* jump over *wall*, a wall clock."""
    there = wall.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def shown_twice(wall: datetime, zone: tzinfo) -> bool:
    """Tell whether the clocks of *zone* show *wall* twice that night."""
    there = wall.replace(tzinfo=zone)
    offsets = there.replace(fold=0).utcoffset(), there.replace(fold=1).utcoffset()
    return offsets[0] != offsets[1] and not in_gap(wall, zone)


def instant(wall: datetime, zone: tzinfo) -> datetime:
    """Return the moment, in UTC, at which the clocks of *zone* show *wall*.

    Not with the zone itself: Python holds a moment within an hour that is shown twice, or never,
    for unlike itself in any other zone.
    """
    return wall.replace(tzinfo=zone).astimezone(UTC)


def on_wall(at: datetime, zone: tzinfo) -> datetime:
    """Return what the clocks of *zone* show at *at*; a wall clock is one already."""
    return at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at
