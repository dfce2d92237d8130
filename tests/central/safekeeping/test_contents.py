"""What a backup holds: every table, unless somebody has said that it does not matter."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.safekeeping import contents

MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))


def test_every_table_of_the_database_is_kept_or_left_out_by_name() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.get_table_list(cursor)
    kept = {contents.table(model).name for model in contents.kept()}
    assert {each.name for each in tables if each.type == "t"} - kept <= contents.left_out()
    assert {"branches_device", "intake_event", "intake_erasure", "inbox_submission"} <= kept


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
@given(moment=MOMENTS, identity=st.uuids(), truth=st.booleans())
def test_a_value_goes_through_an_archive_into_either_database(
    vendor: str, moment: datetime, identity: UUID, truth: bool
) -> None:
    def through(kind: str, told: Any) -> Any:
        return contents.FOR[vendor][kind](contents.PLAIN[kind](told))

    if vendor == "postgresql":
        assert through("moment", moment) == moment
        assert through("uuid", identity) == identity
    else:
        assert through("moment", moment) == str(moment.astimezone(UTC).replace(tzinfo=None))
        assert through("uuid", identity) == identity.hex
        assert through("truth", truth) == truth


def test_sqlites_spellings_are_read_like_postgresqls() -> None:
    moment, identity = datetime(2026, 11, 24, 12, 0, 0, 5, tzinfo=UTC), UUID(int=7)
    assert contents.PLAIN["moment"](moment.replace(tzinfo=None)) == contents.PLAIN["moment"](moment)
    assert contents.PLAIN["uuid"](identity.hex) == contents.PLAIN["uuid"](identity)
    assert contents.PLAIN["bytes"](memoryview(b"12")) == b"12"
