"""Faults: what can be wrong with a list, and what is good to know of it."""

from dataclasses import dataclass
from enum import StrEnum


class ListFault(StrEnum):
    """What can be wrong with a list; the staff page says each in words, with its remedy."""

    UNREADABLE = "unreadable"
    """None of the formats. Save the sheet as CSV or XLSX."""
    OLD_WORKBOOK = "old_workbook"
    """A workbook of an older or another kind. Save it as XLSX."""
    TOO_LARGE = "too_large"
    """More than `MOST_BYTES` or `MOST_ROWS`. Split the list."""
    NO_COLUMN = "no_column"
    """A column that is needed is missing. Name it in the first line."""
    SAME_HEADING = "same_heading"
    """Two columns mean the same; the first counts. Name one of them otherwise."""
    NO_ROWS = "no_rows"
    """There is nothing under the first line."""
    UNCLOSED_QUOTE = "unclosed_quote"
    """A quotation mark opens a cell and none closes it. Close it, or take it out."""
    TOO_MANY_CELLS = "too_many_cells"
    """More cells than headings. Put quotation marks around the cell that holds a separator."""
    BROKEN_ENTRY = "broken_entry"
    """One entry of a calendar or a feed that is no entry."""
    MISSING = "missing"
    """The cell is empty. Fill it in."""
    NO_BRANCH = "no_branch"
    """Nothing says at which branch it is. Choose one on the page, or fill it in."""
    TOO_LONG = "too_long"
    """The cell has more characters than there is room for. Shorten it."""
    IDENTITY_NUMBER = "identity_number"
    """A personal identity number. Take it out."""
    NOT_A_DATE = "not_a_date"
    """Write 2026-01-21T18:00, or 2026-01-21 when no time is known."""
    WHICH_FIRST = "which_first"
    """Day or month may stand first. Choose it on the page."""
    YEAR_OF_TWO = "year_of_two"
    """A year of two digits that may be a day. Write four."""
    OTHER_WEEKDAY = "other_weekday"
    """The date falls on another weekday than the one beside it. Correct one of them."""
    NO_SUCH_HOUR = "no_such_hour"
    """The clock jumps over it that night. Write another."""
    ENDS_EARLY = "ends_early"
    """The end comes before the beginning. Correct one of them."""
    NOT_YES_OR_NO = "not_yes_or_no"
    """Write ja or nej."""
    NOT_A_NUMBER = "not_a_number"
    """Write a whole number from 0 to 10 000, or leave the cell empty."""
    NO_LANGUAGE = "no_language"
    """Not the code or the name of a language that kiosks speak."""
    NO_ZONE = "no_zone"
    """Not the name of a time zone."""
    TWICE = "twice"
    """The same branch, title and beginning as an earlier line. Take one of them out."""

    SHORTENED = "shortened"
    """Longer than there is room for: its end is cut off."""
    HOUR_TWICE = "hour_twice"
    """The clock shows it twice that night: the first is meant."""
    END_TIME_ALONE = "end_time_alone"
    """An hour of the end without one of the beginning: whole days."""
    ENDLESS = "endless"
    """Repeated without an end: one year of it is read."""
    UNSURE = "unsure"
    """Marked as a draft or tentative: it is taken as happening."""
    STATUS_UNKNOWN = "status_unknown"
    """A status that says nothing to us: it is taken as happening."""
    ABOVE = "above"
    """A line above the headings, left alone."""
    OTHER_SHEETS = "other_sheets"
    """Sheets of the workbook that were left alone."""
    NOT_EVENTS = "not_events"
    """Tasks and other things that are no events, left alone."""


NOTES = frozenset(
    {
        ListFault.SHORTENED,
        ListFault.HOUR_TWICE,
        ListFault.END_TIME_ALONE,
        ListFault.ENDLESS,
        ListFault.UNSURE,
        ListFault.STATUS_UNKNOWN,
        ListFault.ABOVE,
        ListFault.OTHER_SHEETS,
        ListFault.NOT_EVENTS,
    }
)
"""What is told and keeps no row out."""


class Unclear(ValueError):
    """A text that cannot be read for one of the reasons above."""

    def __init__(self, fault: ListFault) -> None:
        """Keep the reason."""
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class ListMistake:
    """One thing to mend in the list, or to know of it."""

    line: int
    """Line of the file, row of the sheet or number of the entry, from 1; 0 is the whole file."""
    column: str
    """Name of the column, or empty."""
    fault: ListFault
    """What is wrong."""
    found: str = ""
    """What stands there."""
