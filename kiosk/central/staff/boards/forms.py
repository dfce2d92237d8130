"""A publication as it stands in the form, before it is saved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kiosk.central.boards.models import Publication
from kiosk.central.platform import typed
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Branch
from kiosk.domain.identity_number import holds_identity_number
from kiosk.domain.posting import STAGES, Board, ChallengeUnit, Stage

TEXTS = ("title", "text", "reason")
"""What is written in every language."""
MOST = {"title": 90, "text": 900, "reason": 300}
"""Characters of each: what a visitor reads at the kiosk without much turning."""
ROWS = {"title": 0, "text": 5, "reason": 0}
"""Lines that are shown of each; 0 for a field of one line."""
NEEDS_REASON = frozenset({Stage.NOT_TAKEN, Stage.PARTLY, Stage.NOT_FULFILLED})
_LONGEST_NICKNAME = 40
_MOST_TARGET = 100_000
_NUMBER = re.compile(r"[0-9]{0,6}")
_SHORT = ("stage", "branch", "expected", "rating", "nickname", "target", "counts")


@dataclass(frozen=True, slots=True)
class PublicationForm:
    """What stands in the form, as it was typed."""

    board: str
    """Where it belongs; settled when it is made."""
    texts: Mapping[str, Mapping[str, str]]
    """By what it is, one of `TEXTS`, and by language."""
    short: Mapping[str, str]
    """Everything else, by name."""
    seen: int = 0
    """The version that was in front when this was written."""
    mistakes: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, by field: `title`, `text-sv`, `stage` …"""

    @classmethod
    def of(cls, row: Publication) -> "PublicationForm":
        """Return how it is now."""
        short = {
            "stage": row.stage,
            "branch": row.branch.key if row.branch else "",
            "expected": row.expected.isoformat() if row.expected else "",
            "rating": str(row.rating or ""),
            "nickname": row.nickname,
            "target": str(row.target or ""),
            "counts": row.counts or (ChallengeUnit.TIPS if row.board == Board.CHALLENGE else ""),
        }
        return cls(row.board, {name: getattr(row, name) for name in TEXTS}, short, row.version)

    @classmethod
    def blank(cls, board: str, submission: Submission | None = None) -> "PublicationForm":
        """Return an empty form for *board*, at the branch where *submission* was handed in."""
        first = str(STAGES[board][0]) if board in STAGES else ""
        branch = submission.branch.key if submission else ""
        short = dict.fromkeys(_SHORT, "") | {"stage": first, "branch": branch}
        short["counts"] = str(ChallengeUnit.BOOKS) if board == Board.CHALLENGE else ""
        return cls(board, {name: {} for name in TEXTS}, short)

    @classmethod
    def read(
        cls, sent: Mapping[str, Any], board: str, branches: Mapping[str, Branch | None]
    ) -> "PublicationForm":
        """Read what the browser sent, and note what is wrong with it."""
        texts = {name: typed.texts(sent, name) for name in TEXTS}
        short = {name: typed.line(sent.get(name, ""))[:60] for name in _SHORT}
        wrong = {**_wrong_texts(texts, short["stage"]), **_wrong_short(short, board, branches)}
        return cls(board, texts, short, typed.number(sent.get("seen", "")), wrong)

    def values(self, branches: Mapping[str, Branch | None]) -> dict[str, Any]:
        """Return what is to be written, once there is no mistake."""
        short = self.short
        return {
            **{name: dict(self.texts[name]) for name in TEXTS},
            "branch": branches.get(short["branch"]),
            "stage": short["stage"],
            "expected": typed.day(short["expected"]),
            "rating": int(short["rating"] or 0),
            "nickname": short["nickname"],
            "target": int(short["target"] or 0),
            "counts": short["counts"],
        }

    def wants(self, name: str) -> bool:
        """Tell whether the form asks for *name* on this board."""
        return self.board in _ASKED.get(name, ())


_ASKED: Mapping[str, tuple[str, ...]] = {
    "stage": tuple(STAGES),
    "reason": tuple(STAGES),
    "expected": (Board.GOAL, Board.CHALLENGE),
    "rating": (Board.BOOK_TIP,),
    "nickname": (Board.BOOK_TIP,),
    "target": (Board.CHALLENGE,),
    "counts": (Board.CHALLENGE,),
}


def _wrong_texts(texts: Mapping[str, Mapping[str, str]], stage: str) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for name, by_language in texts.items():
        wrong |= typed.wrong_texts(name, by_language, MOST[name])
    if not any(texts["title"].values()):
        wrong["title"] = _("Write a title in at least one language.")
    if stage in NEEDS_REASON and not any(texts["reason"].values()):
        wrong["reason"] = _("Write why, in at least one language. Visitors read it.")
    return wrong


def _wrong_short(
    short: Mapping[str, str], board: str, branches: Mapping[str, Branch | None]
) -> dict[str, str]:
    wrong = {}
    if short["stage"] not in STAGES.get(board, ("",)):
        wrong["stage"] = _("Choose how far it has come.")
    if short["counts"] not in (list(ChallengeUnit) if board == Board.CHALLENGE else [""]):
        wrong["counts"] = _("Choose what is counted.")
    if short["branch"] not in branches:
        wrong["branch"] = _("Choose a branch.")
    if mistake := typed.day_mistake(short["expected"]):
        wrong["expected"] = mistake
    if short["rating"] not in ("", *"12345"):
        wrong["rating"] = _("Choose from 1 to 5.")
    if len(short["nickname"]) > _LONGEST_NICKNAME or holds_identity_number(short["nickname"]):
        wrong["nickname"] = _("Write a short nickname, never a name.")
    if not _NUMBER.fullmatch(short["target"]) or int(short["target"] or 0) > _MOST_TARGET:
        wrong["target"] = _("Write a whole number from 0 to %(most)d.") % {"most": _MOST_TARGET}
    return wrong
