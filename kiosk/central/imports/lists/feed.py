"""Feed: a list as JSON, as schema.org describes events and as programs of municipalities do."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from kiosk.central.imports.lists.fault import ListFault, ListMistake
from kiosk.central.imports.lists.headings import BY_LANGUAGE, heading, repeated, understood
from kiosk.central.imports.lists.record import MOST_ROWS, Heading, ListedEntry, ListFile, PlaceUnit
from kiosk.central.imports.lists.table import named_cell
from kiosk.i18n import LANGUAGES

_SCRIPT = re.compile(
    r"<script[^>]*application/ld\+json[^>]*>(.*?)</script", re.IGNORECASE | re.DOTALL
)
_PREFIX = re.compile(r"^(?:@|schema:|https?://schema\.org/|field_)")
_CODES = {**{each: each for each in LANGUAGES}, "no": "nb", "nn": "nb", "se": "sv", "dk": "da"}
_TECHNICAL = {"@type", "@context", "type"}
_DATES_WITHIN = ("subEvent", "occurrences", "dates", "times", "instances")
"""Where a feed keeps the single dates of an event; they say what they share once, above."""
_FURTHER_DATES = ("repetitions",)
"""Where one keeps those after the first, which the event itself tells."""
_KEEP_DATES = {*_DATES_WITHIN, *_FURTHER_DATES}
_ENDS_WITHIN = ("end_value", "end", "stop", "to", "endDate")
_SAYS = (
    *("name", "title", "label", "value", "rendered", "venue"),
    *("dateTime", "date", "start", "@id", "id"),
)
"""What of a thing within an event is said of it, the first that it has."""
_DEEPEST = 60

Node = Mapping[str, Any]


def found_in(text: str) -> list[Any] | None:
    """Return the JSON of a feed, or in a page of the web; None when there is none."""
    opens = text.lstrip()[:1]
    if opens in {"{", "["}:
        return _loaded([text]) or _loaded(text.splitlines()) or None
    return _loaded(_SCRIPT.findall(text)) or None


def _loaded(written: Iterable[str]) -> list[Any]:
    found = []
    for each in written:
        try:
            found.append(json.loads(each))
        except (ValueError, RecursionError):
            continue
    return found


def read(told: list[Any]) -> ListFile:
    """Read every event that stands anywhere in it, in order."""
    events = list(islice(_events(told, 0), MOST_ROWS + 1))
    if len(events) > MOST_ROWS:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.TOO_LARGE)])
    if not events:
        return ListFile(mistakes=[ListMistake(0, "", ListFault.NO_ROWS)])
    names = list(dict.fromkeys(name for event in events for name in event))
    meant = understood(_PREFIX.sub("", name) for name in names)
    for place in repeated(meant):
        meant[place] = Heading(meant[place].written)
    headings = [
        Heading(name, each.column, each.language)
        for name, each in zip(names, meant, strict=True)
        if name not in _TECHNICAL
    ]
    records = [
        ListedEntry(number, _cells(event, headings)) for number, event in enumerate(events, 1)
    ]
    return ListFile(unit=PlaceUnit.ENTRY, headings=headings, records=records)


def _cells(event: Node, headings: list[Heading]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for each in headings:
        if each.column and each.written in event:
            for language, text in _texts(event[each.written]):
                named = language if each.column in BY_LANGUAGE else ""
                key = named_cell(Heading("", each.column, each.language or named))
                cells.setdefault(key, text)
    return cells


def _events(value: Any, depth: int) -> Iterator[Node]:
    """Yield whatever has a title and a beginning, each of its dates by itself."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _events(each, depth + 1)
    if not isinstance(value, dict):
        return
    single, further = _within(value, _DATES_WITHIN), _within(value, _FURTHER_DATES)
    alone = {name: each for name, each in value.items() if name not in _KEEP_DATES}
    if {"title", "starts"} <= _columns(alone) and not single:
        yield from (_with_end({**alone, **each}) for each in ({}, *further))
    elif single and "title" in _columns({**alone, **single[0]}):
        yield from (_with_end({**alone, **each}) for each in single)
    else:
        for each in value.values():
            yield from _events(each, depth + 1)


def _within(node: Node, names: Iterable[str]) -> list[Node]:
    """List the single dates that an event keeps under some of *names*."""
    listed = [each for name in names for each in _as_list(node.get(name))]
    return [each for each in listed if isinstance(each, dict) and "starts" in _columns(each)]


def _with_end(node: Node) -> Node:
    """Return an event whose beginning and end stand together with its end beside."""
    for name, value in node.items():
        within = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(within, dict) and "starts" in _columns({name: within}):
            ends = [within[each] for each in _ENDS_WITHIN if within.get(each)]
            return {"end": ends[0], **node} if ends else node
    return node


def _columns(node: Node) -> set[str]:
    return {
        heading(_PREFIX.sub("", name)).column.replace("starts_time", "starts")
        for name, value in node.items()
        if value not in (None, "", [], {})
    }


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> Iterator[tuple[str, str]]:
    """Yield what a value says, each with the language it says it in, or without."""
    match value:
        case None:
            return
        case bool():
            yield "", "ja" if value else "nej"
        case list():
            told = [text for each in value for text in _texts(each)]
            plain = [text for language, text in told if not language]
            yield from (each for each in told if each[0])
            if plain:
                single = isinstance(value[0], dict)
                yield "", plain[0] if single else ", ".join(plain)
        case {"@value": said}:
            yield _CODES.get(str(value.get("@language", ""))[:2], ""), str(said)
        case dict():
            yield from _of_node(value)
        case _:
            yield "", str(value)


def _of_node(node: Node) -> Iterator[tuple[str, str]]:
    languages = {
        name: _CODES[name[:2]] for name in node if name[:2] in _CODES and len(name) in {2, 5}
    }
    if languages and len(languages) == len(node):
        yield from ((code, str(node[name])) for name, code in languages.items() if node[name])
        return
    for name in _SAYS:
        if node.get(name):
            yield from _texts(node[name])
            return
