"""Falling back: a visitor is told in which language she reads, where it is not her own."""

from kiosk.errands.fallback import named_text
from kiosk.i18n import phrases


def test_a_text_in_another_language_says_in_which() -> None:
    assert named_text({"en": "Reading"}, phrases("sv")) == "Reading (engelska)"


def test_a_text_in_her_own_language_says_nothing_besides() -> None:
    assert named_text({"sv": "Läsning", "en": "Reading"}, phrases("sv")) == "Läsning"
    assert named_text({}, phrases("sv")) == ""
