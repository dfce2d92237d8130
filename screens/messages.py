"""What screens say to the app: where the visitor wants to go, and what a worker found."""

from collections.abc import Callable, Mapping
from typing import Any

from textual.message import Message

from kiosk.domain.errand import Errand
from kiosk.domain.mistake import Mistake
from kiosk.domain.posting import Board
from kiosk.domain.submission import FollowUp, Receipt
from kiosk.errands.rooms import Room
from kiosk.problems import Problem


class Way(Message):
    """Where the visitor wants to go from the screen in front; from one that was left, nowhere."""


class BeginVisit(Message):
    """Somebody touched the resting screen."""

    def __init__(self, language: str = "", towards: Callable[[], Message] | None = None) -> None:
        """Take the *language* she touched; empty keeps the branch's own. And where she goes."""
        super().__init__()
        self.language = language
        self.towards = towards
        """Makes the message that leads there once the visit has begun; it comes from no screen."""


class LanguageChosen(Message):
    """The visitor wants to read another language."""

    def __init__(self, language: str) -> None:
        """Take its code, one of `kiosk.i18n.LANGUAGES`."""
        super().__init__()
        self.language = language


class ContrastWanted(Message):
    """The visitor wants black and strong colours, or the branch's own again."""


class LargeWanted(Message):
    """The visitor wants fewer and bigger things, or as many as fit again."""


class EasyWanted(Message):
    """The visitor wants easier words, or the usual ones again."""


class HelpWanted(Message):
    """The visitor does not know how to go on."""


class ListenWanted(Message):
    """The visitor wants to hear what the screen shows."""


class OpenErrand(Way):
    """The visitor begins an errand."""

    def __init__(self, errand: Errand, answers: Mapping[str, Any] | None = None) -> None:
        """Take what is already answered, such as the workshop she chose in the programme."""
        super().__init__()
        self.errand = errand
        self.answers = dict(answers or {})


class OpenQuestions(Way):
    """The visitor wants to answer questions that staff wrote."""

    def __init__(self, questionnaire: str = "") -> None:
        """Take the id of one; empty lists them, or opens the only one."""
        super().__init__()
        self.questionnaire = questionnaire


class OpenRoom(Way):
    """The visitor wants to see what lies one step inside."""

    def __init__(self, room: Room) -> None:
        """Take which room."""
        super().__init__()
        self.room = room


class OpenProgramme(Way):
    """The visitor wants to see what happens here."""


class OpenWorkshop(Way):
    """The visitor wants to read more about one workshop."""

    def __init__(self, workshop_id: str) -> None:
        """Take the id of the workshop."""
        super().__init__()
        self.workshop_id = workshop_id


class OpenBoard(Way):
    """The visitor wants to see one of the boards."""

    def __init__(self, board: Board) -> None:
        """Take which one."""
        super().__init__()
        self.board = board


class OpenHighlights(Way):
    """The visitor wants to see the best of what is to come."""


class OpenPosting(Way):
    """The visitor wants to read one thing on a board."""

    def __init__(self, posting_id: str) -> None:
        """Take its id."""
        super().__init__()
        self.posting_id = posting_id


class Supported(Message):
    """Her "me too" is safe on disk."""


class OpenFollowUp(Way):
    """The visitor has a receipt code."""

    def __init__(self, scan: str = "") -> None:
        """Take the *scan* that it came by, if any."""
        super().__init__()
        self.scan = scan


class OpenGuide(Way):
    """The visitor looks for help, and may have said with what."""

    def __init__(self, need: str = "", topic: str = "") -> None:
        """Take the ids of the need and its topic, as far as she has come."""
        super().__init__()
        self.need = need
        self.topic = topic


class OpenHelp(Way):
    """The visitor wants to know how to reach one who helps."""

    def __init__(self, need: str, topic: str, contact: str) -> None:
        """Take the ids of the need, its topic and the contact."""
        super().__init__()
        self.need = need
        self.topic = topic
        self.contact = contact


class OpenTechnician(Way):
    """A technician made the hidden sign."""


class GoBack(Way):
    """One step back to the screen before."""


class StartOver(Message):
    """The visit is over: everything is wiped."""


class AskFirst(Way):
    """A question that must be answered before something is thrown away."""

    def __init__(self, question: str, yes: str, no: str, about: str) -> None:
        """Take phrases, said when shown; *about* comes back in `Confirmed`."""
        super().__init__()
        self.question = question
        self.yes = yes
        self.no = no
        self.about = about


class Confirmed(Message):
    """She said yes to `AskFirst`."""

    def __init__(self, about: str) -> None:
        """Take what was asked about."""
        super().__init__()
        self.about = about


class HandedIn(Message):
    """The errand is safe on disk."""

    def __init__(self, receipt: Receipt) -> None:
        """Take its receipt."""
        super().__init__()
        self.receipt = receipt


class HandInRefused(Message):
    """Some answers need another look; nothing was saved."""

    def __init__(self, mistakes: Mapping[str, Mistake]) -> None:
        """Take the mistakes by question name."""
        super().__init__()
        self.mistakes = dict(mistakes)


class Asking(Message):
    """The library is asked about a receipt, because this kiosk does not know it."""


class Found(Message):
    """What a receipt code shows."""

    def __init__(self, code: str, follow_up: FollowUp) -> None:
        """Take the code as it was typed, and what stands under it."""
        super().__init__()
        self.code = code
        self.follow_up = follow_up


class OpenPhoneCode(Way):
    """The visitor wants to see the QR code of her receipt alone."""

    def __init__(self, receipt: Receipt) -> None:
        """Take the *receipt*."""
        super().__init__()
        self.receipt = receipt


class OpenMore(Way):
    """The visitor wants to write more to what she has handed in."""

    def __init__(self, code: str) -> None:
        """Take the code of its receipt as it was typed."""
        super().__init__()
        self.code = code


class OpenCorrection(Way):
    """The visitor wants to answer something anew that she has handed in."""

    def __init__(self, code: str, follow_up: FollowUp, root: str = "") -> None:
        """Take the code as typed, what stands under it, and the question; empty lists them."""
        super().__init__()
        self.code = code
        self.follow_up = follow_up
        self.root = root


class Added(Message):
    """What she wrote to it, or answered anew, is safe on disk."""

    def __init__(self, code: str, follow_up: FollowUp) -> None:
        """Take the code as it was typed, and what stands under it now."""
        super().__init__()
        self.code = code
        self.follow_up = follow_up


class Troubled(Message):
    """A worker met a problem."""

    def __init__(self, problem: Problem) -> None:
        """Take which one."""
        super().__init__()
        self.problem = problem
