"""An answer as it was written in the form, before it is saved."""

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from kiosk.central.platform import typed
from kiosk.central.submissions.models import Submission
from kiosk.central.tenants.models import Staff, Tenant
from kiosk.domain.receipt import State

MOST = 4000
"""Characters of one answer: two screens at the kiosk."""

_OPEN = (State.SENT, State.READ, State.ANSWERED)
_NUMBER = re.compile(r"[0-9]{1,6}")
_ME, _LIBRARY = "me", "library"


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What stands in the form."""

    text: str = ""
    """The answer."""
    signed: str = _ME
    """With her own first name, or with the library's name."""
    seen: int = -1
    """How many answers there were when the form was opened."""

    @classmethod
    def read(cls, sent: QueryDict) -> "AnswerForm":
        """Read what the browser sent, with line breaks as they are stored."""
        seen = sent.get("seen", "")
        return cls(
            text=typed.text(sent.get("text", "")),
            signed=_LIBRARY if sent.get("signed") == _LIBRARY else _ME,
            seen=int(seen) if _NUMBER.fullmatch(seen) else -1,
        )

    @staticmethod
    def can(submission: Submission) -> bool:
        """Tell whether there is still somebody to answer."""
        return submission.state in _OPEN

    def is_repeated(self, submission: Submission) -> bool:
        """Tell whether this very answer was saved since the form was opened."""
        later = submission.answers_given.all()[max(self.seen, 0) :]
        return any(each.text == self.text for each in later)

    def mistake(self, submission: Submission) -> str:
        """Say why it cannot be saved as it is, or nothing."""
        if not self.can(submission):
            return _("The visitor has taken this back, so there is nobody to answer.")
        if not self.text:
            return _("The answer is empty. Write a few words.")
        if len(self.text) > MOST:
            return _(
                "The answer is too long for the kiosk. Make it shorter: at most %(most)d "
                "characters."
            ) % {"most": MOST}
        if number := typed.number_mistake(self.text):
            return number
        if submission.answers_given.count() > self.seen:
            return _(
                "A colleague has answered meanwhile. Read that answer first; yours is still here."
            )
        return ""

    @staticmethod
    def signatures(staff: Staff, tenant: Tenant) -> list[tuple[str, str]]:
        """List how she can sign."""
        return [(_ME, staff.first_name or staff.username), (_LIBRARY, tenant.name)]

    def signature(self, staff: Staff, tenant: Tenant) -> str:
        """Return the name under the answer."""
        return dict(self.signatures(staff, tenant))[self.signed]
