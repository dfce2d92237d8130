"""A stick at a browser: its file is taken in as over the network, and the answer kept to download.

The answer is sealed to its kiosk, or locked under its one-time code, so the session may hold it.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext_lazy as _

from kiosk.central.exchange import bundles, joining
from kiosk.central.tenants.actions import record
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.problems import (
    BUNDLE_DAMAGED,
    BUNDLE_FOREIGN,
    BUNDLE_NEWER,
    BUNDLE_WRONG_WAY,
    DEVICE_REFUSED,
    JOINING_REFUSED,
    NOT_A_BUNDLE,
)
from kiosk.wire.bundle import ANSWER_SUFFIX, BundleKind, parcel

MOST_BYTES = 16_000_000
"""Of a file through a browser: more than 20,000 errands. Larger ones take the command."""
_KEY = "stick_answer"
_MOST_NAME = 80
_ODD = re.compile(r"[^\w.-]+")
"""What a command would need quotes for."""

NO_FILE = _("Choose a file first.")
TOO_LARGE = _(
    "The file is larger than 16 MB. Take it in on the machine central runs on: kiosk central bundle"
)
NO_CODE = _("This kiosk asks to join. Type its one-time code as well.")
WORDS = {
    NOT_A_BUNDLE.code: _(
        "This is no file of a kiosk. Choose the one that kiosk bundle write made; its name mostly "
        "ends in .bundle."
    ),
    BUNDLE_DAMAGED.code: _(
        "The file is torn or damaged. Nothing is lost: copy it from the stick again, or write it "
        "again at the kiosk."
    ),
    BUNDLE_FOREIGN.code: _("The file is from another library, or from a kiosk not known here."),
    BUNDLE_WRONG_WAY.code: _(
        "This file goes to a kiosk. Read it there, and choose here the one that the kiosk wrote."
    ),
    BUNDLE_NEWER.code: _("The kiosk is newer than central. Update central first."),
    DEVICE_REFUSED.code: _(
        "This kiosk has been shut out. It keeps what it has: enrol it again with a new code."
    ),
    JOINING_REFUSED.code: _(
        "The code does not fit this file, is used, or is too old. Type it again, or make a new one."
    ),
}
"""What staff read about each problem of a file; nothing was changed then."""


@dataclass(frozen=True, slots=True)
class StickAnswer:
    """What came of one file, for the page and for the stick."""

    name: str
    """What the answer is called on the stick."""
    file: bytes
    """It."""
    branch: str
    """Name of the branch where the kiosk stands."""
    kiosk: str
    """What the kiosk is called."""
    joined: bool
    """Whether it was let in with this, rather than having brought something."""
    events: int = 0
    """How many events it brought."""
    new: int = 0
    """How many of them were not here yet."""
    looked_at: int = 0
    """How many somebody must look at: held, in conflict, or refused."""

    def keep(self, session: SessionBase) -> None:
        """Keep it in the session, until the next file or the end of the session."""
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        session[_KEY] = told | {"file": b64encode(self.file).decode("ascii")}


def kept(session: SessionBase) -> StickAnswer | None:
    """Return the answer to her last file, or None."""
    told: Mapping[str, Any] | None = session.get(_KEY)
    return StickAnswer(**{**told, "file": b64decode(told["file"])}) if told else None


def asks_to_join(file: bytes) -> bool:
    """Tell whether *file* takes a one-time code. Raises Trouble as `take_in`."""
    return parcel(file).head.kind is BundleKind.JOIN


def take_in(file: bytes, name: str, code: str, within: Tenant, by: Staff) -> StickAnswer:
    """Take a kiosk's file in, whichever branch of the library it is from, and make its answer.

    Raises Trouble: NOT_A_BUNDLE, BUNDLE_DAMAGED, BUNDLE_FOREIGN, BUNDLE_WRONG_WAY, BUNDLE_NEWER,
    DEVICE_REFUSED, JOINING_REFUSED; nothing is taken in then.
    """
    plain = _ODD.sub("-", PurePath(name).stem).strip("-.")[:_MOST_NAME]
    called = (plain or "kiosk") + ANSWER_SUFFIX
    if asks_to_join(file):
        device, answer = joining.let_in(file, code, within, by)
        return StickAnswer(called, answer, device.branch.name, str(device), joined=True)
    answered = bundles.answer(file, within)
    device, verdicts = answered.device, answered.verdicts
    record(by, "stick taken in", device, number=answered.number, **verdicts)
    new = verdicts["stored"] + verdicts["held"]
    return StickAnswer(
        called,
        answered.file,
        device.branch.name,
        str(device),
        joined=False,
        events=answered.events,
        new=new,
        looked_at=verdicts["held"] + verdicts["conflict"] + verdicts["refused"],
    )
