"""Logs tell where something went wrong, and nothing of what it went wrong on."""

import json
import logging
import sys
from collections.abc import Callable
from io import StringIO

import pytest

from kiosk.problems.traces import Discreet, where
from tests.house.source import ROOT, modules

WORDS = "anna@hemlig.example"


def a_row_that_does_not_fit() -> None:
    raise ValueError(f"Failing row contains ({WORDS})")


def a_word_that_is_no_number() -> None:
    try:
        int(WORDS)
    except ValueError as error:
        raise RuntimeError(WORDS) from error


def a_name_that_is_not_there() -> None:
    dict[str, str]()[WORDS]


def a_text_that_is_no_json() -> None:
    json.loads(f'{{"{WORDS}": ')


FAILURES = [
    a_row_that_does_not_fit,
    a_word_that_is_no_number,
    a_name_that_is_not_there,
    a_text_that_is_no_json,
]


@pytest.mark.parametrize("fails", FAILURES)
def test_an_error_is_logged_by_its_kind_and_its_place(fails: Callable[[], None]) -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet("%(levelname)s %(message)s"))
    log = logging.getLogger("kiosk.tests.traces")
    log.addHandler(handler)
    log.propagate = False
    try:
        fails()
    except Exception:
        log.exception("it could not be done")
    told = written.getvalue()
    assert told.startswith("ERROR it could not be done")
    assert f"in {fails.__name__}" in told
    assert "tests/test_traces.py" in told
    assert WORDS not in told


def test_an_error_that_never_was_raised_has_a_kind_at_least() -> None:
    assert where(KeyError(WORDS)) == "KeyError"


def test_the_address_of_a_receipt_is_no_line_of_a_log() -> None:
    record = logging.LogRecord(
        "django", logging.ERROR, "", 0, "No: %s", ("/r/K7MQ2XAB34ZZ/",), None
    )
    assert Discreet().format(record) == "No: /r/…"
    try:
        a_row_that_does_not_fit()
    except ValueError:
        record.exc_info = sys.exc_info()
    record.exc_text = WORDS  # as another handler left it
    assert WORDS not in Discreet().format(record)


def test_no_log_of_ours_is_written_in_another_way() -> None:
    """Each formatter is the discreet one; tracebacks quote the lines and values they fail on."""
    for path in modules("kiosk", "screens"):
        text = path.read_text(encoding="utf-8")
        own = path.relative_to(ROOT).as_posix() == "kiosk/problems/traces.py"
        assert own or "logging.Formatter" not in text, path
        assert "print_exc" not in text, path
        assert "format_exc" not in text, path
