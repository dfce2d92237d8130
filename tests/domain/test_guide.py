"""The guide: what is found behind a tile, and who helps, best first."""

from kiosk.domain.guide import Contact, Guide, HelpRule, Need, Topic

TAX = Contact("tax", "Skatteverket", {}, {}, {})
LIBRARIAN = Contact("library", "Biblioteket", {}, {}, {})
DEADLINE = Topic("deadline", {}, HelpRule.SHOW, {}, ("library", "closed-long-ago", "tax"))
LETTER = Need("letter", {}, {}, (DEADLINE,))
GUIDE = Guide((LETTER,), (TAX, LIBRARIAN))


def test_needs_and_topics_are_found_by_their_ids() -> None:
    assert GUIDE.need("letter") is LETTER
    assert LETTER.topic("deadline") is DEADLINE
    assert (GUIDE.need("job"), LETTER.topic("job")) == (None, None)


def test_those_who_help_come_best_first_and_without_whom_nobody_knows() -> None:
    assert GUIDE.who_helps(DEADLINE) == [LIBRARIAN, TAX]
