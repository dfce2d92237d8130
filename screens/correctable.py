"""What can be corrected: the questions of an errand, of which she answers one anew."""

from kiosk.desk import correctable
from kiosk.domain.receipt import State
from kiosk.domain.submission import FollowUp
from screens.listed import Listed
from screens.messages import OpenCorrection


class Correctable(Listed):
    """Lists the questions; what was answered stays sealed, so it is not shown."""

    def __init__(self, code: str, follow_up: FollowUp) -> None:
        """Take the *code* as typed and what was found under it."""
        super().__init__()
        self._code = code
        self._found = follow_up

    def title_line(self) -> str:
        """Ask which."""
        return self.say("Which answer do you want to change?")

    def lead(self) -> str:
        """Say why the old answer is not here, and what becomes of it."""
        return self.say(
            "What you answered is sealed, so this screen cannot show it. The library sees both: "
            "the new answer counts."
        )

    def entries(self) -> list[tuple[str, str, str]]:
        """List the questions."""
        found = correctable(self.visit.desk, self._found)
        return [(each.name, self.say(each.ask), "") for each in found]

    def opened(self, value: str) -> None:
        """Ask one of them."""
        self.post_message(OpenCorrection(self._code, self._found, value))

    def on_unmount(self) -> None:
        """Forget the code and what stood under it."""
        self._code = ""
        self._found = FollowUp("", State.ERASED, ())
