"""An uploaded list, kept at central between its preview and its import."""

import gzip
from base64 import b64decode, b64encode
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from kiosk.central.imports.lists.record import MOST_BYTES

_KEY = "programme_upload"


@dataclass(frozen=True, slots=True)
class UploadedList:
    """A file as it came; the browser never gives its content a second time."""

    name: str
    """What the file was called."""
    content: bytes
    """Every byte of it."""

    def keep(self, session: SessionBase) -> None:
        """Keep it in the session, which ends by itself; at most `MOST_BYTES` come this far."""
        packed = gzip.compress(self.content[: MOST_BYTES + 1])
        session[_KEY] = {"name": self.name[:120], "content": b64encode(packed).decode("ascii")}


def kept(session: SessionBase) -> UploadedList | None:
    """Return what was kept, or None."""
    found = session.get(_KEY)
    if found is None:
        return None
    return UploadedList(found["name"], gzip.decompress(b64decode(found["content"])))


def forget(session: SessionBase) -> None:
    """Let go of what was kept."""
    session.pop(_KEY, None)
