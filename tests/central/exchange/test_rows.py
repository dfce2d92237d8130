"""A batch goes into the table whole, and costs few statements however many events it has."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.central.knocking import PRAISE, Knocking

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
ROWS = st.lists(
    st.tuples(
        st.uuids(),
        st.none() | st.uuids(),
        WORDS,
        st.none() | WORDS,
        st.integers(-(2**63), 2**63 - 1),
        st.none() | st.binary(max_size=9),
    ),
    min_size=1,
    max_size=9,
)
KINDS = ("uuid", "uuid", "text", "text", "int8", "bytea")


def _digits(told: object) -> object:
    return told.hex if isinstance(told, UUID) else told


@pytest.mark.usefixtures("_on_postgresql")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS)
def test_arrays_arrive_as_they_were(rows: Sequence[tuple[Any, ...]]) -> None:
    database: Any = connection
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE came (n bigint GENERATED ALWAYS AS IDENTITY,"
            " id uuid, about uuid, word text, other text, number bigint, body bytea)"
        )
        told = [[_digits(value) for value in column] for column in zip(*rows, strict=True)]
        many = database.execute_packed(
            "INSERT INTO came (id, about, word, other, number, body) SELECT * FROM"
            " unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int8[], $6::bytea[])"
            " WHERE $7::text = 'all'",
            zip(KINDS, told, strict=True),
            ["all"],
        )
        cursor.execute("SELECT id, about, word, other, number, body FROM came ORDER BY n")
        came = [(*row[:-1], None if row[-1] is None else bytes(row[-1])) for row in cursor]
        cursor.execute("DROP TABLE came")
    assert many == len(rows)
    assert came == rows


def test_many_events_cost_no_more_statements_than_one(kiosk: Knocking) -> None:
    kiosk.bring(kiosk.handed(PRAISE))  # the first names the content, and makes what is kept
    costs = []
    for many in (1, 40):
        with CaptureQueriesContext(connection) as asked:
            kiosk.drop(*(kiosk.handed(PRAISE) for _ in range(many)))
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 12, costs
