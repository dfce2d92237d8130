"""Highlights: the next thing for each audience, out of the whole programme."""

from kiosk.domain.texts import text_for
from kiosk.domain.workshop import highlights
from kiosk.errands.offer import when_in_words
from kiosk.errands.wording import AUDIENCE_NAMES
from screens.listed import Listed
from screens.messages import OpenWorkshop


class Highlights(Listed):
    """A short list across audiences and branches."""

    def title_line(self) -> str:
        """Say what it is."""
        return self.say("Coming up")

    def entries(self) -> list[tuple[str, str, str]]:
        """List the next thing for each audience."""
        desk, phrases = self.visit.desk, self.visit.phrases
        content = desk.content
        return [
            (
                each.id,
                text_for(each.title, phrases.language),
                " · ".join(
                    fact
                    for fact in (
                        when_in_words(each, phrases),
                        self.say(AUDIENCE_NAMES.get(each.audience, each.audience)),
                        content.branch_name(each.branch),
                    )
                    if fact
                ),
            )
            for each in highlights(content.programme, content.branch.key, desk.now())
        ]

    def opened(self, value: str) -> None:
        """Open the page of a workshop."""
        self.post_message(OpenWorkshop(value))
