"""Rescue: the lines of a damaged snapshot that can still be read."""

import json

from kiosk.store.snapshot import META, Snapshot, digest_of, no_number
from kiosk.store.view import Rows


def rescued(body: bytes) -> Snapshot:
    """Read those lines of a damaged snapshot that can be read, which nobody vouches for."""
    snapshot = Snapshot(digest_of(body))
    rows = Rows()
    for line in body.split(b"\n"):
        named, _, rest = line.rstrip(b",").partition(b": ")
        try:
            name = json.loads(named)
            if rest == b"{":
                rows = snapshot.tables.setdefault(str(name), Rows())
                continue
            row = json.loads(rest, parse_constant=no_number)
        except (ValueError, RecursionError):
            snapshot.missing += line.strip(b"{},") != b""
            continue
        if isinstance(row, dict) and str(name).isdecimal():
            rows.put(int(name), row)
    meta = snapshot.tables.pop(META, Rows()).get(1, {})
    snapshot.store = str(meta.get("store", ""))
    read = sum(map(len, snapshot.tables.values()))
    snapshot.missing = max(snapshot.missing, int(meta.get("documents", 0)) - read)
    return snapshot
